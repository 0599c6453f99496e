"""The best repetition of a set, and those that fade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.reps.effort import Effort, quality
from tests.strategies import floats


def effort(lift: float | None = 1.0, rom: float | None = 1.0) -> Effort:
    tempo = None if lift is None else (1.0, 0.0, lift, 0.0)
    return Effort(start=0.0, end=2.0, rom=rom, tempo=tempo)


@pytest.mark.parametrize(
    ("lifts", "roms", "best", "fading"),
    [
        ([1.0, 1.0, 1.0], [1, 1, 1], 1, ()),
        ([1.6, 1.0, 1.2, 1.31], [1, 1, 1, 1], 2, (4,)),  # a slow beginning is no fatigue
        ([1.0, 1.0, 1.0, 1.0], [0.9, 1.0, 0.86, 0.84], 1, (4,)),  # a shorter range is
        ([1.0, 0.5, 1.0], [1.0, 0.5, 1.0], 1, (2,)),  # a hurried half one is not the best
        ([0.0, 1.0, 1.5], [1, 1, 1], 2, (3,)),  # the first lift of a set may not be measured
    ],
)
def test_the_best_and_the_fading(
    lifts: list[float], roms: list[float], best: int, fading: tuple[int, ...]
) -> None:
    found = quality([effort(lift, rom) for lift, rom in zip(lifts, roms, strict=True)])
    assert (found.best, found.fading) == (best, fading)


def test_what_was_added_by_hand_is_not_judged() -> None:
    found = quality([effort(), effort(None, None), effort(2.0)])
    assert (found.best, found.fading) == (1, (3,))
    assert found.tempo == (1.0, 0.0, 1.5, 0.0)
    assert found.rom == 1.0
    nothing = quality([effort(None, None)])
    assert (nothing.best, nothing.fading, nothing.rom, nothing.tempo) == (None, (), None, None)


efforts = st.builds(effort, st.none() | floats(0, 20), st.none() | floats(0, 1))


@given(st.lists(efforts, max_size=12))
def test_the_best_never_fades_and_nothing_before_it(reps: list[Effort]) -> None:
    found = quality(reps)
    assert all(found.best is not None and number > found.best for number in found.fading)
    assert found.best is None or 1 <= found.best <= len(reps)
    assert all(number <= len(reps) for number in found.fading)
