"""From counts to figures: error rate, exact and off-by-one share, precision and recall, ghosts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tools.evaluate._count_clips import Clip

TOLERANCE = 0.5
"""Seconds by which a marked and a counted repetition may differ."""
EDGE = 1.0
"""Seconds from either end of a clip within which a mark or a count without a partner is left out:
clips are cut in mid-repetition, and the marks end some repetitions that began before the clip."""
PAUSE = 2.0
"""Seconds after a lift that counts at its top by which it is back down: marks are set there."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one counter made of one clip."""

    clip: Clip
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The scores of many clips, added up.

    Attributes:
        clips: how many.
        reps: complete repetitions labelled.
        error: sum of the distances from [reps_min, reps_max].
        exact: clips with exactly the labelled count.
        within: clips with a count within [reps_min, reps_max].
        off_by_one: clips at most one off the labelled count.
        ghosts: repetitions counted beyond reps_max.
        missed: repetitions missing to reps_min.
    """

    clips: int
    reps: int
    error: int
    exact: int
    within: int
    off_by_one: int
    ghosts: int
    missed: int

    @property
    def rate(self) -> float:
        """The rep error rate."""
        return self.error / self.reps if self.reps else 0.0


def summarise(scores: Iterable[Score]) -> Summary:
    """Adds up scores of clips with a labelled count."""
    rows = [(score.clip, score.count, score.clip.reps or 0) for score in scores]
    return Summary(
        clips=len(rows),
        reps=sum(reps for _, _, reps in rows),
        error=sum(clip.error(count) for clip, count, _ in rows),
        exact=sum(count == reps for _, count, reps in rows),
        within=sum(clip.error(count) == 0 for clip, count, _ in rows),
        off_by_one=sum(abs(count - reps) <= 1 for _, count, reps in rows),
        ghosts=sum(max(0, count - clip.high) for clip, count, _ in rows),
        missed=sum(max(0, clip.low - count) for clip, count, _ in rows),
    )


@dataclass(frozen=True, slots=True)
class Matches:
    """Marked against counted repetitions.

    Attributes:
        both: found in both.
        marked: only marked: missed.
        counted: only counted: ghosts.
    """

    both: int = 0
    marked: int = 0
    counted: int = 0

    def __add__(self, other: "Matches") -> "Matches":
        return Matches(
            self.both + other.both, self.marked + other.marked, self.counted + other.counted
        )

    @property
    def precision(self) -> float:
        """Share of the counted repetitions that are marked."""
        return self.both / max(1, self.both + self.counted)

    @property
    def recall(self) -> float:
        """Share of the marked repetitions that are counted."""
        return self.both / max(1, self.both + self.marked)


def match(marks: Sequence[float], ends: Sequence[float], seconds: float) -> Matches:
    """Pairs marks and counted repetitions in the order of time, each with one at most.

    A mark belongs to a repetition if it lies between its count and the next one, but no more than
    PAUSE after it, TOLERANCE more or less.

    Args:
        marks: seconds at which repetitions end.
        ends: seconds at which repetitions were counted.
        seconds: length of the clip.
    """
    free = list(marks)
    both = counted = 0
    for index, end in enumerate(ends):
        following = ends[index + 1] - TOLERANCE if index + 1 < len(ends) else seconds
        latest = min(end + PAUSE, following) + TOLERANCE
        mark = next((mark for mark in free if end - TOLERANCE <= mark <= latest), None)
        if mark is not None:
            free.remove(mark)
            both += 1
        elif EDGE <= end <= seconds - EDGE:
            counted += 1
    return Matches(both, sum(EDGE <= mark <= seconds - EDGE for mark in free), counted)
