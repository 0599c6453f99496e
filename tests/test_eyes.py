"""What a mode does not look with is not loaded."""

from pathlib import Path

import numpy as np
import pytest

from gymbox import box, eyes
from gymbox.camera.frame import Frame
from gymbox.config import Settings, defaults
from gymbox.errors import ModelError
from gymbox.motion.lock import Lock
from gymbox.motion.phase import PhaseScores
from tests.reps.phase_scores import clear, repetitions

SECONDS, FPS = 8, 15


class Recording:
    """A camera that has recorded nothing but the time."""

    live = False

    def __init__(self) -> None:
        self.frames = iter(range(SECONDS * FPS))

    def read(self) -> Frame | None:
        index = next(self.frames, None)
        image = np.zeros((48, 64, 3), np.uint8)
        return None if index is None else Frame(image, index / FPS, index)


class Sees:
    """A phase network, and a list of what it was built with."""

    def __init__(self, built: list[dict[str, object]]) -> None:
        self._built = built

    def __call__(self, **settings: object) -> "Sees":
        self._built.append(settings)
        return self

    def classify(self, frame: Frame) -> PhaseScores:
        return clear(repetitions(3, 2.0, 1.0)(frame.timestamp))


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What phase networks were built with; a pose network must not be."""
    made: list[dict[str, object]] = []

    def no_pose(**_: object) -> None:
        raise AssertionError("a pose network was built")

    monkeypatch.setattr(eyes, "PhaseNet", Sees(made))
    monkeypatch.setattr(eyes, "PoseTracker", no_pose)
    return made


def settings(**changes: object) -> Settings:
    named = {key.replace("__", "."): value for key, value in changes.items()}
    return defaults().with_values(box.REPLAY | named, "test")


def test_spot_mode_counts_without_a_pose_network(built: list[dict[str, object]]) -> None:
    seen = []
    chosen = settings(training__exercise="push_up")
    with box.open_box(chosen, camera=Recording(), mode="spot") as parts:
        assert len(built) == 1, "what is wrong with the network is told at once"
        parts.taps.append(lambda _frame, pose, display: seen.append((pose, display)))
        summary = parts.run()
    assert (summary.exercise, summary.reps) == ("push_up", 3)
    assert {pose for pose, _ in seen} == {None}
    assert seen[-1][1].reps == 3
    assert len(built) == 1


def test_the_region_is_a_setting(built: list[dict[str, object]]) -> None:
    for region, follows in (("frame", False), ("motion", True)):
        eyes.Spotter(settings(spot__region=region, spot__threads=2)).build()
        assert (built[-1]["region"] is not None) == follows
        assert built[-1]["threads"] == 2


def test_history_needs_no_network_at_all(built: list[dict[str, object]]) -> None:
    with box.open_box(settings(), camera=Recording(), mode="history") as parts:
        parts.run()
    assert built == []


def test_without_a_phase_network_the_box_has_no_spot_mode(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("[models]\n")
    bare = settings(models__folder=str(tmp_path))
    with (
        pytest.raises(ModelError, match="no model phase"),
        box.open_box(bare, camera=Recording(), mode="spot"),
    ):
        pass


def test_an_exercise_that_spot_mode_cannot_count_is_not_its_first(
    built: list[dict[str, object]],
) -> None:
    chosen = settings(training__exercise="deadlift")
    with box.open_box(chosen, camera=Recording(), mode="spot") as parts:
        assert parts.run().exercise == "push_up"
    assert len(built) == 1


def test_the_pose_of_another_frame_is_none_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finds:
        def process(self, frame: Frame) -> Frame:
            return frame

    monkeypatch.setattr(eyes, "PoseTracker", lambda **_: Finds())
    watch = eyes.Watch(settings())
    first, second = (Frame(np.zeros((4, 4, 3), np.uint8), t, 0) for t in (0.0, 0.1))
    watch.process(first)
    assert watch.pose_in(first) is not None
    assert watch.pose_in(second) is None


class Follows:
    """A pose tracker that sees nobody, with a lock as the test wants it."""

    def __init__(self) -> None:
        self.lock = Lock()

    def process(self, frame: Frame) -> None:
        del frame


@pytest.mark.parametrize(
    ("lock", "told"),
    [
        (Lock("searching", 3), ""),
        (Lock("locked", 1), ""),
        (Lock("locked", 2), "locked"),
        (Lock("hidden", 1), "waiting"),
        (Lock("lost", 0), "waiting"),
    ],
)
def test_the_lock_is_told_where_it_matters_and_while_somebody_looks(
    monkeypatch: pytest.MonkeyPatch, lock: Lock, told: str
) -> None:
    tracker = Follows()
    monkeypatch.setattr(eyes, "PoseTracker", lambda **_: tracker)
    watch = eyes.Watch(defaults())
    assert watch.lock_at(0.0) == ""
    tracker.lock = lock
    watch.process(Frame(np.zeros((48, 64, 3), np.uint8), 2.0, 0))
    assert watch.lock_at(2.0) == told
    assert watch.lock_at(2.1) == ""
