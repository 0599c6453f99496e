"""Recogniser and counters weighed together, on a stick figure and scripted words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, observe
from gymbox.reps import auto
from gymbox.reps.auto_state import Auto, AutoRules, Outcome
from gymbox.reps.counter import RepDone
from gymbox.reps.profiles import UNKNOWN, profiles
from gymbox.reps.recognition import Heard
from gymbox.reps.trial import Moment
from tests.reps.stick_figure import MOVES, pose, wave

KNOWN = {name: one for name, one in profiles().items() if not one.variant_of}
RULES = AutoRules()
FPS = 15

Words = Callable[[float], dict[str, float]]


@dataclass
class Watched:
    """A session: what was told, and when."""

    state: Auto = field(default_factory=Auto)
    told: list[tuple[str, RepDone, float]] = field(default_factory=list)
    named: list[tuple[float, str]] = field(default_factory=list)
    revisions: int = 0

    def take(self, t: float, result: tuple[Auto, Outcome]) -> None:
        self.state, outcome = result
        if outcome.revised:
            self.revisions += 1
            self.told.clear()
        if outcome.named:
            self.named.append((t, outcome.named))
        self.told += [(self.state.exercise, rep, t) for rep in outcome.reps if not rep.partial]

    def watch(
        self, exercise: str, progress: Callable[[float], float], words: Words, span: Sequence[float]
    ) -> "Watched":
        body: Body | None = None
        begin, end = span
        for index in range(round((end - begin) * FPS)):
            t = begin + index / FPS
            seen: Pose = pose(MOVES[exercise](progress(t - begin)), t)
            observation, body = observe(seen, body)
            self.take(t, auto.step(self.state, Moment(seen, observation), RULES, KNOWN))
            if index % 4 == 0:
                heard = Heard(t, {UNKNOWN: 1.0 - sum(words(t).values()), **words(t)})
                self.take(t, auto.hear(self.state, heard, RULES, KNOWN))
        return self

    def finish(self, t: float) -> "Watched":
        self.take(t, auto.finish(self.state, t, RULES, KNOWN))
        return self

    @property
    def counts(self) -> list[str]:
        return [exercise for exercise, _, _ in self.told]


def after(t0: float, exercise: str, chance: float = 0.97) -> Words:
    """Nothing is said before t0, then one thing again and again."""
    return lambda t: {exercise: chance if t >= t0 else 0.02}


def test_the_first_repetitions_count_although_they_were_recognised_late() -> None:
    seen = Watched().watch("squat", wave(4, 2.0), after(3.0, "squat"), (0, 10))
    assert seen.counts == ["squat"] * 4
    settled = next(t for t, name in seen.named if name == "squat")
    assert seen.told[0][1].end < settled + 1.0
    assert [rep.end for _, rep, _ in seen.told] == sorted(rep.end for _, rep, _ in seen.told)


def test_unknown_counts_nothing() -> None:
    seen = Watched().watch("squat", wave(4, 2.0), lambda _: {"squat": 0.3, "dip": 0.3}, (0, 10))
    assert (seen.finish(10).told, seen.state.exercise) == ([], UNKNOWN)


def test_what_is_named_is_not_counted_without_repetitions() -> None:
    seen = Watched().watch("squat", lambda _: 0.0, after(0, "squat"), (0, 10)).finish(10)
    assert [name for _, name in seen.named] == ["squat"]
    assert seen.told == []


def test_a_single_repetition_counts_once_it_stays_the_likeliest() -> None:
    seen = Watched().watch("squat", wave(1, 2.0), after(0.5, "squat"), (0, 6))
    ((_, rep, when),) = seen.told
    assert RULES.wait <= when - rep.end <= RULES.wait + 1.0


def test_bending_down_to_a_bag_is_no_deadlift() -> None:
    words: Words = lambda t: {"deadlift": 0.9 if 1.0 < t < 2.8 else 0.05}  # noqa: E731
    seen = Watched().watch("deadlift", wave(1, 2.0), words, (0, 6)).finish(6)
    assert seen.told == []


@pytest.mark.parametrize(("pause", "counted"), [(0, 2), (2, 2), (6, 0)])
def test_repetitions_speak_for_each_other_where_they_follow_one_another(
    pause: int, counted: int
) -> None:
    words = after(0, "deadlift", 0.85)
    twice = wave(1, 2.0)
    moved = lambda t: twice(t) if t < 2 + pause else twice(t - 2 - pause)  # noqa: E731
    seen = Watched().watch("deadlift", moved, words, (0, 12 + pause))
    assert seen.counts == ["deadlift"] * counted


def test_the_wrong_part_of_the_body_moves() -> None:
    """The hands come down to the shoulders: a pulldown, whatever the recogniser says."""
    pulldown = lambda t: 1.0 - wave(4, 2.0)(t)  # noqa: E731
    seen = Watched().watch("shoulder_press", pulldown, after(0, "pull_up"), (0, 10)).finish(10)
    assert seen.told == []


def test_another_exercise_follows() -> None:
    seen = Watched().watch("squat", wave(3, 2.0), after(0, "squat"), (0, 9))
    seen.watch("lateral_raise", wave(3, 2.0), after(0, "lateral_raise"), (9, 19)).finish(19)
    assert seen.counts == ["squat"] * 3 + ["lateral_raise"] * 3
    assert seen.revisions == 0


def test_what_was_told_too_early_is_taken_back() -> None:
    """The counter of lunges counts squats too, and the first words were wrong."""
    seen = Watched().watch("squat", wave(6, 2.0), _mixed("squat", "lunge"), (0, 14)).finish(14)
    assert list(dict.fromkeys(name for _, name in seen.named)) == ["lunge", "squat"]
    assert seen.revisions == 1
    assert seen.counts == ["squat"] * 6


def _mixed(truth: str, mistake: str) -> Words:
    """At first something like it is said."""

    def words(t: float) -> dict[str, float]:
        wrong = 0.96 if t < 3.7 else 0.1
        return {mistake: wrong, truth: 0.98 - wrong}

    return words


def test_after_a_set_the_exercise_is_settled_anew() -> None:
    seen = Watched().watch("squat", wave(3, 2.0), after(0, "squat"), (0, 9))
    seen.state = seen.state.set_over()
    assert seen.state.exercise == UNKNOWN
    seen.watch("squat", wave(2, 2.0), after(0, "squat"), (9, 16))
    assert seen.counts == ["squat"] * 5


def test_an_exercise_named_by_hand_needs_no_words() -> None:
    seen = Watched(Auto().pin("squat"))
    seen.watch("squat", wave(3, 2.0), lambda _: {"dip": 0.9}, (0, 9)).finish(9)
    assert seen.counts == ["squat"] * 3
    assert seen.named == []
    assert seen.state.pin(UNKNOWN).trials == {}


def test_a_set_that_was_cut_off_goes_on() -> None:
    seen = Watched(Auto.going_on("squat"))
    assert seen.watch("squat", wave(2, 2.0), after(0, "squat"), (0, 6)).counts == ["squat"] * 2


def test_a_repetition_that_only_waits_to_settle_is_there_in_the_end() -> None:
    seen = Watched().watch("deadlift", wave(2, 2.0), after(0, "deadlift"), (0, 3.6)).finish(3.6)
    assert seen.counts == ["deadlift"] * 2


def test_the_past_is_forgotten_after_a_while() -> None:
    seen = Watched().watch("squat", wave(40, 2.0), lambda _: {}, (0, 60))
    assert seen.state.past[-1].t - seen.state.past[0].t <= RULES.keep
    assert seen.state.heard[-1].t - seen.state.heard[0].t <= RULES.keep


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["frame", "word", "over", "pin", "finish"]),
            st.floats(-0.5, 1.5),
            st.floats(0, 1),
            st.sampled_from(["squat", "push_up", UNKNOWN]),
        ),
        max_size=80,
    )
)
def test_nothing_is_told_twice_whatever_comes(
    happens: list[tuple[str, float, float, str]],
) -> None:
    state, t, told = Auto(), 0.0, list[tuple[float, float]]()
    body: Body | None = None
    for kind, seconds, share, name in happens:
        t += seconds
        outcome = auto.NOTHING
        if kind == "frame":
            seen = pose(MOVES["squat"](share), t)
            observation, body = observe(seen, body)
            state, outcome = auto.step(state, Moment(seen, observation), RULES, KNOWN)
        elif kind == "word":
            words = {UNKNOWN: 1 - share, "squat": share}
            state, outcome = auto.hear(state, Heard(t, words), RULES, KNOWN)
        elif kind == "finish":
            state, outcome = auto.finish(state, t, RULES, KNOWN)
        elif kind == "over":
            state = state.set_over()
        else:
            state = state.pin(name)
        if outcome.revised or seconds < 0:
            told.clear()
        for rep in outcome.reps:
            assert (rep.start, rep.end) not in told
            told.append((rep.start, rep.end))
        assert outcome.confidence == pytest.approx(outcome.confidence, abs=0)
        assert 0.0 <= outcome.confidence <= 1.0
