"""How one athlete is when nothing is asked of him: his stance, his posture, his sway."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves.feet import ankle_height
from tools.synth.moves.keys import Key, spread
from tools.synth.moves.rig import LEG, LIMBS, SIGN, TRUNK
from tools.synth.moves.stops import Ground
from tools.synth.skeleton import Skeleton

NEUTRAL = {
    "pitch": 1.0,
    "spine": 3.0,
    "gaze": 5.0,
    "hip": 3.0,
    "hip_out": 3.0,
    "knee": 5.0,
    "ankle": 2.0,
    "arm": 9.0,
    "arm_plane": 72.0,
    "elbow": 16.0,
    "hand": 12.0,
    "fist": 0.35,
}
"""Standing about, degrees."""
VARY = {"pitch": 1.5, "spine": 4.0, "gaze": 6.0, "arm": 2.0, "arm_plane": 14.0, "elbow": 6.0}
"""Standard deviations between athletes."""
STEADY = ("fist", "heel", "hang", "heading")
"""Angles that do not sway."""


@dataclass(frozen=True, slots=True)
class Manner:
    """One athlete standing about.

    Attributes:
        neutral: every angle, degrees.
        width: between the ankles, metres.
        ankle: height of the ankles, metres.
        toes_out: degrees.
        waves: by angle, [3, 2] hertz and phase of the waves that it sways with.
        size: degrees of the sway.
        pace: what all durations are divided by.
    """

    neutral: dict[str, float]
    width: float
    ankle: float
    toes_out: float
    waves: dict[str, Array]
    size: float
    pace: float

    def standing(self) -> Key:
        """The key pose of standing about."""
        return Key(pose=self.neutral)

    def ground(self, middle: Array) -> Ground:
        """Where the feet are if the athlete stands about [2] x and y."""
        spots = [[middle[0] + s * self.width / 2, middle[1], self.ankle] for s in SIGN]
        return Ground(np.array(spots), np.array(SIGN) * self.toes_out)

    def sway(self, name: str, times: Array) -> Array:
        """Degrees [n] that an angle is off at [n] seconds of the clip."""
        if name.startswith(STEADY):
            return np.zeros(len(times))
        shares = np.array([1.0, 0.6, 0.25])[:, None]
        hertz, phase = self.waves[name].T[:, :, None]
        return 0.4 * self.size * np.sum(shares * np.sin(2 * np.pi * (hertz * times + phase)), 0)


def sample(skeleton: Skeleton, rng: np.random.Generator) -> Manner:
    """Draws an athlete's manner."""
    neutral = {key: 0.0 for name in (*TRUNK, *LIMBS) for key in spread(name)}
    for name, value in NEUTRAL.items():
        offset = rng.normal(0, VARY.get(name, 0.0))
        for key in spread(name):
            neutral[key] = value + offset + (rng.normal(0, 1.5) if name in VARY else 0.0)
    waves = {
        name: np.stack([np.array([0.17, 0.45, 1.1]) * rng.uniform(0.7, 1.4, 3), rng.random(3)], 1)
        for name in neutral
    }
    hips = 2 * abs(float(skeleton.at(f"{LEG[0]}.L")[0])) / 0.2
    return Manner(
        neutral=neutral,
        ankle=ankle_height(skeleton),
        width=float(rng.uniform(0.2, 0.32)) * hips,
        toes_out=float(rng.uniform(2, 16)),
        waves=waves,
        size=float(rng.uniform(0.5, 1.3)),
        pace=float(rng.uniform(0.85, 1.2)),
    )
