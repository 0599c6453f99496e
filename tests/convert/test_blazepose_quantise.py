"""The command, its recipes and its crops; and what the committed networks are."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from gymbox.errors import InputError, ModelError
from gymbox.inference.manifest import find_model, load_manifest
from gymbox.inference.runtime import Network
from tools.convert import quantise
from tools.convert.__main__ import main
from tools.convert.blazepose import crops
from tools.convert.blazepose.recipe import load_recipes

ROOT = Path(__file__).resolve().parents[2]
SHAPES = {
    "pose_detection": ((1, 2254, 12), (1, 2254, 1)),
    "pose_landmark_lite": ((1, 195), (1, 1), (1, 64, 64, 39), (1, 117)),
    "pose_landmark_full": ((1, 195), (1, 1), (1, 64, 64, 39), (1, 117)),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_committed_network_runs_and_has_all_that_the_box_reads(name: str):
    network = Network(find_model(name))
    network.input()[:] = 0.5
    network.invoke()
    for shape in SHAPES[name]:
        assert np.isfinite(network.output(*shape)).all()


@pytest.mark.parametrize("name", ["pose_landmark_lite", "pose_landmark_full"])
def test_the_mask_is_gone(name: str):
    with pytest.raises(ModelError, match="no output"):
        Network(find_model(name)).output(1, 256, 256, 1)


def test_every_committed_network_has_a_recipe_and_a_card():
    cards = load_manifest()
    for name in SHAPES:
        card = cards[name]
        assert card.quantisation == "int8-mixed"
        assert "quantise blazepose" in card.recipe
        assert (ROOT / card.card).is_file()
        assert card.figures["bytes"] == card.path.stat().st_size


def test_recipes_name_layers_and_say_why():
    recipes = load_recipes()
    assert recipes.keys() == SHAPES.keys()
    for recipe in recipes.values():
        assert all(first <= last for first, last in recipe.floats)
        assert recipe.outputs
    text = (ROOT / "tools/convert/blazepose/recipes.toml").read_text(encoding="utf-8")
    assert len(re.findall("^why = ", text, re.MULTILINE)) == sum(
        len(r.floats) for r in recipes.values()
    )
    lite = recipes["pose_landmark_lite"]
    assert lite.float_layers(["a", "b"]) == {"a", "b"}


def test_half_of_the_scenes_are_held_out_whatever_their_order():
    scenes = [f"scene_{number}" for number in range(1000)]
    held = {scene for scene in scenes if crops.held_out(scene)}
    assert 400 < len(held) < 600
    assert held == {scene for scene in reversed(scenes) if crops.held_out(scene)}


def table(folder: Path) -> Path:
    path = folder / "clips.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "scene", "rendered"])
        rows.writerows([["b.mp4", "two", 0], ["a.mp4", "one", 0], ["r.mp4", "one", 1]])
    return path


def test_rendered_clips_are_left_out(tmp_path: Path):
    assert crops.real_clips(table(tmp_path)) == {"a.mp4": "one", "b.mp4": "two"}


def made(found: int, *, clip: str = "a") -> crops.Crops:
    pictures = np.zeros((found + 1, 256, 256, 3), np.uint8)
    return crops.Crops(clip, clip, pictures, np.array([True] * found + [False]))


def test_too_few_crops_are_refused_and_many_thinned_out():
    with pytest.raises(InputError, match="12 crops are too few"):
        crops.calibration_crops([made(12)])
    assert len(crops.calibration_crops([made(60), made(60)])) == 120


def test_crops_that_were_kept_are_not_made_anew(tmp_path: Path):
    pictures = np.full((2, 256, 256, 3), 9, np.uint8)
    np.savez_compressed(tmp_path / "a.npz", crops=pictures, found=[True, False])
    (kept,) = crops.collect(tmp_path, {"a.mp4": "one"}, tmp_path, tmp_path)
    assert (kept.clip, kept.scene, kept.found.tolist()) == ("a.mp4", "one", [True, False])
    np.testing.assert_array_equal(kept.pictures, pictures)


def test_the_command_needs_the_published_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    clips = tmp_path / "clips"
    clips.mkdir()
    table(tmp_path)
    options = ["--calibration", str(clips), "--originals", str(tmp_path), "--models", str(tmp_path)]
    assert main(["quantise", "blazepose", *options]) != 0
    assert "run python -m tools.convert fetch" in capsys.readouterr().err
    assert main(["quantise", "blazepose", "--calibration", str(tmp_path / "none")]) == 66
    assert "blazepose" in quantise.TASKS
