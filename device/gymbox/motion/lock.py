"""Whom the box follows: is this still the athlete, and how long is he waited for?

Pure. A body of known size cannot be elsewhere a moment later, or twice as large, or upside down;
who can is somebody else. Where that leaves a doubt, the clothes decide.
"""

import math
from dataclasses import dataclass
from typing import Literal

LockState = Literal["searching", "locked", "hidden", "lost"]
"""Nobody is followed; the athlete is seen; he is covered, and waited for where he was; he is not
where he was, and looked for everywhere."""

MOVE = 0.06, 1.0
"""Widths of the region by which the middle of the hips may move: at once, and more in a second."""
SIZE = 0.12, 0.5
"""The same for the logarithm of the region's width."""
TURN = 0.2, 1.5
"""The same for its turn, radians. A third of these is seldom reached by those who train."""
GROWING = 0.3
"""Seconds for which the bounds grow; who is covered for longer stays near all the same."""

HALF, DRIFT = 0.5, 1.3
"""Seconds, and how many bounds of that time somebody gets in it at most: the landmarks may go over
from one person to another bit by bit."""

NEEDED = ((0.6, 0.45), (1.2, 0.7), (2.5, 0.85))
"""Bounds, and the likeness of the clothes that it takes up to there to be the same person."""
NEAR = 3.0
"""Bounds within which a detection, less exact than landmarks, is worth a look."""
SURELY = 0.9
"""Likeness of the clothes with which the athlete may have got any distance: out of a quick deadlift
the trunk turns farther than that."""
QUIET = 0.35
"""In bounds: who stays below needs no look at the clothes in every frame."""
FADED = 1.0
"""Seconds after which somebody who has not moved is the athlete in another light."""

BRIEFLY = 0.5
"""Seconds for which anybody is waited for."""
COVERED = 1.5
"""Seconds for which an unseen athlete is waited for where he was; then he may be anywhere."""
ELSEWHERE = 0.7
"""Likeness of the clothes that makes somebody anywhere in the picture the athlete."""
RESIZED = math.log(2.0)
"""Logarithm of how much larger or smaller he may be there."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What the screen says of the lock.

    Attributes:
        state: see `LockState`.
        people: how many were seen when the whole picture was last searched.
    """

    state: LockState = "searching"
    people: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body is: middle of the hips and width of its region in pixels, turn in radians."""

    x: float
    y: float
    side: float
    rotation: float


def strangeness(before: Place, now: Place, seconds: float, most: float = GROWING) -> float:
    """How far a body would have had to move, grow and turn; 1 is the bound of one of them.

    Args:
        before: where the athlete was.
        now: where somebody is.
        seconds: between them.
        most: seconds for which the bounds grow.
    """
    time = min(max(seconds, 0.0), most)
    side = max(before.side, 1e-6)
    move = math.hypot(now.x - before.x, now.y - before.y) / side
    size = math.log(max(now.side, 1e-6) / side)
    turn = math.remainder(now.rotation - before.rotation, math.tau)
    return math.hypot(
        move / (MOVE[0] + MOVE[1] * time),
        size / (SIZE[0] + SIZE[1] * time),
        turn / (TURN[0] + TURN[1] * time),
    )


def same(strange: float, seconds: float, alike: float | None) -> bool:
    """Whether somebody near where the athlete was is the athlete.

    Args:
        strange: `strangeness`.
        seconds: since the athlete was seen.
        alike: 0..1 likeness of the clothes; None where they are not seen well enough to say.
    """
    if seconds > FADED and strange <= NEEDED[0][0]:
        return True
    needed = next((least for bound, least in NEEDED if strange <= bound), math.inf)
    return needed <= (NEEDED[1][1] if alike is None else alike)


def drifted(before: Place, now: Place) -> bool:
    """Whether the landmarks have gone over to somebody else, half a second after `before`."""
    return strangeness(before, now, HALF, HALF) > DRIFT


def back(before: Place, now: Place, seconds: float, alike: float | None) -> bool:
    """Whether somebody whom the search has found is the athlete who was lost from sight.

    Args:
        before: where the athlete was.
        now: where somebody is.
        seconds: between them.
        alike: 0..1 likeness of the clothes; None where they are not seen well enough to say.
    """
    if same(strangeness(before, now, seconds), seconds, alike):
        return True
    resized = abs(math.log(max(now.side, 1e-6) / max(before.side, 1e-6)))
    return seconds > COVERED and (alike or 0.0) >= ELSEWHERE and resized <= RESIZED


def waiting(known_for: float, most: float) -> float:
    """Seconds for which an unseen athlete is waited for.

    As long as he has been followed: who has only just come has no right to the box.
    """
    return min(max(known_for, BRIEFLY), most)
