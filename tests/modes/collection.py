"""A keeper that keeps everything in memory, at once."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gymbox.camera.frame import Frame
from gymbox.collection.recording import Result
from gymbox.collection.take import Order, Take
from gymbox.display import Button, CollectDisplay, Display, Status
from gymbox.events import Event
from gymbox.modes.collect import CollectMode
from gymbox.reps.profiles import profiles
from tests.modes.athlete import FPS, Athlete

IMAGE = np.zeros((480, 640, 3), np.uint8)


class Memory:
    """Stands in for `gymbox.collection.keeper.Keeper`."""

    def __init__(self) -> None:
        self.trouble = ""
        self.why = ""
        self.loaded = False
        self.results: dict[str, Result] = {}
        self.answers: dict[str, int] = {}
        self.images: dict[str, list[int]] = {}
        self.dropped: list[str] = []
        self._given = 0

    def open(self) -> None:
        self.loaded = True

    def takes(self) -> list[Take]:
        return [
            replace(result.take, reps=self.answers.get(name))
            for name, result in self.results.items()
        ]

    def refusal(self) -> str:
        return self.why

    def name(self, order: Order) -> str:
        self._given += 1
        return f"{self._given:03d}-{order.exercise}"

    def picture(self, name: str, frame: int, image: np.ndarray) -> None:
        assert image.shape == IMAGE.shape
        self.images.setdefault(name, []).append(frame)

    def keep(self, result: Result) -> Take:
        self.results[result.take.name] = result
        return result.take

    def answer(self, name: str, reps: int) -> None:
        assert name in self.results
        self.answers[name] = reps

    def discard(self, name: str) -> None:
        self.dropped.append(name)
        self.results.pop(name, None)


class Session:
    """Somebody before a box in collect mode."""

    def __init__(self, athlete: Athlete) -> None:
        self.keeper = Memory()
        self.mode = CollectMode(athlete, self.keeper, profiles)
        self.t = 0.0
        self.events: list[Event] = []
        self._count = 0

    def watch(self, seconds: float) -> Sequence[Event]:
        news: list[Event] = []
        for _ in range(round(seconds * FPS)):
            news += self.mode.update(Frame(IMAGE, self.t, self._count))
            self.t += 1 / FPS
            self._count += 1
        self.events += news
        return news

    def press(self, *buttons: Button) -> Sequence[Event]:
        news = [event for button in buttons for event in self.mode.press(button, self.t)]
        self.events += news
        return news

    def leave(self) -> Sequence[Event]:
        news = self.mode.leave(self.t)
        self.events += news
        return news

    def shown(self) -> Display:
        return self.mode.display(self.t, Status())

    @property
    def step(self) -> str:
        display = self.shown()
        return display.step if isinstance(display, CollectDisplay) else display.title
