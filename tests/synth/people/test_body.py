import numpy as np
import pytest

from gymbox.motion.landmarks import Landmark
from tools.synth.moves.turns import rotation as rotate
from tools.synth.people import body, points, shapes

pytestmark = pytest.mark.slow


def rest(one: body.Body) -> tuple[np.ndarray, np.ndarray]:
    count = len(one.skeleton.names)
    return np.tile(np.eye(3), (1, count, 1, 1)), one.skeleton.heads[None]


def test_bodies_stand_on_the_floor_and_are_as_tall_as_people(man: body.Body, woman: body.Body):
    for one, low, high in ((man, 1.70, 1.90), (woman, 1.55, 1.72)):
        assert one.skin[:, 2].min() == pytest.approx(0, abs=1e-6)
        assert low < one.height < high
        assert one.skin.dtype == np.float32


def test_drawn_people_have_the_heights_of_people():
    pytest.importorskip("anny", reason="the extra synth is not installed")
    rng = np.random.default_rng(5)
    drawn = [shapes.sample(rng) for _ in range(60)]
    men = [body.load(s).height for s in drawn if s["gender"] < 0.5]
    women = [body.load(s).height for s in drawn if s["gender"] >= 0.5]
    assert np.mean(men) == pytest.approx(1.77, abs=0.05)
    assert np.mean(women) == pytest.approx(1.65, abs=0.05)
    assert np.std(men) > 0.04


def test_a_body_at_rest_stays_as_it_is(man: body.Body):
    turns, heads = rest(man)
    skin = man.posed(man.matrices(turns, heads))
    np.testing.assert_allclose(skin[0], man.skin, atol=1e-5)
    np.testing.assert_allclose(man.weights.sum(axis=1), 1, atol=1e-5)


def test_turning_every_bone_turns_the_body(man: body.Body):
    turn = rotate(2, 30) @ rotate(0, 20)
    turns, heads = rest(man)
    matrices = man.matrices(turn @ turns, heads @ turn.T + [1.0, 2.0, 0.5])
    np.testing.assert_allclose(
        man.posed(matrices)[0], man.skin @ turn.T + [1.0, 2.0, 0.5], atol=1e-4
    )


def test_joints_are_where_a_person_has_them(man: body.Body, woman: body.Body):
    for one in (man, woman):
        x, y, z = points.joints(one, *rest(one))[0].T
        at = {landmark.name: int(landmark) for landmark in Landmark}
        pairs = [(at[n], at[n.replace("LEFT", "RIGHT")]) for n in at if "LEFT" in n]
        for left, right in pairs:
            assert x[left] > 0.005
            assert (x[left], y[left], z[left]) == pytest.approx(
                (-x[right], y[right], z[right]), abs=0.004
            )
        order = ["LEFT_EYE", "NOSE", "MOUTH_LEFT", "LEFT_SHOULDER", "LEFT_ELBOW", "LEFT_HIP"]
        order += ["LEFT_KNEE", "LEFT_ANKLE", "LEFT_HEEL"]
        heights = [z[at[name]] for name in order]
        assert heights == sorted(heights, reverse=True)
        assert y[at["NOSE"]] == y[:11].min()
        assert x[at["LEFT_EYE_INNER"]] < x[at["LEFT_EYE"]] < x[at["LEFT_EYE_OUTER"]]
        assert x[at["LEFT_EAR"]] == x[:11].max()
        assert y[at["LEFT_FOOT_INDEX"]] + 0.15 < y[at["LEFT_HEEL"]]
        assert z[at["LEFT_HEEL"]] < 0.06 * one.height / 1.75


def test_joints_on_the_skin_follow_their_bones(man: body.Body):
    turns, heads = rest(man)
    head = man.skeleton.names.index("head")
    turned = turns.copy()
    turned[0, head] = rotate(2, 90)
    nose = points.joints(man, turned, heads)[0, Landmark.NOSE] - man.skeleton.heads[head]
    still = points.joints(man, turns, heads)[0, Landmark.NOSE] - man.skeleton.heads[head]
    np.testing.assert_allclose(nose, rotate(2, 90) @ still, atol=0.01)
