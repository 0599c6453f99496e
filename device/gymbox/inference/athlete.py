"""What is known of the one who is followed: where, since when, and in what clothes."""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gymbox.inference import clothes
from gymbox.inference.clothes import Colours, blended, likeness
from gymbox.inference.landmarker import ANCHORS, BODY, RawPose
from gymbox.inference.roi import Roi
from gymbox.motion import lock
from gymbox.motion.landmarks import Landmark
from gymbox.motion.lock import Place

LEARNING = 3.0
"""Seconds in which most of what is known of the clothes has been seen anew: light changes."""
GLANCE = 0.25
"""Seconds after which the clothes are looked at again even if all is well."""
CLEAR = 0.95
"""Score below which they are looked at in any case."""

TOP = [Landmark.NOSE, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]
"""What the detector needs of a body."""

Trail = tuple[tuple[float, Place], ...]
"""Seconds and places, the oldest first."""


@dataclass(frozen=True, eq=False)
class Sight:
    """Somebody in one frame.

    Attributes:
        raw: what the network saw.
        place: where.
        image: the frame.
    """

    raw: RawPose
    place: Place
    image: NDArray[np.uint8]

    @classmethod
    def of(cls, raw: RawPose, image: NDArray[np.uint8]) -> Self | None:
        """None if what was seen does not span a region."""
        # Plain numbers: reading single ones out of an array is slow.
        hips, rim = raw.places[ANCHORS, :2].tolist()
        roi = Roi.of_body(hips, rim)
        return None if roi is None else cls(raw, place_of(roi), image)

    @cached_property
    def colours(self) -> Colours | None:
        """Of the trunk, None where too little of it is seen; looked for when first asked."""
        return clothes.colours(self.image, self.raw.places[BODY])

    @property
    def visibility(self) -> float:
        """0..1, how well the body below the head is seen."""
        return float(self.raw.visibility[Landmark.LEFT_SHOULDER :].mean())

    @property
    def cut(self) -> bool:
        """Whether the head or a shoulder is out of the picture."""
        height, width = self.image.shape[:2]
        x, y = self.raw.places[TOP, :2].T
        return bool((np.minimum(x, y) < 0).any() or (x >= width).any() or (y >= height).any())

    @property
    def dressed(self) -> bool:
        """Whether the clothes were looked at."""
        return "colours" in self.__dict__


@dataclass(frozen=True, slots=True, eq=False)
class Athlete:
    """The one who is followed.

    Attributes:
        trail: where he was in the last half second in which he was seen.
        colours: what he wears.
        since: seconds, when he was found.
        sure: seconds, when he was last surely seen.
        glanced: seconds, when his clothes were last looked at.
    """

    trail: Trail
    colours: Colours | None
    since: float
    sure: float
    glanced: float

    @classmethod
    def found(cls, sight: Sight, t: float) -> Self:
        """Somebody new at t seconds."""
        return cls(((t, sight.place),), sight.colours, t, -math.inf, t)

    @property
    def seen(self) -> float:
        """Seconds, when he was last seen."""
        return self.trail[-1][0]

    @property
    def place(self) -> Place:
        """Where he was last seen."""
        return self.trail[-1][1]

    def at(self, sight: Sight, t: float, *, sure: bool) -> Self:
        """The same, seen again at t seconds."""
        # The last place from before half a second ago is kept, and all after it.
        old = sum(then <= t - lock.HALF for then, _ in self.trail)
        kept = () if self.drifted(sight) else self.trail[max(old - 1, 0) :]
        trail = (*kept, (t, sight.place))
        colours, glanced = self.colours, self.glanced
        if sight.dressed:
            share = 1 - math.exp(-max(t - glanced, 0.0) / LEARNING)
            colours, glanced = blended(colours, sight.colours, share), t
        return type(self)(trail, colours, self.since, t if sure else self.sure, glanced)

    def is_in(self, sight: Sight, t: float) -> bool:
        """Whether this is who is seen where he was."""
        if self.drifted(sight):
            return False
        strange = self._strangeness(sight, t)
        clear = strange <= lock.QUIET and sight.raw.score >= CLEAR
        if clear and t - self.glanced < GLANCE:
            return True
        return lock.same(strange, t - self.seen, self.alike(sight))

    def is_back_in(self, sight: Sight, t: float) -> bool:
        """Whether this is whom a search of the whole picture has found."""
        near = t - self.seen <= lock.COVERED
        if near and self.drifted(sight):
            return False
        return lock.back(self.place, sight.place, t - self.seen, self.alike(sight))

    def drifted(self, sight: Sight) -> bool:
        """Whether the landmarks have gone over to somebody else bit by bit."""
        far = lock.drifted(self.trail[0][1], sight.place)
        return far and (self.alike(sight) or 0.0) < lock.SURELY

    def rewound(self) -> Self:
        """The same, last seen where he was before that began."""
        return replace(self, trail=((self.seen, self.trail[0][1]),))

    def stays(self, sight: Sight, t: float) -> bool:
        """Whether this is where he was; who sees only a shadow at first learns false clothes."""
        return self._strangeness(sight, t) <= lock.NEEDED[0][0]

    def wears(self, sight: Sight) -> bool:
        """Whether the clothes are his, wherever they are seen."""
        return (self.alike(sight) or 0.0) >= lock.ELSEWHERE

    def leaps(self, sight: Sight, t: float) -> bool:
        """Whether nobody could have got from there to here."""
        return self._strangeness(sight, t) > lock.NEAR

    def oddness(self, sight: Sight, t: float) -> float:
        """The less, the likelier this is the one who is seen."""
        return self._strangeness(sight, t) - (self.alike(sight) or 0.0)

    def missed(self, t: float, most: float) -> bool:
        """Whether he has been waited for long enough at t seconds; `most` seconds are allowed."""
        return t - self.seen > lock.waiting(self.seen - self.since, most)

    def _strangeness(self, sight: Sight, t: float) -> float:
        return lock.strangeness(self.place, sight.place, t - self.seen)

    def alike(self, sight: Sight) -> float | None:
        """0..1 how alike the clothes are; None where they are not seen well enough to say."""
        return likeness(self.colours, sight.colours)


def place_of(roi: Roi) -> Place:
    """Where a region is."""
    return Place(roi.x, roi.y, roi.side, roi.rotation)


def region(place: Place) -> Roi:
    """The region at a place."""
    return Roi(place.x, place.y, place.side, place.rotation)
