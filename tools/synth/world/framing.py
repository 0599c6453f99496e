"""Finds the distance and the aim at which a camera sees all of a target."""

from dataclasses import dataclass

import numpy as np

from tools.synth.world.pinhole import Array, look_at, projection, seen

NEAREST, FARTHEST = 0.5, 14.0
"""Between the lens and the middle of the target on the floor, metres."""


@dataclass(frozen=True, slots=True)
class Framing:
    """What has to be seen, and through what.

    Attributes:
        target: [m, 3] points.
        view: vertical angle of view, degrees.
        size: width and height of the picture, pixels.
        roll: degrees.
        margin: share of the picture that stays free on each side; below 0 the target sticks out.
    """

    target: Array
    view: float
    size: tuple[int, int]
    roll: float
    margin: float

    def fits(self, eye: Array, aim: Array) -> bool:
        """Whether the camera at `eye` that looks at `aim` sees the target whole."""
        points = self._seen(eye, aim)
        share = points[:, :2] / self.size
        inside = share.min() >= self.margin and share.max() <= 1 - self.margin
        return bool(inside and points[:, 2].min() > NEAREST / 2)

    def distance(self, aim: Array, away: Array, high: float) -> float:
        """The least distance on the floor in the direction `away` [2], lens at height `high`.

        Raises:
            ValueError: the target cannot be seen whole from there.
        """
        low, far = NEAREST, FARTHEST
        if not self.fits(np.array([*(aim[:2] + far * away), high]), aim):
            raise ValueError(f"the target is not seen whole from {far:g} m away")
        for _ in range(12):
            middle = (low + far) / 2
            if self.fits(np.array([*(aim[:2] + middle * away), high]), aim):
                far = middle
            else:
                low = middle
        return far

    def placed(self, away: Array, high: float) -> tuple[float, Array]:
        """The least distance on the floor and where to aim [3] from there.

        Raises:
            ValueError: the target cannot be seen whole from that side.
        """
        aim = (self.target.min(axis=0) + self.target.max(axis=0)) / 2
        for _ in range(3):
            near = self.distance(aim, away, high)
            aim = self._centred(np.array([*(aim[:2] + near * away), high]), aim)
        return self.distance(aim, away, high) * 1.01, aim

    def strayed(self, rng: np.random.Generator, eye: Array, aim: Array) -> Array:
        """An aim off the middle, as far as the target stays in the picture."""
        reach = np.linalg.norm(aim - eye) * np.tan(np.deg2rad(self.view) / 2)
        shift = look_at(eye, aim, self.roll)[:3, :2] @ rng.uniform(-0.5, 0.5, 2) * reach
        for share in (1.0, 0.6, 0.3):
            if self.fits(eye, aim + share * shift):
                return aim + share * shift
        return aim

    def _seen(self, eye: Array, aim: Array) -> Array:
        """Pixels and depth of the target, [m, 3]."""
        return seen(self.target, projection(look_at(eye, aim, self.roll), self.view, self.size))

    def _centred(self, eye: Array, aim: Array) -> Array:
        """An aim at the same distance that puts the target's outline amid the picture."""
        points = self._seen(eye, aim)[:, :2]
        off = (points.min(axis=0) + points.max(axis=0)) / 2 - np.array(self.size) / 2
        scale = 2 * np.tan(np.deg2rad(self.view) / 2) / self.size[1] * np.linalg.norm(aim - eye)
        return aim + look_at(eye, aim, self.roll)[:3, :2] @ (off * [1, -1]) * scale


def clearance(target: Array, aim: Array, away: Array, high: float, nearest: float) -> float:
    """The distance on the floor from which no point of the target is nearer than `nearest`.

    Args:
        target: [m, 3] points.
        aim: [3], from where the distance counts.
        away: [2] unit vector on the floor, towards the camera.
        high: of the lens, metres.
        nearest: metres.
    """
    off = target - [aim[0], aim[1], high]
    along, aside = off[:, :2] @ away, off[:, :2] @ [-away[1], away[0]]
    room = nearest**2 - aside**2 - off[:, 2] ** 2
    return float((along + np.sqrt(np.maximum(room, 0)))[room > 0].max(initial=0.0))
