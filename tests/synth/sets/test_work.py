import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gymbox.errors import GymboxError, InputError
from tools.synth.sets import recipe, work
from tools.synth.sets.recipe import Spec

SPEC = replace(recipe.read()["test"], count=4)


def make(_spec: Spec, index: int, folder: Path) -> dict[str, Any]:
    """Stands for a clip: the label file alone."""
    told = {"index": index, "made": len(list(folder.glob("0*.json")))}
    (folder / f"{index:06d}.json").write_text(json.dumps(told), "utf-8")
    return told


def fail(_spec: Spec, index: int, _folder: Path) -> dict[str, Any]:
    raise RuntimeError(f"no {index}")


def test_all_items_are_made_in_several_processes(tmp_path: Path):
    told = work.run(SPEC, tmp_path, make, jobs=2)
    assert [label["index"] for label in told] == [0, 1, 2, 3]
    assert (tmp_path / "README.md").is_file()


def test_what_is_there_is_kept(tmp_path: Path):
    work.run(replace(SPEC, count=2), tmp_path, make, jobs=1)
    before = (tmp_path / "000001.json").read_bytes()
    told = work.run(SPEC, tmp_path, make, jobs=1)
    assert len(told) == 4
    assert (tmp_path / "000001.json").read_bytes() == before


def test_a_folder_of_another_set_is_refused(tmp_path: Path):
    work.run(SPEC, tmp_path, make, jobs=1)
    with pytest.raises(InputError, match="another recipe"):
        work.run(replace(SPEC, seed=1), tmp_path, make, jobs=1)


def test_an_item_that_fails_is_named(tmp_path: Path):
    with pytest.raises(GymboxError, match="RuntimeError: no"):
        work.run(SPEC, tmp_path, fail, jobs=1)
