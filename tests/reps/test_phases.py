"""The counter of spot mode against networks that make mistakes."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gymbox.motion.phase import PhaseScores
from gymbox.reps import phases
from gymbox.reps.counter import Armed, CounterEvent, RepDone
from gymbox.reps.phases import PhaseCounter
from tests.reps.phase_scores import (
    DOWN,
    NEITHER,
    UP,
    clear,
    mistaken,
    phase,
    repetitions,
    said,
)
from tests.strategies import floats

FPS = floats(5, 30)
Seen = Sequence[tuple[float, PhaseScores]]


def run(seen: Seen) -> tuple[PhaseCounter, list[CounterEvent]]:
    state, events = PhaseCounter(), []
    for t, scores in seen:
        state, news = phases.step(state, t, scores)
        events += news
    return state, events


def reps(seen: Seen) -> list[RepDone]:
    return [event for event in run(seen)[1] if isinstance(event, RepDone)]


def times(fps: float, seconds: float, begin: float = 0.0) -> list[float]:
    return [begin + frame / fps for frame in range(int(seconds * fps))]


def training(
    count: int, tempo: float, fps: float, *, errors: float = 0.0, seed: int = 0
) -> list[tuple[float, PhaseScores]]:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    hold = chance.uniform(1.0, 2.0)
    progress = repetitions(count, tempo, hold)
    frames = times(fps, hold + count * tempo + 1.5, chance.uniform(0, 1 / fps))
    said_of = mistaken([phase(progress(t)) for t in frames], errors, chance)
    return list(zip(frames, said_of, strict=True))


@given(count=st.integers(0, 6), tempo=floats(1.2, 6.0), fps=FPS)
@settings(max_examples=40, deadline=None)
def test_a_network_that_is_right_counts_right_at_any_frame_rate(
    count: int, tempo: float, fps: float
):
    progress = repetitions(count, tempo, 1.0)
    seen = [(t, clear(progress(t))) for t in times(fps, count * tempo + 2.5)]
    assert len(reps(seen)) == count


@pytest.mark.parametrize(
    ("errors", "tempo", "fps", "least"),
    [
        (0.05, 1.2, 15, 0.97),
        (0.05, 1.2, 30, 0.97),
        (0.05, 2.0, 8, 0.97),
        (0.05, 6.0, 10, 0.97),
        (0.1, 1.2, 30, 0.97),
        (0.1, 2.0, 15, 0.97),
        (0.1, 4.0, 30, 0.97),
        # What few frames cannot bear: one wrong one in ten, up for down as often as for neither.
        (0.1, 6.0, 8, 0.7),
        (0.05, 1.2, 8, 0.8),
    ],
)
def test_mistakes_of_single_frames_hardly_ever_cost_a_repetition(
    errors: float, tempo: float, fps: float, least: float
):
    trials = 40
    counts = [seed % 6 for seed in range(trials)]
    right = [
        len(reps(training(count, tempo, fps, errors=errors, seed=seed))) == count
        for seed, count in enumerate(counts)
    ]
    assert sum(right) >= least * trials


@pytest.mark.parametrize("label", [UP, DOWN, NEITHER])
@pytest.mark.parametrize("fps", [5, 12, 30])
def test_what_never_changes_is_no_repetition(label: int, fps: float):
    assert not reps([(t, said(label)) for t in times(fps, 40)])


@given(
    pair=st.sampled_from([(UP, NEITHER), (NEITHER, DOWN)]),
    lasting=floats(0.05, 3.0),
    fps=FPS,
)
@settings(max_examples=30, deadline=None)
def test_going_between_two_phases_is_no_repetition(
    pair: tuple[int, int], lasting: float, fps: float
):
    assert not reps([(t, said(pair[int(t / lasting) % 2])) for t in times(fps, 30)])


@given(seed=st.integers(0, 10_000), fps=floats(10, 30), pair=st.sampled_from([UP, NEITHER]))
@settings(max_examples=20, deadline=None)
def test_a_network_that_wavers_counts_nothing(seed: int, fps: float, pair: int):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    labels = [chance.choice((pair, NEITHER)) for _ in times(fps, 30)]
    assert not reps([(t, said(label)) for t, label in zip(times(fps, 30), labels, strict=True)])


@pytest.mark.parametrize("wrong", [DOWN, NEITHER])
@pytest.mark.parametrize("fps", [8, 15, 30])
def test_a_single_wrong_frame_in_the_start_pose_is_no_repetition(fps: int, wrong: int):
    frames = times(fps, 20)
    labels = [wrong if k % (2 * fps) == fps else UP for k in range(len(frames))]
    assert not reps([(t, said(label, 1.0)) for t, label in zip(frames, labels, strict=True)])


@pytest.mark.parametrize("fps", [15, 30])
def test_a_tenth_of_a_second_of_mistakes_is_no_repetition(fps: int):
    frames = times(fps, 20)
    labels = [DOWN if t % 4 < 0.1 else UP for t in frames]
    assert not reps([(t, said(label)) for t, label in zip(frames, labels, strict=True)])


def test_what_began_before_the_recording_does_not_count():
    progress = repetitions(1, 2.0, -1.0)  # begins at the bottom
    events = run([(t, clear(progress(t))) for t in times(15, 3)])[1]
    assert [type(event) for event in events] == [Armed]


def test_a_repetition_cut_at_its_turn_does_not_count_and_one_cut_at_its_end_is_pending():
    progress = repetitions(2, 2.0, 1.0)
    at_its_turn, _ = run([(t, clear(progress(t))) for t in times(15, 4.2)])
    assert at_its_turn.pending is None
    at_its_end, events = run([(t, clear(progress(t))) for t in times(15, 4.8)])
    assert len([event for event in events if isinstance(event, RepDone)]) == 1
    assert at_its_end.pending is not None


@given(seed=st.integers(0, 10_000), gap=floats(1.0, 8.0))
@settings(max_examples=15, deadline=None)
def test_irregular_frames_and_short_gaps_lose_nothing(seed: int, gap: float):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    progress = repetitions(4, 2.5, 1.0)
    t, seen = 0.0, []
    while t < 12.5:
        if chance.random() > 0.2 and not gap < t < gap + 0.3:
            seen.append((t, clear(progress(t))))
        t += chance.uniform(0.02, 0.1)
    assert len(reps(seen)) == 4


def test_a_long_absence_asks_for_the_start_pose_again():
    progress = repetitions(1, 4.0, 1.0)
    seen = [(t, clear(progress(t))) for t in times(15, 6.5) if not 1.8 < t < 3.5]
    assert [type(event) for event in run(seen)[1]] == [Armed, Armed]


def test_a_rest_as_long_as_may_be_loses_nothing():
    progress = repetitions(2, 2.0, 1.0)
    seen = [(t, clear(progress(t) if t < 3 else progress(t - 60))) for t in times(10, 66)]
    assert len(reps(seen)) == 3


@given(tempo=floats(2.0, 6.0), pause=floats(0.0, 2.0))
@settings(max_examples=20, deadline=None)
def test_tempo_adds_up_and_is_about_right(tempo: float, pause: float):
    def progress(t: float) -> float:
        t = (t - 1.0) % (tempo + pause) if t > 1.0 else 0.0
        t = min(t, tempo / 2) if t < tempo / 2 + pause else t - pause
        return repetitions(1, tempo, 0.0)(t)

    cycle = tempo + pause
    seen = [(t, clear(progress(t))) for t in times(20, 1.0 + 3.2 * cycle)]
    first, second, *_ = reps(seen)
    assert sum(second.tempo) == pytest.approx(cycle, rel=0.1)
    eccentric, down, concentric, up = second.tempo
    # From thirds alone a stroke is a guess: half of it more or less.
    assert eccentric == pytest.approx(tempo / 2, rel=0.5)
    assert concentric == pytest.approx(tempo / 2, rel=0.5)
    assert down == pytest.approx(pause, abs=0.5 * tempo)
    assert up == pytest.approx(0.0, abs=0.3 * tempo)
    assert first.start < first.turn < first.end <= second.start + 0.3 * tempo
    assert second.turn - first.turn == pytest.approx(cycle, abs=0.2)


def test_confidence_falls_with_mistakes_and_doubt():
    def mean(seen: Seen) -> float:
        done = [rep.confidence for rep in reps(seen)]
        return sum(done) / len(done)

    sure, wrong = training(5, 2.5, 15), training(5, 2.5, 15, errors=0.15, seed=3)
    doubtful = [(t, PhaseScores(*(0.5 * s + 1 / 6 for s in scores))) for t, scores in sure]
    assert mean(sure) > mean(wrong)
    assert mean(sure) > mean(doubtful)
    assert 0 < mean(doubtful) < mean(sure) <= 1


def test_a_state_is_not_changed_by_a_step_and_the_same_gives_the_same():
    seen = training(3, 2.0, 12, errors=0.1)
    states = [PhaseCounter()]
    kept = []
    for t, scores in seen:
        kept.append(states[-1].belief.copy())
        states.append(phases.step(states[-1], t, scores)[0])
    assert all((a.belief == b).all() for a, b in zip(states, kept, strict=False))
    assert run(seen)[1] == run(seen)[1]
    ends = [rep.end for rep in reps(seen)]
    assert all(a < b for a, b in pairwise(ends))
