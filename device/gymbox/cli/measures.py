"""What `gymbox bench` makes of its measurements, and what it asks the system."""

import os
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

WARM_UP = 5
"""Frames: the first runs of a network fill caches and are no measure of the rest."""


def spread(seconds: Iterable[float]) -> dict[str, float]:
    """Median and 95th percentile, milliseconds, and of how many runs."""
    times = 1000 * np.asarray(list(seconds))
    p50, p95 = np.percentile(times, (50, 95)).round(3).tolist()
    return {"p50_ms": p50, "p95_ms": p95, "runs": len(times)}


def overhead(steps: Sequence[float], bare: Sequence[float]) -> float:
    """What a step takes beyond its networks, as a share of these: the median over the frames."""
    pairs = np.column_stack([steps, bare])
    pairs = pairs[pairs[:, 1] > 0]
    return round(float(np.median(pairs[:, 0] / pairs[:, 1])) - 1, 4)


def peak_memory() -> float:
    """The most memory that this process has held so far, megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kilobytes = peak / 1024 if sys.platform == "darwin" else peak
    return round(kilobytes / 1024, 1)


def seconds_since_start() -> float | None:
    """Seconds since this process was started, interpreter and imports included; Linux only."""
    stat = Path("/proc/self/stat")
    if not stat.exists():
        return None
    # The name of the command, in brackets, may hold spaces; the start time is field 22.
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started
