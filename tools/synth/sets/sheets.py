"""Contact sheets: every exercise in its variants, every fault beside the right way."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.synth.moves import exercise as exercises
from tools.synth.sets.order import Order
from tools.synth.sets.shoot import plan
from tools.synth.sets.studio import Studio

SIZE = (320, 320)
MOMENTS = (0.0, 0.35, 0.7, 1.0)
"""Depths that are shown."""
BAND = 22
"""Pixels of the line of text over a row."""
SEED = 7
SIDE, FRONT = 75.0, 20.0
FROM = {
    "knees_in": 10.0,
    "flared_elbows": 15.0,
    "lateral_raise": FRONT,
    "shoulder_press": FRONT,
    "biceps_curl": 40.0,
    "pull_up": 150.0,
    "dip": 45.0,
    "squat": 45.0,
    "bench_press": 60.0,
}
"""Side of the camera by fault or exercise, degrees; `SIDE` where none is named."""

Picture = NDArray[np.uint8]


def draw(folder: Path, names: tuple[str, ...] = ()) -> list[Path]:
    """Writes EXERCISE.jpg and EXERCISE-FAULT.jpg for some or all exercises; returns them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in names or exercises.names():
        side = FROM.get(name, SIDE)
        rows = [
            _row(f"{name}: {variant}", _order(name, variant, side), SEED + k)
            for k, variant in enumerate(exercises.variants(name))
        ]
        paths.append(_save(folder / f"{name}.jpg", rows))
        for fault in exercises.load(name).faults:
            side = FROM.get(fault, SIDE)
            variant = exercises.variants(name)[0]
            rows = [
                _row(f"{name}: right", _order(name, variant, side), SEED),
                _row(f"{name}: {fault}", _order(name, variant, side, fault), SEED),
            ]
            paths.append(_save(folder / f"{name}-{fault}.jpg", rows))
    return paths


def _order(name: str, variant: str, azimuth: float, fault: str | None = None) -> Order:
    return Order(
        exercise=name,
        variant=variant,
        count=1,
        partials=(),
        faults={fault: 1.0} if fault else {},
        before=(),
        after=(),
        others=0,
        size=SIZE,
        fps=15.0,
        azimuth=azimuth,
        height=1.1,
        view=58.0,
        crop=0.0,
    )


def _row(title: str, order: Order, seed: int) -> Picture:
    """One repetition, out to the turn."""
    shoot = plan(order, np.random.SeedSequence(seed), handheld=0.0, film=0.0, blur=0.0)
    studio = Studio(shoot)
    depth = shoot.people[0].take.depth
    turn = int(np.argmax(depth))
    frames = [int(np.argmin(np.abs(depth[: turn + 1] - share * depth[turn]))) for share in MOMENTS]
    pictures = np.hstack([studio.picture(frame) for frame in frames])
    band = np.full((BAND, pictures.shape[1], 3), 245, np.uint8)
    words = title.replace("_", " ")
    cv2.putText(band, words, (6, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (30, 30, 30), 1, cv2.LINE_AA)
    return np.vstack([band, pictures])


def _save(path: Path, rows: list[Picture]) -> Path:
    picture = cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 80])
    return path
