"""Takes of collect mode as the tools read them."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gymbox.collection.export import export, read
from gymbox.collection.recording import Recording
from gymbox.collection.shelf import Shelf
from gymbox.collection.take import Order, Take
from gymbox.motion.recording import PoseRecorder, PoseRecording, load_poses
from gymbox.reps.profiles import profile
from tests.collection.takes import SIZE, result, take
from tests.convert import athletes
from tests.reps.stick_figure import MOVES, pose
from tools.convert.sequence import sources
from tools.convert.sequence.collected import shown, steady, tracks
from tools.convert.sequence.folds import folds
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.store import Store
from tools.convert.sequence.windows import ends
from tools.evaluate._count_clips import judged, load_clips
from tools.evaluate._count_run import count, observations, poses

SQUAT, UNKNOWN = LABELS.index("squat"), LABELS.index("unknown")
TIMES = np.arange(0, 15, 0.1)


def shelved(folder: Path, *orders: Order, answers: int = 4) -> list[Take]:
    """A collection in which somebody squats four times, whatever they say it is."""
    shelf, made = Shelf(folder), []
    for number, order in enumerate(orders):
        recorded = result(f"take-{number}", order, reps=4)
        kept = replace(recorded.take, box="b0x", reps=0 if order.idle else answers)
        shelf.put(kept, recorded.poses.packed())
        made.append(kept)
    return made


def test_windows_are_labelled_by_what_was_trained_when(tmp_path: Path) -> None:
    shelved(
        tmp_path,
        Order(athlete=1, exercise="squat", reps=4),
        Order(athlete=2, exercise="none", activity="sitting"),
        Order(athlete=2, exercise="unknown", reps=4),
    )
    store = Store.of(tracks([tmp_path]))
    assert store.label.tolist() == [SQUAT, UNKNOWN, UNKNOWN]
    assert store.group.tolist() == ["b0x-a1", "b0x-a2", "b0x-a2"]
    chosen = ends(store, 30)
    labels = [set(chosen.label[chosen.track == one].tolist()) for one in range(3)]
    assert labels == [{SQUAT, UNKNOWN}, {UNKNOWN}, {UNKNOWN}]
    squats = chosen.at[(chosen.track == 0) & (chosen.label == SQUAT)] / store.fps[0]
    # The athlete squats from 4 to 12 s.
    assert 6 < squats.min() < 8
    assert 11.5 < squats.max() < 13.5


def test_athletes_are_never_split(tmp_path: Path) -> None:
    orders = [Order(athlete=a, exercise=e, reps=4) for a in (1, 2, 3) for e in ("squat", "dip")]
    shelved(tmp_path, *orders)
    found = tracks([tmp_path])
    fold = folds((one.group, one.label) for one in found)
    assert set(fold) == {"b0x-a1", "b0x-a2", "b0x-a3"}


def test_copies_of_one_take_count_once(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        shelved(tmp_path / folder, Order(reps=4))
    assert len(tracks([tmp_path / "a", tmp_path / "b"])) == 1


def test_where_the_count_is_not_agreed_on_nobody_knows_how_deep() -> None:
    for reps in (None, 6):
        active, depth = shown(take(reps=reps), TIMES)
        assert np.isnan(depth).all()
        assert TIMES[active].min() == pytest.approx(4.7, abs=0.11)
        assert TIMES[active].max() == pytest.approx(10.3, abs=0.11)
    active, depth = shown(take(), TIMES)
    assert np.nanmax(depth) == pytest.approx(1.0, abs=0.01)
    assert (np.isnan(depth) == ~active).all()


def test_what_the_box_never_counted_lasts_from_the_go_to_the_way_back() -> None:
    active, _ = shown(take(marks=(), counted=0, reps=5, ended="button"), TIMES)
    assert TIMES[active].min() == pytest.approx(4.0)
    assert TIMES[active].max() == pytest.approx(11.0)
    active, _ = shown(take(marks=(), counted=0, reps=0), TIMES)
    assert not active.any()


def test_uneven_frames_become_even_ones(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    recording = Recording(Order(), profile("squat"))
    times = np.cumsum(rng.uniform(0.03, 0.2, 200))
    for t in times.tolist():
        u = 0.5 - 0.5 * np.cos(t)
        recording.add(t, pose(MOVES["squat"](u), t), SIZE)
        if t == times[0]:
            recording.go()
    even = steady(loaded(tmp_path, recording.finish("t", "rest").poses))
    assert np.ptp(np.diff(even.times)) < 1e-9
    truth = [
        pose(MOVES["squat"](0.5 - 0.5 * np.cos(t)), t).points[23, 1]
        for t in (even.times + times[0]).tolist()
    ]
    assert np.abs(even.points[:, 23, 1] - truth).max() < 2.0


def test_gaps_stay_gaps(tmp_path: Path) -> None:
    recording = Recording(Order(), profile("squat"))
    for index in range(100):
        t = index / 10
        there = not 40 <= index < 60
        recording.add(t, pose(MOVES["squat"](0), t) if there else None, SIZE)
        if not index:
            recording.go()
    even = steady(loaded(tmp_path, recording.finish("t", "rest").poses))
    assert np.flatnonzero(np.isnan(even.score)).tolist() == list(range(40, 60))


def loaded(folder: Path, made: PoseRecorder) -> PoseRecording:
    made.save(folder / "poses.npz")
    return load_poses(folder / "poses.npz")


def test_an_exported_set_is_read_by_the_counting_report(tmp_path: Path) -> None:
    shelved(
        tmp_path / "collection",
        Order(reps=4, direction="left"),
        Order(exercise="none", activity="walking"),
    )
    to = tmp_path / "set"
    export(read([tmp_path / "collection"]), to)
    clips = load_clips(to / "clips.csv", to / "landmarks", to / "rep_marks")
    (clip,) = judged(clips)
    assert all(one.file.is_file() for one in clips)
    assert (clip.reps, clip.strict, clip.exercise, clip.scene) == (4, True, "squat", "b0x-a1")
    recording = poses(clip.file, to / "landmarks")
    counted = count(list(observations(recording)), profile("squat"))
    assert len(counted.reps) == 4
    native = (len(recording) - 1) / recording[-1][0]
    np.testing.assert_allclose(
        [mark / native for mark in clip.marks], [rep.t for rep in counted.reps], atol=0.1
    )


def test_the_factory_takes_a_collection_beside_its_clips(tmp_path: Path) -> None:
    shelved(tmp_path / "collection", Order(athlete=4, reps=4))
    parser = ArgumentParser()
    sources.add_arguments(parser)
    args = parser.parse_args(
        [*athletes.gathered(tmp_path), "--collected", str(tmp_path / "collection")]
    )
    found = sources.real_tracks(args)
    assert len(found) == len(sources.real_clips(args)) + 1
    assert (found[-1].group, found[-1].label) == ("b0x-a4", SQUAT)
