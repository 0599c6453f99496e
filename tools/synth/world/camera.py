"""Where the camera stands, what it maps where, and how it shakes.

Azimuths are degrees about the athlete at rest, who looks along -y: 0 sees the face, 90 the left
side (+x), 180 the back.
"""

from dataclasses import dataclass

import numpy as np

from tools.synth.world.framing import Framing, clearance
from tools.synth.world.pinhole import Array, look_at, projection, seen, vertical

SIZES = ((640, 480), (640, 480), (480, 640), (640, 360))
VIEWS, HEIGHTS = (50.0, 110.0), (0.2, 2.0)
TREMORS = 6


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera over a clip of n frames.

    Attributes:
        size: width and height of the pictures, pixels.
        view: vertical angle of view, degrees.
        poses: [n, 4, 4] camera to world as OpenGL has it: it looks along -z, y is up.
    """

    size: tuple[int, int]
    view: float
    poses: Array

    @property
    def eye(self) -> Array:
        """Where it stands on average, [3]."""
        return self.poses[:, :3, 3].mean(axis=0)

    def projection(self, frame: int) -> Array:
        """World to pixels in one frame, [3, 4]; x to the right and y down from the top left."""
        return projection(self.poses[frame], self.view, self.size)

    def project(self, points: Array, frame: int) -> Array:
        """Pixels and depth [m, 3] of points [m, 3] in one frame."""
        return seen(points, self.projection(frame))

    def smear(self, point: Array, frame: int, shutter: float) -> tuple[float, float]:
        """Pixels right and down by which the camera's shake moves a still point [3].

        Args:
            point: such as the athlete's middle.
            frame: from this one towards the next, at the clip's end from the one before.
            shutter: share of the time between them in which the shutter is open.
        """
        if len(self.poses) == 1:
            return 0.0, 0.0
        start = min(frame, len(self.poses) - 2)
        before, after = (self.project(point[None], start + k)[0, :2] for k in (0, 1))
        right, down = (after - before) * shutter
        return float(right), float(down)


def sample(
    rng: np.random.Generator,
    target: Array,
    *,
    frames: int = 1,
    fps: float = 15.0,
    size: tuple[int, int] | None = None,
    azimuth: float | None = None,
    height: float | None = None,
    diagonal: float | None = None,
    slack: tuple[float, float] = (1.0, 1.5),
    nearest: float = 0.0,
    things: Array | None = None,
    crop: float = 0.0,
    handheld: float = 0.4,
) -> Camera:
    """Draws a camera that sees all of the target.

    Args:
        rng: source of chance.
        target: [m, 3] points to be seen, such as all joints of all frames, a margin included.
        frames: of the clip.
        fps: frames a second.
        size: of the pictures, or None to draw one of `SIZES`.
        azimuth: degrees, or None for any side.
        height: of the lens above the floor in metres, or None to draw within `HEIGHTS`.
        diagonal: angle of view in degrees, or None to draw within `VIEWS`.
        slack: how many times farther away it stands than it has to, from and to.
        nearest: metres that it keeps from every point of the target.
        things: [k, 3] points that need not be seen, but from which it keeps the same distance.
        crop: share of the picture by which the target may stick out on each side; a bit of this
            is drawn. 0 leaves a margin of 4 % instead.
        handheld: chance that it shakes.

    Raises:
        ValueError: the target is too large to be seen whole.
    """
    size = size or SIZES[rng.integers(len(SIZES))]
    view = vertical(rng.uniform(*VIEWS) if diagonal is None else diagonal, size)
    side = np.deg2rad(rng.uniform(0, 360) if azimuth is None else azimuth)
    high = rng.uniform(*HEIGHTS) if height is None else height
    roll = float(np.clip(rng.normal(0, 1.2), -4, 4))
    margin = 0.04 if crop == 0 else -rng.uniform(0.3, 1.0) * crop
    away = np.array([np.sin(side), -np.cos(side)])
    framing = Framing(target, view, size, roll, margin)
    near, aim = framing.placed(away, high)
    solid = target if things is None else np.concatenate([target, things])
    far = max(near * rng.uniform(*slack), clearance(solid, aim, away, high, nearest))
    eye = np.array([*(aim[:2] + far * away), high])
    aim = framing.strayed(rng, eye, aim)
    still = look_at(eye, aim, roll)
    if rng.random() >= handheld:
        return Camera(size, view, np.repeat(still[None], frames, axis=0))
    return Camera(size, view, _shaken(rng, still, frames, fps))


def _shaken(rng: np.random.Generator, still: Array, frames: int, fps: float) -> Array:
    """Poses [n, 4, 4] of a hand that trembles: a few slow waves in each angle and direction."""
    times = np.arange(frames) / fps
    speed = rng.uniform(0.2, 2.5, (6, TREMORS))
    phase = rng.uniform(0, 2 * np.pi, (6, TREMORS))
    power = rng.normal(0, 1, (6, TREMORS)) / (0.5 + speed)
    waves = (
        power[..., None] * np.sin(2 * np.pi * speed[..., None] * times + phase[..., None])
    ).sum(axis=1)
    angles = np.deg2rad(rng.uniform(0.05, 0.35)) * waves[:3]
    shifts = rng.uniform(0.001, 0.006) * waves[3:]
    poses = np.repeat(still[None], frames, axis=0)
    poses[:, :3, :3] = still[:3, :3] @ _small_turns(angles)
    poses[:, :3, 3] += shifts.T
    return poses


def _small_turns(angles: Array) -> Array:
    """Turns [n, 3, 3] about x, then y, then z by angles [3, n] in radians."""
    turns = np.repeat(np.eye(3)[None], angles.shape[1], axis=0)
    for axis, angle in enumerate(angles):
        one = np.repeat(np.eye(3)[None], len(angle), axis=0)
        a, b = (axis + 1) % 3, (axis + 2) % 3
        one[:, a, a] = one[:, b, b] = np.cos(angle)
        one[:, b, a], one[:, a, b] = np.sin(angle), -np.sin(angle)
        turns = one @ turns
    return turns
