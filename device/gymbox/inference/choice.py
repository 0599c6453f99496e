"""Whom the box takes when several people are about, and whether it took the wrong one.

The detector sees faces: who lies, looks down or turns away is seen later than a bystander. So in
the first seconds somebody who stays, and is much nearer and more central, is taken instead.
"""

import math
from collections.abc import Sequence

from gymbox.inference.athlete import place_of
from gymbox.inference.detector import CERTAIN, Detection
from gymbox.inference.roi import Roi
from gymbox.motion.lock import Place

YOUNG = 10.0
"""Seconds in which the box may find that it has taken the wrong one."""
BETTER, WALKED = 1.25, 0.8
"""How much nearer and more central somebody else must be to be taken instead; where the one who is
followed has walked by so many widths of the region, one who is less so by as much will do."""
ASIDE = 0.4
"""Widths of the region between two people, at least."""
STAYS = 0.2
"""Widths of the region by which somebody who stays moves from one search to the next, at most."""
TIMES, TIMES_WALKED = 3, 2
"""Searches in a row that must have found them there; fewer where the one followed walks by."""


def prominence(person: Detection, size: tuple[int, int]) -> float:
    """How likely somebody is the one to follow: sure, large, amid the picture.

    Args:
        person: of those in the picture.
        size: its width and height, pixels.
    """
    roi = person.roi
    return person.score * math.sqrt(roi.side / max(size)) / (1 + _off(roi.x, roi.y, size))


def other_way_up(people: Sequence[Detection], here: Place) -> list[Roi]:
    """Where the detector sees the one who is here, but the other way up."""
    return [
        person.roi
        for person in people
        if math.hypot(person.roi.x - here.x, person.roi.y - here.y)
        <= max(person.roi.side, here.side) / 2
        and abs(math.remainder(person.roi.rotation - here.rotation, math.tau)) > math.pi / 2
    ]


class Choice:
    """Looks for somebody better than the one who was found at the beginning.

    Args:
        began: where the one who is followed was found.
        t: seconds, when.
    """

    def __init__(self, began: Place, t: float) -> None:
        self._began, self._since = began, t
        self._rival: Place | None = None
        self._stayed = 0

    def young(self, t: float) -> bool:
        """Whether the choice is still open."""
        return t - self._since <= YOUNG

    def walks(self, here: Place, t: float) -> bool:
        """Whether the one who is followed, now here, only walks by."""
        return self.young(t) and abs(here.x - self._began.x) > WALKED * self._began.side

    def better(
        self, here: Place, people: Sequence[Detection], size: tuple[int, int], t: float
    ) -> Place | None:
        """Where somebody stays who should be followed instead.

        Args:
            here: where the one is who is followed.
            people: whom a search of the whole picture has found.
            size: its width and height, pixels.
            t: seconds, of the search.
        """
        walks = self.walks(here, t)
        least = _weight(here, size) * (1 / BETTER if walks else BETTER)
        places = [place_of(person.roi) for person in people if person.score >= CERTAIN]
        others = [
            place
            for place in places
            if abs(place.x - here.x) > ASIDE * here.side and _weight(place, size) > least
        ]
        before = self._rival
        self._rival = rival = max(others, key=lambda place: _weight(place, size), default=None)
        if rival is None:
            self._stayed = 0
            return None
        stays = before is None or abs(before.x - rival.x) <= STAYS * rival.side
        self._stayed = self._stayed + 1 if stays else 0
        return rival if self._stayed >= (TIMES_WALKED if walks else TIMES) else None


def _weight(place: Place, size: tuple[int, int]) -> float:
    """How near and central somebody is."""
    return place.side / (1 + _off(place.x, place.y, size))


def _off(x: float, y: float, size: tuple[int, int]) -> float:
    """How far from the middle of the picture, sideways above all."""
    return abs(x / size[0] - 1 / 2) + abs(y / size[1] - 1 / 2) / 2
