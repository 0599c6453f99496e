"""Takes for tests, recorded from a stick figure that squats."""

from dataclasses import replace

import numpy as np

from gymbox.camera.frame import Frame
from gymbox.collection.recording import Recording, Result
from gymbox.collection.take import Mark, Order, Take
from gymbox.reps.profiles import profiles
from tests.reps.stick_figure import MOVES, pose, wave

SIZE = (640, 480)
IMAGE = np.random.default_rng(0).integers(0, 255, (480, 640, 3), np.uint8)


def take(name: str = "t", **changes: object) -> Take:
    """A take of five squats that the athlete has confirmed."""
    marks = tuple(Mark(k + 5.0, k + 5.5, k + 6.0) for k in range(5))
    kept = Take(
        name=name,
        box="b0x",
        recorded="2026-11-22T01:45:12+00:00",
        athlete=2,
        exercise="squat",
        direction="front left",
        height="middle",
        asked=5,
        counted=5,
        reps=5,
        go=4.0,
        seconds=15.0,
        frames=151,
        seen=1.0,
        ended="rest",
        size=SIZE,
        model="full",
        marks=marks,
    )
    return replace(kept, **changes)


def result(name: str, order: Order | None = None, *, reps: int = 3, fps: float = 15.0) -> Result:
    """A recording of somebody who stands for 4 s and then squats once in two seconds."""
    asked = order or Order(reps=reps)
    recording = Recording(asked, profiles().get(asked.exercise))
    movement = wave(reps, 2.0)
    for frame in range(round((8 + 2 * reps) * fps)):
        t = 100 + frame / fps
        u = movement(t - 104) if t > 104 else 0.0
        recording.add(t, pose(MOVES["squat"](u), t), SIZE)
        if frame == round(3 * fps):
            recording.go()
    return recording.finish(name, "rest")


def frame(index: int) -> Frame:
    """A picture of noise."""
    return Frame(IMAGE, index / 15, index)
