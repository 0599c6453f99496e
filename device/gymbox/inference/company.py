"""Whether anybody else is about: seen by the detector, or stirring beside the athlete.

The detector sees heads, and who walks by close to the camera has none in the picture. But he comes
from the side, and what stirs there, as tall as a body, is not the athlete. While somebody is that
near, the athlete must be seen as well as usual: the landmarks go over to another person limb by
limb.
"""

import math
from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gymbox.inference.athlete import Sight
from gymbox.inference.choice import ASIDE
from gymbox.inference.detector import CERTAIN, Detection
from gymbox.motion.landmarks import Landmark, Pose
from gymbox.motion.lock import Place

CELLS = 64
"""Cells along the longer edge of the picture."""
CHANGED = 24
"""Levels of green by which a cell has changed."""
AGO = 0.12
"""Seconds between the two pictures that are compared."""
OWN, REACH = 0.08, 0.5
"""Widths of the region beside the landmarks that are the athlete's, too, such as what he holds;
seconds for which wherever he has been is his."""
TALL, COLUMNS = 0.3, 2
"""Widths of the region, as a height, and columns of cells, that stir at least where somebody is."""
ALL = 0.7
"""Share of the columns from which it is the camera that moves."""
RIM = 0.2
"""Widths of the region beside the athlete in which somebody is about to hide him."""

MET, STIRRED = 4.0, 2.0
"""Seconds for which somebody who was seen, or who stirred, may still be about."""
PASSING = 0.7
"""Seconds for which somebody who stirred in the rim may be before the athlete."""
SETTLED = 0.15
"""Seconds after which the athlete is no longer hidden."""

AT_PLACE, SAME_SIZE = 0.3, math.log(1.6)
"""Widths of the region, and logarithm of the size, within which a detection is the athlete's."""
DIP, SPREADS = 0.12, 3.0
"""By how much less surely than usual, or how many times the usual spread of that, the detector sees
somebody who is being hidden."""
DOUBT = 0.1
"""What that spread is taken for before it is known."""
USUALLY = 0.75
"""Score of the athlete's usual detection from which a dip says something."""
BLURRED = 0.08
"""By how much less visible than usual are the limbs of somebody who is being hidden."""
ODD = 0.99, 0.93
"""Score of the landmarks, and likeness of the clothes, below which a dip is believed."""
BAD, CLEAR = (0.9, 0.75), 0.98
"""The same without a dip, where the usual score is at least so high."""
SEARCHED, VIEWED = 0.2, 0.05
"""Share of the newest detection, and of the newest frame, in what is usual."""


