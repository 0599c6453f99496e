"""The service is stopped in the middle: nothing of the athlete is lost."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gymbox import box, eyes
from gymbox.collection.keeper import Keeper
from gymbox.collection.shelf import FOLDER, Shelf
from gymbox.config import defaults
from gymbox.display import Button, CollectDisplay, Display, TeachDisplay
from gymbox.events import Event
from gymbox.loop import Loop
from tests.modes.athlete import Athlete
from tests.reps.stick_figure import wave
from tests.test_whole_box import Camera


def step(display: Display) -> str:
    return display.step if isinstance(display, CollectDisplay | TeachDisplay) else ""


class Willing:
    """Somebody who says yes wherever a box begins something."""

    loop: Loop

    def poll(self) -> list[Button]:
        begins = step(self.loop.display()) in {"athlete", "next", "start"}
        return [Button.SELECT] if begins else []

    def close(self) -> None:
        """Nothing to give back."""


@pytest.fixture(autouse=True)
def _opened_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shelf is read beside the loop, which here runs through a minute in a moment."""
    opens = Keeper.open

    def open_and_wait(keeper: Keeper) -> None:
        opens(keeper)
        until = time.monotonic() + 20.0
        while not keeper.loaded and time.monotonic() < until:
            time.sleep(0.001)

    monkeypatch.setattr(Keeper, "open", open_and_wait)


def stopped(
    monkeypatch: pytest.MonkeyPatch, folder: Path, mode: str, over: Callable[[Display], bool]
) -> list[Event]:
    """What a box tells until its screen says that it is to be stopped.

    The athlete stands for eight seconds and squats three times.
    """
    camera, squats, willing = Camera(60.0), wave(3, 2.0), Willing()
    watcher = Athlete("squat", lambda t: squats(t - 8) if t > 8 else 0.0)
    monkeypatch.setattr(eyes, "PoseTracker", lambda **_: watcher)
    monkeypatch.setattr(box, "buttons_of", lambda _: willing)
    settings = defaults().with_values({**box.REPLAY, "log.folder": str(folder)}, "test")
    told: list[Event] = []
    with box.open_box(settings, camera=camera, mode=mode, outputs=[told.append]) as made:
        willing.loop = made.loop
        made.run(lambda: over(made.loop.display()))
    assert camera.t < 59, "it never came to that"
    return told


def test_a_take_under_way_is_written_and_asked_about_next_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def second_rep(display: Display) -> bool:
        return step(display) == "record" and getattr(display, "number", 0) == 2

    told = stopped(monkeypatch, tmp_path, "collect", second_rep)
    assert told[-1].name == "take_ended"
    shelf = Shelf(tmp_path / FOLDER)
    (name,) = shelf.names()
    take = shelf.read(name)
    assert (take.ended, take.counted, take.reps) == ("left", 2, None)
    stopped(monkeypatch, tmp_path, "collect", lambda display: step(display) == "review")
    assert shelf.names() == [name]


def test_a_lesson_under_way_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def third_rep(display: Display) -> bool:
        return step(display) == "show" and getattr(display, "reps", 0) == 3

    stopped(monkeypatch, tmp_path, "teach", third_rep)
    stopped(monkeypatch, tmp_path, "teach", lambda display: step(display) in {"name", "like"})
