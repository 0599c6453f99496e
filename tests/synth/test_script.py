import itertools
from pathlib import Path

import pytest

from gymbox.errors import InputError
from tools.synth import script
from tools.synth.demo import RECIPE


def test_everything_happens_in_order(plan: script.Script):
    clock = [plan.arrived]
    for rep in plan.reps:
        clock += [rep.begin, rep.turn, rep.end]
    clock += [plan.leaves, plan.seconds]
    assert all(a < b for a, b in itertools.pairwise(clock))


def test_the_demo_has_five_complete_reps_and_a_partial_one_between(plan: script.Script):
    partial = [rep.partial for rep in plan.reps]
    assert partial.count(False) == 5
    assert partial.count(True) == 1
    assert not partial[0]
    assert not partial[-1]


def test_no_two_repetitions_are_alike(plan: script.Script):
    shapes = {(round(r.end - r.begin, 3), round(r.turn - r.begin, 3), r.depth) for r in plan.reps}
    assert len(shapes) == len(plan.reps)


def test_the_feet_step_in_turn(plan: script.Script):
    before = [s.side for s in plan.steps if s.end <= plan.arrived]
    after = [s.side for s in plan.steps if s.end > plan.arrived]
    for sides in (before, after):
        assert all(a != b for a, b in itertools.pairwise(sides))


def test_a_missing_script_is_an_input_error(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be read"):
        script.read(tmp_path / "none.toml")


def test_a_broken_script_is_an_input_error(tmp_path: Path):
    broken = tmp_path / "broken.toml"
    broken.write_text("fps = = 3", encoding="utf-8")
    with pytest.raises(InputError, match="is not TOML"):
        script.read(broken)


@pytest.mark.parametrize("part", ["[timing]", "[stance]", "[walk]"])
def test_a_script_without_a_part_says_which(tmp_path: Path, part: str):
    cut = tmp_path / "cut.toml"
    text = RECIPE.read_text(encoding="utf-8").replace(part, part.replace("[", "[other_"))
    cut.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=part.strip("[]")):
        script.read(cut)
