"""Who moves and who stays: a pull-up takes the body to the hands, a pulldown the hands to the body.

Joint angles cannot tell the two apart, the picture can. The height of one part of the body over
another rises and falls with every repetition; how much of that is the one's own movement tells
which of them is held in its place. A camera that shakes or turns moves both alike and adds nothing
to the height between them. Only heights are looked at: sideways people drift, and lunges may walk.

Pure: `travel` measures what some seconds of poses show, `fits` compares it with a profile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark, Pose

PARTS: dict[str, tuple[Landmark, Landmark]] = {
    "shoulder": (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    "elbow": (Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW),
    "wrist": (Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST),
    "hip": (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    "knee": (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE),
    "ankle": (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE),
}
"""What can move or stay: (left, right)."""

ENOUGH = 8
"""Poses that show a movement."""
OUTERMOST = 0.05
"""Share of the places at each end that are taken for slips of the network."""
CLEAR = 0.04
"""Torso lengths (standard deviation) between two parts from which their movement tells something:
twice what a joint at rest jitters."""
TRUSTED = 0.8
"""Visibility from which a part is where it seems to be."""
OWN = (0.1, 0.4)
"""Share of the movement between two parts that the one which should move has made: from nothing
fits to all does. The natural border is a half; half-hidden limbs of synthetic athletes go below."""
OVERDONE = (1.5, 2.0)
"""The same upwards: both move far, one a little further."""
STRAY = (1.0, 2.0)
"""How far the part that should stay moves by itself, against the movement between the two: from all
fits to nothing does. Of synthetic sets 99 % stay below 0.8, handheld cameras among them; half of
the people who walk about or warm up are above."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """How two parts of the body moved.

    Attributes:
        share: of the movement between them, how much the first one made itself: 1 all, 0 none,
            outside of 0..1 where both went the same way.
        stray: what the second one moved besides, in sizes of the movement between them.
        size: of the movement between them, torso lengths (standard deviation up and down the
            picture); less where they were badly seen.
        seen: 0..1, how well both were seen on the better side.
    """

    share: float
    stray: float
    size: float
    seen: float


@dataclass(frozen=True, slots=True, eq=False)
class Travel:
    """How far the parts of the body went in the picture.

    Attributes:
        far: torso lengths by part: from the 10 % to the 90 % place, of the side that went further.
        spread: [2, 6, 6] covariance of the heights of the parts in the order of PARTS, by side,
            in squares of torso lengths.
        seen: [2, 6] mean visibility.
    """

    far: dict[str, float]
    spread: Floats
    seen: Floats

    def between(self, mover: str, still: str) -> Pair:
        """How one part moved against another; both sides by how well they were seen."""
        a, b = _ROW[mover], _ROW[still]
        visible = np.minimum(self.seen[:, a], self.seen[:, b])
        weight = visible**3
        own, other, joint = (
            float(weight @ self.spread[:, i, j]) for i, j in ((a, a), (b, b), (a, b))
        )
        between = max(own + other - 2 * joint, 1e-9)
        stray = max(0.0, other - (joint - other) ** 2 / between)
        share = (own - joint) / between
        return Pair(share, (stray / between) ** 0.5, between**0.5, float(visible.max()))


class Anchored(Protocol):
    """An exercise in which something moves and something stays."""

    @property
    def moves(self) -> str:
        """The part that moves, "" where that is not known."""
        ...

    @property
    def still(self) -> tuple[str, ...]:
        """The parts that stay."""
        ...


def travel(poses: Sequence[Pose]) -> Travel | None:
    """Measures the poses of some seconds, best a whole set and no walk to it.

    Returns:
        None where they are too few or broken.
    """
    good = [pose for pose in poses if np.isfinite(pose.points[_ROWS, :2]).all()]
    if len(good) < ENOUGH:
        return None
    points = np.stack([pose.points[:, :2] for pose in good]).astype(np.float64)[:, _ROWS]
    visibility = np.stack([pose.visibility for pose in good])[:, _ROWS]
    trunk = points[:, :, _ROW["shoulder"]] - points[:, :, _ROW["hip"]]
    torso = float(np.quantile(np.linalg.norm(trunk, axis=2).mean(axis=1), 0.9))
    if torso <= 0.0:
        return None
    low, near, far, high = np.quantile(points, (OUTERMOST, 0.1, 0.9, 1 - OUTERMOST), axis=0)
    reach = np.linalg.norm(far - near, axis=2).max(axis=0) / torso
    heights = np.clip(points, low, high)[..., 1]
    heights = (heights - heights.mean(axis=0)) / torso
    return Travel(
        far=dict(zip(PARTS, reach.tolist(), strict=True)),
        spread=np.einsum("tsp,tsq->spq", heights, heights) / len(heights),
        seen=np.nan_to_num(visibility.mean(axis=0).astype(np.float64)),
    )


def fits(exercise: Anchored, seen: Travel | None) -> float:
    """How well it fits an exercise what moved and what stayed.

    Args:
        exercise: its profile.
        seen: of one set or some repetitions.

    Returns:
        0..1; 1 where nothing speaks against it, also because nothing was seen.
    """
    if seen is None or not exercise.moves:
        return 1.0
    return min((_fit(seen.between(exercise.moves, part)) for part in exercise.still), default=1.0)


def _fit(pair: Pair) -> float:
    told = min(1.0, pair.seen / TRUSTED) ** 2 * pair.size**2 / (pair.size**2 + CLEAR**2)
    held = _ramp(pair.share, OWN) * (1 - _ramp(pair.share, OVERDONE))
    return 1 - told * (1 - held * (1 - _ramp(pair.stray, STRAY)))


def _ramp(value: float, ends: tuple[float, float]) -> float:
    """0 up to the first end, 1 from the second on."""
    return min(1.0, max(0.0, (value - ends[0]) / (ends[1] - ends[0])))


_ROW = {part: row for row, part in enumerate(PARTS)}
_ROWS = np.array([[pair[side] for pair in PARTS.values()] for side in (0, 1)])
