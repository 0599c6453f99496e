import numpy as np
import pytest

from tests.synth.sensor.squatting import athlete
from tools.synth.sensor import channels, fit, gaps, scores, sensor
from tools.synth.sensor.pairs import Pair, split


def pair(index: int, model: sensor.Sensor | None = None) -> Pair:
    truth = athlete(90, seed=index)
    rng = np.random.default_rng(index)
    seen = model.observe(truth, rng) if model else truth
    label = {"exercise": ("squat", "lunge")[index % 2], "set": "a", "index": index}
    return Pair(f"a/{index}", label, truth, seen)


def test_parts_share_no_athlete():
    pairs = [pair(index) for index in range(7)] + [pair(index) for index in range(7)]
    parts = split(pairs, 3)
    shoots = [{one.shoot for one in part} for part in parts]
    assert sum(map(len, parts)) == 14
    assert sum(map(len, shoots)) == len(set.union(*shoots)) == 7


@pytest.mark.slow
def test_a_model_is_found_again_from_what_it_makes():
    known = sensor.load()
    never = gaps.Gaps(np.array([-50.0, 0, 0, 0]), np.array([-50.0, 0, 0, 0]), np.zeros(4), 1.0)
    known = sensor.Sensor(known.basis, known.slow, known.jitter, never)
    found = fit.fit([pair(index, known) for index in range(15)])
    fresh = [pair(index, known) for index in range(100, 115)]
    twins = scores.twins(found, fresh)
    for group in ("head", "wrists", "hips", "ankles"):
        seen, made = (
            np.quantile(scores.distances(twins, which, group), [0.25, 0.5, 0.75])
            for which in ("seen", "made")
        )
        assert np.abs(np.log(made / seen)).max() < 0.45
    rows = np.concatenate([twin.seen for twin in twins]), np.concatenate([t.made for t in twins])
    odds = [np.median(one[:, channels.VISIBILITY], axis=0) for one in rows]
    assert np.abs(odds[0] - odds[1]).mean() < 1.0
    assert all(not np.isnan(twin.made).any() for twin in twins)
