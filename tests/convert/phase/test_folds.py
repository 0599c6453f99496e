from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tools.convert.phase.folds import FOLDS, folds

SCENES = st.lists(
    st.tuples(
        st.text("abcdef", min_size=1, max_size=3), st.sampled_from(["squat", "push_up", "row"])
    ),
    min_size=1,
    max_size=40,
)


@given(SCENES)
def test_every_scene_has_one_fold_whatever_the_order(scenes: list[tuple[str, str]]):
    found = folds(scenes)
    assert set(found) == {scene for scene, _ in scenes}
    assert set(found.values()) <= set(range(FOLDS))
    assert folds(reversed(scenes)) == found


def test_the_scenes_of_an_exercise_are_spread_evenly():
    found = folds([(f"scene {number}", "squat") for number in range(15)])
    assert set(Counter(found.values()).values()) == {3}


def test_a_scene_of_several_exercises_is_not_split():
    scenes = [("gym", name) for name in ("squat", "row", "plank")] + [("home", "squat")]
    assert len(folds(scenes)) == 2