class Company:
    """Watches for other people."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forgets everybody."""
        self._views: deque[tuple[float, NDArray[np.int16]]] = deque()
        self._spans: deque[tuple[float, float, float]] = deque()
        self._met = self._stirred = self._near = self._hidden = -math.inf
        self._found: float | None = None  # usual score of the athlete's detection
        self._spread = DOUBT
        self._score: float | None = None  # usual score of the landmarks
        self._visible = 0.0

    def alone(self, t: float) -> bool:
        """Whether nobody but the athlete has been noticed lately."""
        return not self.met(t) and t - self._stirred > STIRRED

    def met(self, t: float) -> bool:
        """Whether the detector has seen somebody else lately."""
        return t - self._met <= MET

    def passing(self, t: float) -> bool:
        """Whether somebody may be before the athlete."""
        return t - self._near <= PASSING

    def watch(self, image: NDArray[np.uint8], t: float, place: Place) -> None:
        """Looks for a stir beside the athlete.

        Args:
            image: [height, width, 3] BGR.
            t: seconds, of the frame.
            place: where the athlete was last seen.
        """
        step = max(1, max(image.shape[:2]) // CELLS)
        view = image[::step, ::step, 1].astype(np.int16)
        while len(self._views) > 1 and t - self._views[1][0] >= AGO:
            self._views.popleft()
        # In a close-up what stirs is the athlete's own.
        if self._views and self._spans and not fills(place, image):
            changed = np.abs(view - self._views[0][1]) > CHANGED
            self._stir(changed.sum(axis=0) >= TALL * place.side / step, t, place.side, step)
        self._views.append((t, view))

    def _stir(self, tall: NDArray[np.bool_], t: float, side: float, step: int) -> None:
        """Takes which columns of cells stir as high as a body."""
        left = int((min(span[1] for span in self._spans) - OWN * side) / step)
        right = math.ceil((max(span[2] for span in self._spans) + OWN * side) / step)
        before, after = tall[: max(left, 0)], tall[max(right, 0) :]
        stirs, most = before.sum() + after.sum(), ALL * (len(before) + len(after))
        if COLUMNS <= stirs <= max(most, COLUMNS):
            self._stirred = t
            rim = math.ceil(RIM * side / step)
            if before[-rim:].any() or after[:rim].any():
                self._near = t

    def take(self, pose: Pose, t: float) -> None:
        """Where the athlete is now."""
        x = pose.points[Landmark.LEFT_SHOULDER :, 0]
        while self._spans and t - self._spans[0][0] > REACH:
            self._spans.popleft()
        self._spans.append((t, float(x.min()), float(x.max())))

    def meet(self, people: Sequence[Detection], here: Place, t: float) -> None:
        """Takes what the detector has found while the athlete is here."""
        if any(person.score >= CERTAIN and _aside(person, here) > ASIDE for person in people):
            self._met = t

    def notice(self, t: float) -> None:
        """Takes it that somebody else is about."""
        self._met = t

    def hide(self, t: float) -> None:
        """Takes it that the athlete is not seen; while somebody passes, he is hidden."""
        if self.passing(t):
            self._hidden = t

    def hides(
        self, people: Sequence[Detection], sight: Sight, alike: float | None, t: float
    ) -> bool:
        """Whether somebody is before the athlete, or was a moment ago.

        Args:
            people: whom the detector has found.
            sight: the athlete.
            alike: 0..1 likeness of the clothes to his; None where they are not seen.
            t: seconds, of the frame.
        """
        score, alike, found = sight.raw.score, 1.0 if alike is None else alike, self._found or 0.0
        dips = _found(people, sight.place) < found - max(DIP, SPREADS * self._spread)
        blurred = sight.visibility < self._visible - BLURRED
        odd = score < ODD[0] or alike < ODD[1] or blurred
        bad = score < BAD[0] or alike < BAD[1]
        # Who is half out of the picture is seen less surely, too.
        dips = dips and not sight.cut
        if (found >= USUALLY and dips and odd) or (bad and (self._score or 0.0) >= CLEAR):
            self._hidden = t
        return t - self._hidden <= SETTLED

    def learn_people(self, people: Sequence[Detection], here: Place) -> None:
        """Takes how surely the detector sees the athlete while nobody passes."""
        found = _found(people, here)
        self._found = found if self._found is None else self._found
        self._spread += SEARCHED * (abs(found - self._found) - self._spread)
        self._found += SEARCHED * (found - self._found)

    def learn_sight(self, sight: Sight) -> None:
        """Takes how well the athlete is seen while nobody passes."""
        score, visible = sight.raw.score, sight.visibility
        if self._score is None:
            self._score, self._visible = score, visible
        self._score += VIEWED * (score - self._score)
        self._visible += VIEWED * (visible - self._visible)


def fills(place: Place, image: NDArray[np.uint8]) -> bool:
    """Whether somebody's region is larger than the picture, so that nobody else has room there."""
    return place.side > float(max(image.shape[:2]))


def _found(people: Sequence[Detection], here: Place) -> float:
    """0..1, how surely the athlete was found, 0 if not at all."""
    mine = [
        person.score
        for person in people
        if _aside(person, here) <= AT_PLACE
        and abs(math.log(max(person.roi.side, 1e-6) / max(here.side, 1e-6))) <= SAME_SIZE
    ]
    return max(mine, default=0.0)


def _aside(person: Detection, here: Place) -> float:
    """Widths of the region between somebody and the athlete."""
    away = math.hypot(person.roi.x - here.x, person.roi.y - here.y)
    return away / max(here.side, person.roi.side, 1e-6)
