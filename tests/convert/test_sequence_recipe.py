"""The recipe: what a batch is made of, who judges whom, and the command to a file."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from gymbox.errors import InputError  # noqa: E402
from gymbox.inference.manifest import load_manifest  # noqa: E402
from gymbox.inference.sequence_net import SequenceNet  # noqa: E402
from gymbox.motion.features import COUNT  # noqa: E402
from gymbox.motion.recording import load_poses  # noqa: E402
from tests.convert import athletes  # noqa: E402
from tools.convert.__main__ import main  # noqa: E402
from tools.convert.sequence import recipe, ship  # noqa: E402
from tools.convert.sequence.labels import LABELS  # noqa: E402
from tools.convert.sequence.net import SequenceModel  # noqa: E402
from tools.convert.sequence.pools import Pool  # noqa: E402
from tools.convert.sequence.sampling import View  # noqa: E402
from tools.convert.sequence.store import Store, track  # noqa: E402

SQUAT, DIP = LABELS.index("squat"), LABELS.index("dip")


def partial(label: int, strength: float) -> SequenceModel:
    """A network that leans to a class."""
    torch.manual_seed(0)
    model = SequenceModel(recipe.SHAPE)
    with torch.no_grad():
        model.classify.bias[label] += strength
    return model


@pytest.fixture
def real(tmp_path: Path) -> Store:
    """Two squats each of three scenes."""
    tracks = []
    for k in range(6):
        path = tmp_path / f"{k}.npz"
        athletes.recorded(path, label=0)
        tracks.append(track(load_poses(path), "squat", group=f"scene {k // 2}", name=path.stem))
    return Store.of(tracks)


def test_each_scene_is_judged_by_all_networks_that_have_not_seen_it(tmp_path: Path, real: Store):
    for k in range(3):
        torch.save(partial(SQUAT, 30.0).state_dict(), tmp_path / f"fold{k}.0.pt")
        torch.save(partial(DIP, 10.0).state_dict(), tmp_path / f"fold{k}.1.pt")
    data = Namespace(real=real, fold={f"scene {k}": k for k in range(3)})
    told = recipe.judged(data, Namespace(cache=tmp_path))
    assert told["windows"] == 1.0
    assert told["temperature"] == 0.5
    torch.save(partial(DIP, 90.0).state_dict(), tmp_path / "fold1.2.pt")
    told = recipe.judged(data, Namespace(cache=tmp_path))
    assert told["windows"] == pytest.approx(2 / 3)
    assert [len(recipe.members(tmp_path, fold)) for fold in (0, 1, None)] == [2, 3, 0]


def windows(*groups: str) -> Pool:
    """Windows of these scenes."""
    count = len(groups)
    inputs = np.zeros((count, recipe.LENGTH, COUNT), np.float16)
    return Pool(inputs, np.zeros(count, int), np.array(groups))


def test_whoever_is_judged_is_not_trained_on():
    pool = windows("gym", "garage", "photograph of somebody", "gym")
    fold = {"gym": 1, "garage": 2}
    assert recipe._without(pool, fold, 1).tolist() == [1, 2]
    assert recipe._without(pool, fold, None).tolist() == [0, 1, 2, 3]


def test_a_batch_has_all_kinds_in_their_shares():
    parts = {kind: windows("one") for kind in recipe.WINDOWS}
    counts = {
        kind: count for kind, (_, _, count) in zip(parts, recipe._dealt(parts, 100), strict=True)
    }
    assert sum(counts.values()) == 100
    total = sum(recipe.WINDOWS.values())
    for kind, count in counts.items():
        assert count == pytest.approx(100 * recipe.WINDOWS[kind] / total, abs=2)


def test_chances_that_are_too_sure_are_made_less_so():
    scores = np.array([[0.99, 0.01]] * 10, np.float32)
    truth = np.array([0] * 7 + [1] * 3)
    assert recipe.fitted_temperature(scores, truth, np.ones(10)) > 2
    assert recipe.fitted_temperature(scores, np.zeros(10, int), np.ones(10)) < 1


def test_rendered_sets_share_their_windows_by_size_and_none_is_told(tmp_path: Path, real: Store):
    few = recipe.ends(real, recipe.LENGTH)
    view = View(recipe.LENGTH, recipe.COLUMNS)
    stores = {tmp_path / name: real for name in ("a", "b", "sequences", "others", "others_more")}
    drawn = recipe.counted(stores, dict.fromkeys(stores, few), view, 0.1)
    counts = {kind: [count for _, count in parts] for kind, parts in drawn.items()}
    half = {kind: recipe.WINDOWS[kind] // 20 for kind in recipe.WINDOWS}
    assert counts == {
        "rendered": [half["rendered"]] * 2,
        "sequences": [2 * half["sequences"]],
        "others": [half["others"]] * 2,
    }
    with pytest.raises(InputError, match="too few"):
        recipe.counted(stores, dict.fromkeys(stores, few.where(few.at < 0)), view)


def test_a_file_is_made_anew_only_of_other_weights_or_another_temperature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = []
    monkeypatch.setattr(ship, "to_tflite", lambda *_: made.append(1) or b"whole")
    monkeypatch.setattr(ship, "quantise", lambda *_, **__: b"small")
    pool = windows(*"gggg")
    data = Namespace(synthetic={"sequences": pool}, people={"real": pool})
    steps = ((SQUAT, 1.0, 1), (SQUAT, 1.0, 1), (SQUAT, 1.2, 2), (DIP, 1.2, 3))
    for label, temperature, times in steps:
        member = partial(label, 5.0)
        member.calibrate(temperature)
        ship.convert([member, member], tmp_path / "fold0", data)
        assert len(made) == times
    assert (tmp_path / "fold0.int8.tflite").read_bytes() == b"small"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A training of a few steps."""
    monkeypatch.setattr(recipe, "WINDOWS", dict.fromkeys(recipe.WINDOWS, 400))
    monkeypatch.setattr(recipe, "PEOPLE", dict.fromkeys(recipe.PEOPLE, 120))
    monkeypatch.setattr(recipe, "PRETRAIN", replace(recipe.PRETRAIN, steps=6, every=3))
    monkeypatch.setattr(recipe, "FINETUNE", replace(recipe.FINETUNE, steps=4, every=2))
    monkeypatch.setattr(recipe, "HOLDS", 20)
    monkeypatch.setattr(recipe, "MEMBERS", 2)
    monkeypatch.setattr(ship, "MEMBERS", 2)
    monkeypatch.setattr(recipe, "SHAPE", replace(recipe.SHAPE, front=8, hidden=8))
    monkeypatch.setattr(ship, "SHAPE", recipe.SHAPE)


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_one_command_goes_from_recordings_to_the_file_of_the_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("litert_torch")
    models = tmp_path / "models"
    models.mkdir()
    options = ["train", "sequence", *athletes.gathered(tmp_path), "--models", str(models)]
    fit, labels = recipe.fit, []

    def stopped(*args: object, **options: object) -> object:
        labels.append(options["label"])
        if len(labels) == 3:
            raise KeyboardInterrupt
        return fit(*args, **options)

    monkeypatch.setattr(recipe, "fit", stopped)
    with pytest.raises(KeyboardInterrupt):
        main(options)
    assert main(options) == 0
    once = [
        [f"synthetic athletes {member}"]
        + [f"real people, {name}.{member}" for name in ("fold0", "fold1", "fold2", "final")]
        for member in range(2)
    ]
    assert labels == [*once[0][:3], *once[0][2:], *once[1]]
    figures = load_manifest(models)["sequence"].figures
    assert figures["multiply_adds"] == 2 * recipe.SHAPE.multiplies
    net = SequenceNet(models=models)
    chances = net.classify(net.window().sample())
    assert chances.sum() == pytest.approx(1.0, abs=0.02)
