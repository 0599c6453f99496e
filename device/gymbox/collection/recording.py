"""A take while it is recorded: poses, the count, and when it is over."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from gymbox.collection import stillness
from gymbox.collection.stillness import Stillness
from gymbox.collection.take import Mark, Order, Take
from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, observe
from gymbox.motion.recording import PoseRecorder
from gymbox.reps import counter
from gymbox.reps.counter import Counter, RepDone
from gymbox.reps.profiles import Profile

BEFORE = 15.0
"""Seconds before the go that are kept: getting into position must not count, so it is shown too."""
REST = 4.0
"""Seconds of rest after the last of the repetitions that were asked for."""
PAUSE = 12.0
"""Seconds without a repetition after which the athlete has stopped short of them."""
STILL = 8.0
"""Seconds for which somebody who does something unknown holds still at its end."""
GONE = 5.0
"""Seconds for which nobody is seen."""
IDLE = 20.0
"""Seconds of walking, sitting or drinking."""
LONGEST = 180.0
"""Seconds after the go."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a recording: all but its name is said in the take."""

    take: Take
    poses: PoseRecorder


class Recording:
    """Gathers what the box sees from the moment the athlete is asked to get ready.

    Args:
        order: what is to be recorded.
        profile: how to count it, None where it cannot be counted.
    """

    def __init__(self, order: Order, profile: Profile | None) -> None:
        self.order = order
        self._profile = profile
        self._counter = Counter()
        self._body: Body | None = None
        self._still = Stillness()
        self._frames: deque[tuple[float, Pose | None]] = deque()
        self._size = (0, 0)
        self._go: float | None = None
        self._seen = 0.0
        self._rested = 0.0
        self._reps: list[RepDone] = []

    @property
    def t(self) -> float:
        """Seconds, of the last frame; before the first there is none."""
        return self._frames[-1][0] if self._frames else -math.inf

    @property
    def frame(self) -> int:
        """How many frames were taken since the go: the pictures are named by it."""
        return len(self._frames) - 1

    @property
    def counted(self) -> int:
        """Complete repetitions since the go."""
        return sum(not rep.partial for rep in self._reps)

    @property
    def left(self) -> int:
        """Seconds until somebody who does not train is done."""
        return 0 if self._go is None else max(0, math.ceil(self._go + IDLE - self.t))

    @property
    def progress(self) -> float:
        """0..1, how far the movement is through its range."""
        return self._counter.progress

    @property
    def ready_since(self) -> float | None:
        """Since when the athlete holds still, in the start pose where that is known."""
        if self._profile is not None and not self._counter.armed:
            return None
        return self._still.since

    def add(self, t: float, pose: Pose | None, size: tuple[int, int]) -> bool:
        """Takes one frame; False for one that is no younger than the last."""
        if not t > self.t or not math.isfinite(t):
            return False
        self._size = size
        self._frames.append((t, pose))
        self._still = stillness.step(self._still, t, pose)
        if pose is not None:
            self._seen = t
            self._count(pose)
        while self._go is None and t - self._frames[0][0] > BEFORE:
            self._frames.popleft()
        return True

    def go(self) -> None:
        """From the last frame on repetitions are those of the take."""
        self._go = self._rested = self.t
        self._seen = max(self._seen, self.t)

    def over(self) -> str:
        """Why the recording ends with this frame, "" if it goes on."""
        if self._go is None:
            return ""
        since_go = self.t - self._go
        if since_go >= LONGEST:
            return "limit"
        if self.order.idle:
            return "rest" if since_go >= IDLE else ""
        if self.t - self._seen > GONE:
            return "gone"
        if self._profile is None:
            still = self._still.since
            return "rest" if still is not None and self.t - max(still, self._go) > STILL else ""
        pause = REST if self.counted >= self.order.reps else PAUSE
        resting = self.counted > 0 and not self._counter.away
        return "rest" if resting and self.t - self._rested > pause else ""

    def finish(self, name: str, ended: str) -> Result:
        """The take as it stands now."""
        pending = self._counter.pending
        if pending is not None and self.t - pending.end <= counter.GAP:
            self._keep(pending)  # as at the end of a set, see `reps.sets.finish`
        first = self._frames[0][0]
        seconds = self.t - first
        found = sum(pose is not None for _, pose in self._frames)
        poses = PoseRecorder((len(self._frames) - 1) / seconds if seconds else 1.0, self._size)
        for t, pose in self._frames:
            poses.add(t - first, pose)
        order = self.order
        take = Take(
            name=name,
            athlete=order.athlete,
            exercise=order.exercise,
            activity=order.activity,
            direction="" if order.idle else order.direction,
            height=order.height,
            asked=0 if order.idle else order.reps,
            counted=self.counted,
            go=(self.t if self._go is None else self._go) - first,
            seconds=seconds,
            frames=len(self._frames),
            seen=found / len(self._frames),
            ended=ended,
            size=self._size,
            marks=self._marks(first),
        )
        return Result(take, poses)

    def _count(self, pose: Pose) -> None:
        if self._profile is None:
            return
        observation, self._body = observe(pose, self._body)
        self._counter, news = counter.step(self._counter, observation, self._profile)
        for event in news:
            if isinstance(event, RepDone):
                self._keep(event)

    def _keep(self, rep: RepDone) -> None:
        """What ended before the go was getting into position."""
        if self._go is not None and rep.end > self._go:
            self._reps.append(rep)
            if not rep.partial:
                self._rested = rep.end

    def _marks(self, first: float) -> tuple[Mark, ...]:
        reps: Sequence[RepDone] = self._reps
        return tuple(
            Mark(
                start=max(0.0, rep.start - first),
                turn=max(0.0, rep.turn - first),
                end=rep.end - first,
                partial=rep.partial,
            )
            for rep in reps
        )
