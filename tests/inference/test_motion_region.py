"""Where somebody trains is where it moves again and again."""

import math
from collections.abc import Callable, Iterable

import numpy as np
import pytest

from gymbox.camera.frame import Frame
from gymbox.inference.motion_region import MotionRegion

HEIGHT, WIDTH = 240, 320
Place = Callable[[float], tuple[float, float]]


def room(seed: int = 0) -> np.ndarray:
    """A still picture with some structure."""
    tiles = np.random.default_rng(seed).integers(60, 180, (12, 16, 1))
    return np.kron(tiles, np.ones((20, 20, 3), int)).astype(np.uint8)


def film(seconds: float, fps: float, *people: Place, noise: float = 3.0, begin: float = 0.0):
    """Frames of the room with light blocks of 40 x 60 pixels in it, and the noise of a sensor."""
    chance, still = np.random.default_rng(1), room()
    for index in range(int(seconds * fps)):
        t = begin + index / fps
        picture = still.astype(float)
        for place in people:
            x, y = map(int, place(t))
            picture[max(0, y - 30) : max(0, y + 30), max(0, x - 20) : max(0, x + 20)] = 235
        picture += chance.normal(0, noise, picture.shape)
        yield Frame(np.clip(picture, 0, 255).astype(np.uint8), t, index)


def trains(t: float) -> tuple[float, float]:
    return 230, 130 + 30 * math.sin(2 * math.pi * t / 2.5)


def passes(t: float) -> tuple[float, float]:
    return 120 * (t % 20) - 60, 90


def follow(region: MotionRegion, frames: Iterable[Frame]) -> list[tuple[float, ...] | None]:
    return [region(frame) for frame in frames]


@pytest.mark.parametrize("fps", [5, 10, 30])
def test_the_athlete_is_found_at_any_frame_rate(fps: float):
    x0, y0, x1, y1 = follow(MotionRegion(), film(10, fps, trains))[-1]
    assert (x0 < 205, y0 < 70, x1 > 255, y1 > 190) == (True,) * 4
    assert x1 - x0 == pytest.approx(y1 - y0)
    assert (x0 + x1) / 2 == pytest.approx(230, abs=15)
    assert x1 - x0 < 240


def test_nobody_is_looked_for_in_a_still_room():
    assert set(follow(MotionRegion(), film(8, 10, noise=6.0))) == {None}


def test_somebody_who_walks_past_changes_little():
    alone = follow(MotionRegion(), film(12, 10, trains))[-1]
    passed = follow(MotionRegion(), film(12, 10, trains, passes))
    assert max(abs(a - b) for a, b in zip(alone, passed[-1], strict=True)) < 25


def test_the_region_waits_for_an_athlete_who_rests():
    region = MotionRegion()
    follow(region, film(10, 10, trains))
    before = region(next(iter(film(1, 10, trains, begin=10))))
    after = follow(region, film(15, 10, lambda _: trains(10.0), begin=10.1))[-1]
    assert after == pytest.approx(before, abs=20)


def test_it_moves_on_with_the_athlete():
    region = MotionRegion()
    follow(region, film(10, 10, trains))
    moved = follow(region, film(25, 10, lambda t: (80, trains(t)[1]), begin=10))[-1]
    assert (moved[0] + moved[2]) / 2 == pytest.approx(80, abs=20)


def test_a_change_of_light_is_no_athlete():
    frames = list(film(8, 10))
    for frame in frames[40:]:
        frame.image[:] = np.clip(frame.image.astype(int) + 40, 0, 255)
    assert set(follow(MotionRegion(), frames)) == {None}


def test_an_athlete_who_fills_the_picture_is_seen_whole():
    def near(t: float) -> tuple[float, float]:
        return 160 + 130 * math.sin(2 * math.pi * t / 2), 120 + 80 * math.cos(2 * math.pi * t / 2)

    assert follow(MotionRegion(), film(10, 15, near))[-1] is None


def test_another_frame_size_starts_anew():
    region = MotionRegion()
    follow(region, film(10, 10, trains))
    tall = np.zeros((WIDTH, HEIGHT, 3), np.uint8)
    assert region(Frame(tall, 11.0, 0)) is None
