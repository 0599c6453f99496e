"""Collect mode: whatever is pressed and seen in whatever order, no take is lost."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gymbox.camera.frame import Frame
from gymbox.display import Button, Status
from gymbox.events import Event, TakeDiscarded, TakeEnded
from gymbox.modes.collect import CollectMode
from gymbox.motion.landmarks import Pose
from gymbox.panel.views import render
from gymbox.reps.profiles import profiles
from tests.modes.collection import IMAGE, Memory
from tests.reps.stick_figure import MOVES, pose
from tests.strategies import floats

moments = st.one_of(
    st.tuples(st.just("train"), floats(0.2, 12)),
    st.tuples(st.just("stand"), floats(0.2, 8)),
    st.tuples(st.sampled_from(["nobody", "nan"]), floats(0.1, 7)),
    st.tuples(st.just("jump"), floats(-5, 400)),
    st.tuples(st.sampled_from([Button.SELECT, Button.SELECT, Button.BACK]), st.just(0.0)),
    st.tuples(st.just("leave"), st.just(0.0)),
    st.tuples(st.just("begin"), floats(5.5, 8)),
)


class Scene:
    """Shows what the test says."""

    def __init__(self) -> None:
        self.what = "stand"

    def process(self, frame: Frame) -> Pose | None:
        if self.what == "nobody":
            return None
        t = frame.timestamp
        u = 0.5 - 0.5 * np.cos(np.pi * t) if self.what == "train" else 0.0
        seen = pose(MOVES["squat"](float(u)), t)
        if self.what == "nan":
            return replace(seen, points=seen.points * np.nan, world=seen.world * np.nan)
        return seen


class Book:
    """What was told of takes, and how it came about."""

    def __init__(self) -> None:
        self.ended: set[str] = set()
        self.discarded: set[str] = set()

    def note(self, events: Sequence[Event], *, yes: bool = False) -> None:
        for event in events:
            if isinstance(event, TakeEnded):
                self.ended.add(event.take)
            elif isinstance(event, TakeDiscarded):
                # By itself the box throws only away in which nobody was seen.
                assert yes or event.take not in self.ended
                self.discarded.add(event.take)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moments, max_size=40))
def test_no_take_is_lost_and_nothing_fails(story: list[tuple[object, float]]) -> None:
    scene, keeper, book, t = Scene(), Memory(), Book(), 0.0
    mode = CollectMode(scene, keeper, profiles)
    for what, amount in [*story, ("leave", 0.0)]:
        if isinstance(what, Button):
            book.note(mode.press(what, t), yes=what is Button.SELECT)
        elif what == "leave":
            book.note(mode.leave(t))
        elif what == "jump":
            t += amount
        else:
            scene.what = "stand" if what == "begin" else str(what)
            for _ in range(2 if what == "begin" else 0):
                book.note(mode.update(Frame(IMAGE, t, 0)))
                book.note(mode.press(Button.SELECT, t), yes=True)
            for _ in range(round(amount * 8)):
                book.note(mode.update(Frame(IMAGE, t, 0)))
                t += 1 / 8
        render(mode.display(t, Status()))
        assert set(keeper.results) == book.ended - book.discarded
    for name, result in keeper.results.items():
        take = result.take
        assert take.name == name
        assert take.counted == sum(not mark.partial for mark in take.marks)
        assert 0 <= take.go <= take.seconds
        assert result.poses.packed()
