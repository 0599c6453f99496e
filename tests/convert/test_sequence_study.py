"""The search for the shape: what it is judged by, that it goes on, and its tables."""

import csv
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("optuna")

from gymbox.motion.recording import load_poses
from tests.convert import athletes
from tools.convert.sequence import sources, study, study_data, study_page
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.sampling import Source, View
from tools.convert.sequence.store import Store, track
from tools.convert.sequence.windows import Variation, ends

CHANGES = ({}, {"features": "image"}, {"length": 20})


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Options of a search of a few short trials on a little of everything."""
    monkeypatch.setattr(study, "PLAN", replace(study.PLAN, steps=4, every=2, size=16))
    monkeypatch.setattr(study, "ONE_BY_ONE", CHANGES)
    monkeypatch.setattr(study, "ROUNDS", 2)
    monkeypatch.setattr(study_data, "TRAINED", 0.02)
    monkeypatch.setattr(study_data, "JUDGED", 0.005)
    monkeypatch.setattr(study_page, "milliseconds", lambda shape: shape.multiplies / 1e7)
    return athletes.gathered(tmp_path)


def material(options: list[str]) -> study_data.Material:
    parser = ArgumentParser()
    sources.add_arguments(parser)
    return study_data.Material.gathered(parser.parse_args(options, Namespace(seed=1)))


def test_a_search_writes_its_tables_and_goes_on_where_it_was(tmp_path: Path, options: list[str]):
    out = tmp_path / "out"
    study.main([*options, "--out", str(out), "--trials", "4"])
    # Somebody stops it in the middle of a trial.
    study.begun(tmp_path / "cache", 1).ask()
    study.main([*options, "--out", str(out), "--trials", "3"])
    with (out / study_page.TABLE).open(encoding="utf-8") as file:
        rows = {int(row["number"]): row for row in csv.DictReader(file)}
    assert set(rows) == {0, 1, 2, 3, 5, 6, 7}
    assert [rows[k]["features"] for k in range(4)] == ["all", "image", "all", "all"]
    assert [rows[k]["length"] for k in (2, 5)] == ["20", "20"]
    assert rows[6]["features"] == "image"
    for row in rows.values():
        mean = (float(row["synthetic"]) + float(row["real"])) / 2
        assert row["state"] == "pruned" or float(row["value"]) == pytest.approx(mean, abs=1e-4)
    page = (out / study_page.PAGE).read_text("utf-8")
    for name in ("the first shape", "features: image", "2 s"):
        (line,) = [text for text in page.splitlines() if text.startswith(f"| {name} |")]
        assert line.split("|")[5].strip() == "2"


def test_who_alone_shows_what_is_unknown_and_held_out_scenes_are_not_looked_at(
    tmp_path: Path, options: list[str]
):
    clips = [(f"{e}_{s}", e, s) for s in ("gym", "park", "home") for e in ("squat", "push_up")]
    clips += [(f"squat_alone{k}", "squat", f"alone{k}") for k in range(2)]
    clips.append(("crunch_gym", "crunch", "gym"))
    for name, _, _ in clips[6:]:
        athletes.recorded(tmp_path / "landmarks" / f"{name}.npz", label=0)
    athletes.table(tmp_path / "clips.csv", clips)
    found = material(options)
    taken = set(found.real.group[found.told].tolist())
    assert {"park", "home"} <= taken
    assert "gym" not in taken
    assert len(taken & {"alone0", "alone1"}) == 1


def test_all_lengths_are_judged_by_the_same_windows(options: list[str]):
    found = material(options)
    short, long = (found.described(length, image=False) for length in (20, 40))
    assert (short.check[1] == long.check[1]).all()
    assert (short.real[1] == long.real[1]).all()
    assert short.check[0].shape[1:] == (20, long.check[0].shape[2])
    assert found.described(20, image=False) is short


def test_windows_that_lengths_disagree_about_judge_none(tmp_path: Path):
    athletes.recorded(tmp_path / "a.npz", label=0, seconds=8)
    one = load_poses(tmp_path / "a.npz")
    working = np.arange(len(one)) >= len(one) // 2
    depth = np.abs(np.sin(np.arange(len(one)) / 8)) * working
    made = Store.of([track(one, "squat", group="g", name="n", active=working, depth=depth)])
    both = study_data.agreed(made, np.array([True]))
    for length in study_data.LENGTHS:
        found = ends(made, length)
        label = dict(zip(found.at.tolist(), found.label.tolist(), strict=True))
        assert [label[at] for at in both.at.tolist()] == both.label.tolist()
    assert 0 < len(both) < len(ends(made, 20))
    assert LABELS.index("squat") in both.label


def test_whoever_is_mirrored_stays_in_the_picture(tmp_path: Path):
    athletes.recorded(tmp_path / "a.npz", label=0)
    store = Store.of([track(load_poses(tmp_path / "a.npz"), "squat", group="g", name="n")])
    calm = Variation(tilt=0, place=0, noise=0, lost=0, close=0)
    source = Source(store, ends(store, 20), View(20, None), calm)
    inputs, _, _ = source.draw(64, np.random.default_rng(0))
    across = inputs[inputs[..., -1] > 0, 0]
    still = store.rows[0, 0, 0] / athletes.SIZE[0] - 0.5
    side = np.sign(across * still)
    assert set(side.tolist()) == {1.0, -1.0}
    np.testing.assert_allclose(np.abs(across), abs(still), atol=0.02)


def test_changes_are_told_in_words():
    assert study_page.changes(study.BASE, study.BASE) == "the first shape"
    other = study.BASE | {"front": 0, "attention": False, "length": 40}
    assert study_page.changes(other, study.BASE) == "4 s, no front, no attention"
