"""How good the repetitions of a set were, measured against its best one.

A repetition *fades* when the way against the load takes 30 % longer than in the best repetition of
the set, or the range is 15 % shorter, and it comes after the best one: a slow beginning is no
fatigue. The best repetition is the quickest against the load of those that reach within 15 % of the
largest range, so that a hurried half one is never the best. Losing speed against the best
repetition is the usual measure of fatigue within a set (Sanchez-Medina and Gonzalez-Badillo 2011,
doi 10.1249/MSS.0b013e318213f880); 30 % more time is about a quarter less speed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SLOWER = 1.3
"""Times the best repetition's time against the load from which a repetition fades."""
SHORTER = 0.85
"""Share of the best range below which a repetition fades."""

Tempo = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """One complete repetition of a set.

    Attributes:
        start: seconds, when it began.
        end: when it counted.
        rom: 0..1 of the profile's full range; None where it was not measured.
        tempo: seconds of (eccentric, pause, concentric, pause); None where it was not measured.
    """

    start: float
    end: float
    rom: float | None = None
    tempo: Tempo | None = None

    @property
    def lift(self) -> float | None:
        """Seconds against the load, None where they were not measured."""
        return self.tempo[2] if self.tempo and self.tempo[2] > 0.0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What a set came to.

    Attributes:
        best: number of its best repetition, from 1; None where nothing was measured.
        fading: numbers of those that fade.
        rom: mean range, 0..1; None where it was not measured.
        tempo: mean tempo, None where it was not measured.
    """

    best: int | None = None
    fading: tuple[int, ...] = ()
    rom: float | None = None
    tempo: Tempo | None = None


def quality(efforts: Sequence[Effort]) -> Quality:
    """Judges the complete repetitions of one set, in their order."""
    roms = [effort.rom for effort in efforts if effort.rom is not None]
    tempos = [effort.tempo for effort in efforts if effort.tempo is not None]
    best = _best(efforts)
    return Quality(
        best=None if best is None else best + 1,
        fading=() if best is None else _fading(efforts, best),
        rom=sum(roms) / len(roms) if roms else None,
        tempo=_mean(tempos),
    )


def _best(efforts: Sequence[Effort]) -> int | None:
    """Place of the best repetition."""
    largest = max((effort.rom or 0.0 for effort in efforts), default=0.0)
    lifts = [
        (effort.lift, place)
        for place, effort in enumerate(efforts)
        if effort.lift is not None and effort.rom and effort.rom >= SHORTER * largest
    ]
    return min(lifts)[1] if lifts else None


def _fading(efforts: Sequence[Effort], best: int) -> tuple[int, ...]:
    quickest = efforts[best].lift or math.inf
    largest = max(effort.rom or 0.0 for effort in efforts)
    return tuple(
        place + 1
        for place, effort in enumerate(efforts)
        if place > best
        and (
            (effort.lift or 0.0) > SLOWER * quickest
            or (effort.rom is not None and effort.rom < SHORTER * largest)
        )
    )


def _mean(tempos: Sequence[Tempo]) -> Tempo | None:
    if not tempos:
        return None
    ecc, low, con, high = (sum(parts) / len(tempos) for parts in zip(*tempos, strict=True))
    return ecc, low, con, high
