"""Which signals show the movement of a demonstration, and how far they go in it."""

from collections.abc import Sequence

import numpy as np

from gymbox.motion.signals import ANGLES, NAMES
from gymbox.reps.profiles import Signal
from gymbox.reps.progress import SEEN
from gymbox.teaching.cycles import Cycle
from gymbox.teaching.readings import UNIT, Floats, Readings

AROUND = 0.1
"""Seconds about an end of a repetition in which its pose is read."""
SWING = 0.16
"""`UNIT`s by which a signal must change: 14 degrees, a sixth of a limb."""
GOES_ALONG = 0.8
"""Correlation of a signal with the movement from which it tells how far that is."""
CLEAR = 2.5
"""Times that a signal's swing must exceed what it differs between repetitions."""
JITTER = 0.03
"""`UNIT`s that a signal may be off anyway."""


def ranked(readings: Readings, cycles: Sequence[Cycle]) -> list[Signal]:
    """Those that show the movement, the clearest first."""
    together = readings.together()
    starts = ends(readings, together, cycles, "start")
    turns = ends(readings, together, cycles, "turn")
    begin, end = np.median(starts, axis=0), np.median(turns, axis=0)
    swing = np.abs(end - begin) / UNIT
    spread = (np.abs(starts - begin).mean(axis=0) + np.abs(turns - end).mean(axis=0)) / UNIT
    clear = swing / (spread + JITTER)
    along = np.abs(_along(readings, together, cycles))
    quality = readings.quality.max(axis=0)
    good = (swing >= SWING) & (along >= GOES_ALONG) & (clear >= CLEAR) & (quality >= SEEN)
    value = np.where(good, np.minimum(swing, 0.6) * np.minimum(clear, 8.0) * quality, 0.0)
    order = [k for k in np.argsort(-value) if value[k] > 0]
    return [
        Signal(
            name=NAMES[k],
            start=neat(begin[k], NAMES[k]),
            turn=neat(end[k], NAMES[k]),
            weight=round(float(np.clip(clear[k] / 4.0, 0.5, 2.0)), 1),
        )
        for k in order
    ]


def smallest(readings: Readings, cycles: Sequence[Cycle], signals: Sequence[Signal]) -> float:
    """Progress of the smallest repetition."""
    together = readings.together()
    total = sum(signal.weight for signal in signals)
    line = sum(
        signal.weight
        * (together[:, NAMES.index(signal.name)] - signal.start)
        / (signal.turn - signal.start)
        for signal in signals
    )
    progress = np.asarray(line)[:, None] / total
    turns = ends(readings, progress, cycles, "turn")[:, 0]
    starts = ends(readings, progress, cycles, "start")[:, 0].reshape(-1, 2).max(axis=1)
    return float(np.clip((turns - starts).min(), 0.4, 1.0))


def ends(readings: Readings, columns: Floats, cycles: Sequence[Cycle], which: str) -> Floats:
    """[m, k] the signals at one end of the repetitions; the start pose before and after each."""
    at = [cycle.turn for cycle in cycles]
    if which == "start":
        at = [t for cycle in cycles for t in (cycle.start, cycle.end)]
    rows = []
    for t in at:
        near = np.abs(readings.times - t) <= AROUND
        near |= readings.times == readings.times[np.abs(readings.times - t).argmin()]
        rows.append(columns[near].mean(axis=0))
    return np.stack(rows)


def neat(value: float, name: str) -> float:
    """To a tenth of a degree or a thousandth of a limb: it is read by people."""
    return round(float(value), 1 if name.removesuffix("_world") in ANGLES else 3)


def _along(readings: Readings, columns: Floats, cycles: Sequence[Cycle]) -> Floats:
    """[k] correlation with how far the repetitions are, taken as half cosines."""
    inside = (readings.times >= cycles[0].start) & (readings.times <= cycles[-1].end)
    times = readings.times[inside]
    way = np.zeros(len(times))
    for cycle in cycles:
        knots = [cycle.start, cycle.turn, cycle.end]
        share = np.interp(times, knots, [0.0, 1.0, 0.0])
        way = np.maximum(way, np.where((times >= knots[0]) & (times <= knots[2]), share, 0.0))
    way = (1 - np.cos(np.pi * way)) / 2
    centred = columns[inside] - columns[inside].mean(axis=0)
    way = way - way.mean()
    norm = np.sqrt((centred**2).sum(axis=0) * (way**2).sum())
    found: Floats = np.nan_to_num((centred * way[:, None]).sum(axis=0) / np.maximum(norm, 1e-9))
    return found
