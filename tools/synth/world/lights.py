"""What lights the scene: a sun or its stand-in overhead, sky and ground from everywhere, lamps.

All light is linear: a white, dull surface square to light of 1 shows white. The sum of what falls
on the athlete is about 1, before the film's exposure.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp at a place, without a shadow.

    Attributes:
        place: [3] metres.
        colour: [3] its linear light on a surface square to it, one metre away or nearer.
        reach: metres; at a distance d it gives colour / (1 + (d / reach)**2).
    """

    place: Vector
    colour: Vector
    reach: float


@dataclass(frozen=True, slots=True)
class Lights:
    """All light of a scene.

    Attributes:
        sun: [3] unit vector from the scene to the sun; the one light with shadows.
        sun_colour: [3] linear.
        sky: [3] linear light from above, on a surface that faces up.
        ground: [3] the same from below, on a surface that faces down; in between they mix.
        lamps: fill lights, four at most.
        softness: of the sun's shadow edge, 0 sharp to 1 broad.
    """

    sun: Vector
    sun_colour: Vector
    sky: Vector
    ground: Vector
    lamps: tuple[Lamp, ...]
    softness: float


@dataclass(frozen=True, slots=True)
class _Mood:
    """A way to light a scene; each pair is the range that is drawn from.

    Attributes:
        share: how often it is drawn, against the others of its list.
        height: degrees of the sun above the horizon.
        sun: its light.
        sky: light from above.
        bounce: the ground's light as a share of the sky's.
        warmth: of the sun's colour, -1 cold to 1 warm.
        softness: of shadow edges.
        lamps: how many, from and to.
        power: of a lamp.
        tint: how strongly coloured the lamps are.
    """

    share: float
    height: tuple[float, float]
    sun: tuple[float, float]
    sky: tuple[float, float]
    bounce: tuple[float, float] = (0.4, 0.7)
    warmth: tuple[float, float] = (-0.2, 0.5)
    softness: tuple[float, float] = (0.4, 1.0)
    lamps: tuple[int, int] = (0, 2)
    power: tuple[float, float] = (0.1, 0.3)
    tint: float = 0.05


INDOORS = {
    "overhead": _Mood(4, (60, 88), (0.35, 0.6), (0.3, 0.5), lamps=(1, 3)),
    "window": _Mood(2, (12, 40), (0.6, 1.0), (0.18, 0.35), softness=(0.2, 0.6)),
    "even": _Mood(2, (50, 80), (0.08, 0.25), (0.55, 0.8)),
    "low key": _Mood(1, (35, 80), (0.15, 0.4), (0.04, 0.12), lamps=(0, 2)),
    "coloured": _Mood(
        1, (50, 85), (0.15, 0.4), (0.15, 0.3), lamps=(2, 4), power=(0.3, 0.7), tint=0.7
    ),
}
OUTDOORS = {
    "sunny": _Mood(3, (25, 75), (0.8, 1.3), (0.25, 0.45), softness=(0.0, 0.15), lamps=(0, 0)),
    "low sun": _Mood(
        1, (8, 22), (0.7, 1.1), (0.15, 0.3), warmth=(0.4, 1.0), softness=(0.0, 0.2), lamps=(0, 0)
    ),
    "overcast": _Mood(2, (40, 80), (0.05, 0.2), (0.6, 0.9), warmth=(-0.4, 0.0), lamps=(0, 0)),
}


def sample(
    rng: np.random.Generator,
    *,
    outdoors: bool = False,
    window: float | None = None,
    reach: float = 3.0,
    tall: float = 2.8,
) -> Lights:
    """Draws the light of a scene.

    Args:
        rng: source of chance.
        outdoors: under the sky instead of a ceiling.
        window: azimuth in degrees (0 is +x, 90 is +y) from which daylight comes in, or None.
        reach: metres from the middle within which lamps hang.
        tall: height of the ceiling in metres.
    """
    moods = dict(OUTDOORS if outdoors else INDOORS)
    if not outdoors and window is None:
        del moods["window"]
    shares = np.array([m.share for m in moods.values()])
    name = str(rng.choice(list(moods), p=shares / shares.sum()))
    mood = moods[name]
    azimuth = rng.uniform(0, 360)
    if name == "window" and window is not None:
        azimuth = window + rng.uniform(-35, 35)
    sky = rng.uniform(*mood.sky) * _white(rng.uniform(-0.3, 0.3) - 0.2 * outdoors)
    return Lights(
        _direction(azimuth, rng.uniform(*mood.height)),
        rng.uniform(*mood.sun) * _white(rng.uniform(*mood.warmth)),
        sky,
        sky * rng.uniform(*mood.bounce) * _white(rng.uniform(0.0, 0.4)),
        tuple(
            _lamp(rng, mood, reach, tall)
            for _ in range(rng.integers(mood.lamps[0], mood.lamps[1] + 1))
        ),
        rng.uniform(*mood.softness),
    )


def _direction(azimuth: float, height: float) -> Vector:
    """The unit vector to an azimuth and a height above the horizon, degrees."""
    a, h = np.deg2rad(azimuth), np.deg2rad(height)
    return np.array([np.cos(a) * np.cos(h), np.sin(a) * np.cos(h), np.sin(h)])


def _white(warmth: float) -> Vector:
    """White from -1 (blue sky) to 1 (late sun), with green as its measure."""
    return np.array([1.0 + 0.22 * warmth, 1.0, 1.0 - 0.35 * warmth])


def _lamp(rng: np.random.Generator, mood: _Mood, reach: float, tall: float) -> Lamp:
    """A lamp somewhere in the upper half of the room."""
    place = np.array([*rng.uniform(-reach, reach, 2), tall * rng.uniform(0.5, 0.95)])
    tint = 1 + mood.tint * rng.uniform(-1.0, 1.0, 3)
    return Lamp(place, rng.uniform(*mood.power) * tint * 2, rng.uniform(1.5, 4.0))
