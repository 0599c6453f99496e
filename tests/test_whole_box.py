"""The whole box but camera and networks: somebody trains and presses, all of it agrees."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gymbox import box, eyes
from gymbox.camera.frame import Frame
from gymbox.config import defaults
from gymbox.display import Button
from gymbox.events import Event
from gymbox.panel.buttons import ScriptedButtons
from gymbox.workouts.log import TrainingLog
from tests.modes.athlete import FPS, Athlete
from tests.reps.stick_figure import wave

SETTINGS = defaults().with_values(
    {
        "screen.kind": "picture",
        "buzzer.kind": "silent",
        "training.exercise": "squat",
        "training.rest_target": 30,
        "training.target_reps": 3,
    },
    "test",
)


class Camera:
    """Frames that show nothing but the time."""

    live = False

    def __init__(self, seconds: float) -> None:
        self.t = 0.0
        self._frames = iter(range(round(seconds * FPS)))
        self._image = np.zeros((48, 64, 3), np.uint8)

    def read(self) -> Frame | None:
        index = next(self._frames, None)
        if index is None:
            return None
        self.t = index / FPS
        return Frame(self._image, self.t, index)


def played(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    progress: Callable[[float], float | None],
    presses: list[tuple[float, Button]],
    seconds: float,
) -> tuple[list[Event], box.Summary]:
    """What the box tells in a recording of so many seconds."""
    camera = Camera(seconds)
    monkeypatch.setattr(eyes, "PoseTracker", lambda **_: Athlete("squat", progress))
    scripted = ScriptedButtons(presses, clock=lambda: camera.t)
    monkeypatch.setattr(box, "buttons_of", lambda _: scripted)
    settings = SETTINGS.with_values({"log.folder": str(folder)}, "test")
    told: list[Event] = []
    outputs = [told.append]
    with box.open_box(settings, camera=camera, mode="count", log=True, outputs=outputs) as made:
        return told, made.run()


def test_an_evening_of_squats(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two squats and one that the box missed; a rest; two, a ghost taken back in the rest."""
    first, second = wave(2, 2.0), wave(3, 2.0)
    presses = [
        (7.0, Button.SELECT_HELD),  # the third squat was missed
        (9.0, Button.SELECT),
        (9.1, Button.MODE_HELD),
        (48.0, Button.BACK_HELD),  # one squat in, begin anew
        (58.0, Button.SELECT),
        (59.0, Button.BACK),  # one of them was none
    ]
    told, summary = played(
        monkeypatch,
        tmp_path,
        lambda t: first(t) if t < 40 else wave(1, 2.0)(t - 43) if t < 48 else second(t - 49),
        presses,
        60.0,
    )
    names = [event.name for event in told if event.name not in {"ready", "athlete_found"}]
    assert names == [
        "exercise",
        *("set_start", "rep", "rep", "rep_added", "target_reached", "set_end"),
        *("rest_nearly_over", "rest_over"),
        *("set_start", "rep", "set_restarted", "rep", "rep", "rep", "target_reached"),
        *("set_end", "set_corrected"),
    ]
    assert [entry["reps"] for entry in summary.sets] == [3, 2]
    with TrainingLog.open(tmp_path, read_only=True) as log:
        newer, older = log.history()
    assert (older.reps, older.added, older.target) == (3, 1, 3)
    assert (newer.reps, newer.added, newer.target) == (2, 0, 3)
