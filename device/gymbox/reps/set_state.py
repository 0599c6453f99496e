"""What is known of the sets of an athlete from one frame to the next, see `gymbox.reps.sets`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, Protocol, Self, TypeVar

from gymbox.reps.counter import RepDone
from gymbox.reps.effort import Effort
from gymbox.reps.plan import Menu, Plan
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.rest import Rest


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRules:
    """When a set is over, and what else takes its time.

    Attributes:
        rest_after: seconds without a repetition after which a set is over, or half the planned rest
            where that is shorter, but not less than `target_after`.
        gone_after: seconds without the athlete.
        target_after: seconds without a repetition, once the set has all that were planned.
        menu_after: seconds without a press after which the menu closes.
        rest_gone_after: seconds after which nobody waits for the end of a rest any more.
        anew_after: seconds without training after which the sets are numbered from 1 again and the
            plan is that of the settings.
        plan: of the settings.
    """

    rest_after: float = 20.0
    gone_after: float = 4.0
    target_after: float = 8.0
    menu_after: float = 8.0
    rest_gone_after: float = 600.0
    anew_after: float = 3600.0
    plan: Plan = field(default_factory=Plan)


class Counting(Protocol):
    """State of a counter."""

    @property
    def armed(self) -> bool:
        """Movement counts."""
        ...

    @property
    def away(self) -> bool:
        """A repetition is under way."""
        ...

    @property
    def progress(self) -> float:
        """0..1, for a moving bar."""
        ...

    @property
    def pending(self) -> RepDone | None:
        """It counts if nothing more comes."""
        ...

    def rested(self) -> Self:
        """The state after a set: the athlete walks about, so the start pose is asked for again."""
        ...


C = TypeVar("C", bound=Counting)


class Stage(Enum):
    """Where an athlete is in their training."""

    CHOOSE = "choose"
    READY = "ready"
    SET = "set"
    REST = "rest"
    DONE = "done"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetState(Generic[C]):
    """One exercise under way.

    Attributes:
        exercise: name of the profile, or UNKNOWN: nothing is counted then.
        counter: state of the counter.
        number: of the set, from 1: the one under way or else the next one.
        start: seconds, when its first repetition began; None while no set is under way.
        efforts: its complete repetitions.
        partial: its last movement was a partial repetition.
        last_rep: when its last repetition ended.
        resting: since when no repetition has ended, as far as this state knows.
        absent: since when the athlete has not been seen; None while they are.
        rest: after the set before, None without one.
        menu: in which the plan is changed, None while it is closed.
        plan: what the athlete set out to do; None until the first frame: that of the rules.
        done: how many sets of the other exercises there were, by name.
        clock: seconds, of the last frame.
    """

    exercise: str
    counter: C
    number: int = 1
    start: float | None = None
    efforts: tuple[Effort, ...] = ()
    partial: bool = False
    last_rep: float = 0.0
    resting: float | None = None
    absent: float | None = None
    rest: Rest | None = None
    menu: Menu | None = None
    plan: Plan | None = None
    done: Mapping[str, int] = field(default_factory=dict)
    clock: float | None = None

    @classmethod
    def restored(
        cls,
        exercise: str,
        counter: C,
        *,
        number: int,
        reps: int,
        start: float,
        last_rep: float,
        efforts: Sequence[Effort] = (),
        plan: Plan | None = None,
        done: Mapping[str, int] | None = None,
    ) -> "SetState[C]":
        """A set that was cut off and goes on; times on the clock of the frames to come.

        Rest and absence are counted from the first frame, so that a slow restart ends no set.
        `efforts` are the repetitions if more is known of them than how many there were.
        """
        return cls(
            exercise=exercise,
            counter=counter,
            number=number,
            efforts=tuple(efforts) or (Effort(start=last_rep, end=last_rep),) * reps,
            start=start,
            last_rep=last_rep,
            plan=plan,
            done=done or {},
        )

    @property
    def reps(self) -> int:
        """Complete repetitions of the set under way."""
        return len(self.efforts)

    @property
    def targets(self) -> Plan:
        """The plan, an empty one before the first frame."""
        return self.plan or Plan()

    @property
    def under_way(self) -> bool:
        """A set has begun and not ended."""
        return self.start is not None

    @property
    def all_done(self) -> bool:
        """The set that ended last was the last of those planned, or came after it."""
        return self.rest is not None and 0 < self.targets.sets <= self.rest.number

    @property
    def stage(self) -> Stage:
        """Where the athlete is."""
        if self.menu is not None:
            return Stage.PLAN
        if self.under_way:
            return Stage.SET
        if self.rest is not None:
            return Stage.DONE if self.all_done else Stage.REST
        armed = self.counter.armed and self.exercise != UNKNOWN
        return Stage.READY if armed else Stage.CHOOSE
