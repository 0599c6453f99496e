"""What the recognition remembers from frame to frame, its rules, and what follows; see `auto`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gymbox.reps.counter import Counter, RepDone
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.recognition import Belief, Heard
from gymbox.reps.trial import Found, Moment, Trial


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoRules:
    """When an exercise is settled.

    Attributes:
        keep: seconds of the past that are kept, to be counted afterwards.
        consider: chance from which an exercise is worth counting.
        sure: backing (0..1) that settles an exercise: of one repetition, or of several together.
        wait: seconds after a repetition for which it is looked at before it settles anything.
        enough: backing of a further repetition of the settled one.
        in_the_end: as `sure`, where the recording ends and nothing more can be looked at.
        doubt: mean chance of the settled exercise below which another may follow it.
        better: by how many fully backed repetitions another must explain the set better.
        name: belief from which an exercise is named before its first repetition is there.
    """

    keep: float = 20.0
    consider: float = 0.2
    sure: float = 0.95
    wait: float = 1.0
    enough: float = 0.15
    in_the_end: float = 0.8
    doubt: float = 0.3
    better: float = 0.8
    name: float = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Auto:
    """State of the recognition.

    Attributes:
        exercise: the settled one, or UNKNOWN.
        past: the last seconds, oldest first.
        heard: what the recogniser said in them.
        belief: what the athlete is taken to do, for the screen.
        named: the exercise that was named last, settled or not.
        lately: when each exercise was last worth considering, seconds.
        trials: of every exercise that was named of late, the settled one among them.
        told: the repetitions that were told of the set under way, and what spoke for each.
        until: seconds, the end of the last repetition told; nothing before it is told again.
        begun: seconds, before which everything was told or is over.
        pinned: the athlete named the exercise by button: nothing else is looked for.
    """

    exercise: str = UNKNOWN
    past: tuple[Moment, ...] = ()
    heard: tuple[Heard, ...] = ()
    belief: Belief = field(default_factory=Belief)
    named: str = UNKNOWN
    lately: Mapping[str, float] = field(default_factory=dict)
    trials: Mapping[str, Trial] = field(default_factory=dict)
    told: tuple[tuple[Found, float], ...] = ()
    until: float = float("-inf")
    begun: float = float("-inf")
    pinned: bool = False

    @classmethod
    def going_on(cls, exercise: str) -> "Auto":
        """The state in which a set of an exercise was cut off; UNKNOWN for none."""
        return cls(exercise=exercise, trials={} if exercise == UNKNOWN else {exercise: Trial()})

    @property
    def counter(self) -> Counter:
        """Of the settled exercise, or of the one that is believed in."""
        name = self.belief.best[0] if self.exercise == UNKNOWN else self.exercise
        known = self.trials.get(name)
        return known.counter if known else Counter()

    def set_over(self) -> "Auto":
        """The state after a set: what comes now has to be settled anew."""
        kept = {name: one.rested() for name, one in self.trials.items() if self.pinned}
        return replace(
            self,
            exercise=self.exercise if self.pinned else UNKNOWN,
            past=(),
            trials=kept,
            told=(),
            begun=self.until,
        )

    def rewound(self) -> "Auto":
        """The state after the clock went back: what was seen is of another time."""
        trials = {name: Trial() for name in self.trials}
        return Auto(exercise=self.exercise, trials=trials, pinned=self.pinned)

    def pin(self, exercise: str) -> "Auto":
        """The state after the athlete chose an exercise, UNKNOWN to leave it to the box again."""
        pinned = exercise != UNKNOWN
        now = self.past[-1].t if self.past else float("-inf")
        trials = {exercise: Trial()} if pinned else {}
        return Auto(exercise=exercise, trials=trials, pinned=pinned, begun=now, until=now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from a frame or a word.

    Attributes:
        reps: to be told, oldest first, of the exercise that is settled now.
        named: the exercise, where it is another one than before: settled, or with nothing settled
            what is believed; UNKNOWN where that was a mistake.
        revised: the repetitions told of the set so far were none: they are taken back first.
        confidence: 0..1, of `named`.
    """

    reps: tuple[RepDone, ...] = ()
    named: str = ""
    revised: bool = False
    confidence: float = 1.0
