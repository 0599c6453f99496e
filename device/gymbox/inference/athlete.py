"""What is known of the one who is followed: where, since when, and in what clothes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gymbox.inference import clothes
from gymbox.inference.clothes import Colours, blended, likeness
from gymbox.inference.detector import Detection
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

KNOWN = 2.0
"""Seconds after which his clothes and his place are known well enough to miss them."""
STRAY = 0.08
"""Widths of the region beside all places of late, from which the clothes must say who it is: who
trains hardly moves aside, but the landmarks slide on to somebody who does."""
HOME = 4.0
"""Seconds in which most of those places are forgotten."""
OWN, FOREIGN = 0.85, 0.8
"""Likeness of the clothes from which they are surely his, and below which they are not, while
others are about."""

LOOKS = 2
"""People at most whom the search for a lost athlete looks at in one frame."""

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
        home: pixels from left to right between which he has been of late, up to half a second ago.
    """

    trail: Trail
    colours: Colours | None
    since: float
    sure: float
    glanced: float
    home: tuple[float, float]

    @classmethod
    def found(cls, sight: Sight, t: float) -> Self:
        """Somebody new at t seconds."""
        x = sight.place.x
        return cls(((t, sight.place),), sight.colours, t, -math.inf, t, (x, x))

    @property
    def seen(self) -> float:
        """Seconds, when he was last seen."""
        return self.trail[-1][0]

    @property
    def place(self) -> Place:
        """Where he was last seen."""
        return self.trail[-1][1]

    def at(self, sight: Sight, t: float, *, sure: bool, alone: bool) -> Self:
        """The same, seen again at t seconds; with others about, odd clothes are not learnt."""
        # The last place from before half a second ago is kept, and all after it.
        old = sum(then <= t - lock.HALF for then, _ in self.trail)
        kept = () if self.drifted(sight) else self.trail[max(old - 1, 0) :]
        trail = (*kept, (t, sight.place))
        colours, glanced = self.colours, self.glanced
        his = alone or not sight.dressed or (self.alike(sight) or 0.0) >= OWN
        if sight.dressed and his:
            share = 1 - math.exp(-max(t - glanced, 0.0) / LEARNING)
            colours, glanced = blended(colours, sight.colours, share), t
        home = _followed(self.home, trail[0][1].x, t - self.seen) if his else self.home
        return type(self)(trail, colours, self.since, t if sure else self.sure, glanced, home)

    def is_in(self, sight: Sight, t: float) -> bool:
        """Whether this is who is seen where he was."""
        if self.drifted(sight) or self.strays(sight):
            return False
        strange = self._strangeness(sight, t)
        clear = strange <= lock.QUIET and sight.raw.score >= CLEAR
        if clear and t - self.glanced < GLANCE:
            return True
        return lock.same(strange, t - self.seen, self.alike(sight))

    def is_back_in(self, sight: Sight, t: float) -> bool:
        """Whether this is whom a search of the whole picture has found."""
        near = t - self.seen <= lock.COVERED
        if near and (self.drifted(sight) or self.strays(sight)):
            return False
        return lock.back(self.place, sight.place, t - self.seen, self.alike(sight))

    def drifted(self, sight: Sight) -> bool:
        """Whether the landmarks have gone over to somebody else bit by bit."""
        far = lock.drifted(self.trail[0][1], sight.place)
        return far and (self.alike(sight) or 0.0) < lock.SURELY

    def strays(self, sight: Sight) -> bool:
        """Whether somebody in other clothes is beside all places where he has been of late."""
        if self.seen - self.since < KNOWN:
            return False
        left, right = self.home
        room = STRAY * self.place.side
        if left - room <= sight.place.x <= right + room:
            return False
        alike = self.alike(sight)
        return alike is not None and alike < FOREIGN

    def at_home(self, roi: Roi) -> Roi:
        """The region, no farther aside than he has been of late."""
        left, right = self.home
        return replace(roi, x=min(max(roi.x, left), right))

    def rewound(self) -> Self:
        """The same, last seen where he was before that began."""
        return replace(self, trail=((self.seen, self.trail[0][1]),))

    def stays(self, sight: Sight, t: float) -> bool:
        """Whether this is where he was; who sees only a shadow at first learns false clothes."""
        return self._strangeness(sight, t) <= lock.NEEDED[0][0]

    def wears(self, sight: Sight) -> bool:
        """Whether the clothes are his, wherever they are seen."""
        return (self.alike(sight) or 0.0) >= lock.ELSEWHERE

    def near(self, people: Sequence[Detection], t: float) -> list[Roi]:
        """Where people were found who may be the athlete, the likeliest first, `LOOKS` at most."""
        unseen = t - self.seen
        rois = [
            (lock.strangeness(self.place, place_of(person.roi), unseen), person.roi)
            for person in people
        ]
        rois.sort(key=lambda pair: pair[0])
        # A detection is less exact than the landmarks that are then found there.
        able = [roi for strange, roi in rois if strange <= lock.NEAR or unseen > lock.COVERED]
        return able[:LOOKS]

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


def _followed(home: tuple[float, float], x: float, seconds: float) -> tuple[float, float]:
    """The places of late, after some more seconds at x."""
    left, right = home
    share = 1 - math.exp(-max(seconds, 0.0) / HOME)
    return min(x, left + share * (x - left)), max(x, right + share * (x - right))


def place_of(roi: Roi) -> Place:
    """Where a region is."""
    return Place(roi.x, roi.y, roi.side, roi.rotation)


def region(place: Place) -> Roi:
    """The region at a place."""
    return Roi(place.x, place.y, place.side, place.rotation)
