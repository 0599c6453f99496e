"""How far down an athlete is in every frame of a clip, as a share of his own range."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import observe
from gymbox.reps.profiles import Profile
from gymbox.reps.progress import measure
from tools.convert.phase import OUTER
from tools.evaluate._count_run import observations

SMOOTH = 0.2
"""Seconds over which the middle value is taken: one bad pose must not set an end of the range."""
TOP, BOTTOM = 0.2, 0.5
"""A range whose top lies deeper than this, or whose bottom higher, is not all of the travel."""
FALLBACK = (0.03, 1.1)
"""Top and bottom where a clip does not show them: the medians over the clips that do."""

HEIGHTS = {
    "push_up": ("wrist_height", "wrist_height_world"),
    "squat": ("hip_height", "hip_height_world", "thigh_height"),
}
"""Signals that say how high the body is: what one sees of the travel, where angles run ahead."""
SEEN_THIRDS = (0.26, 0.63)
"""Where people who look at frames put the ends of the outer thirds, in terms of these signals.

Fitted to the frames of looked_at.csv: 0.93 of the push-up and 0.92 of the squat frames agree then;
with the signals of the counter and ends at a third 0.91 and 0.89.
"""

TimedPose = tuple[float, Pose | None]


def travel(recording: Sequence[TimedPose], profile: Profile) -> NDArray[np.float32]:
    """[n] 0 at the athlete's own top, 1 at his own lowest; NaN where it cannot be told."""
    heights = _heights(profile)
    t = np.array([at for at, _ in recording])
    value = np.full(len(t), np.nan)
    for row, (_, observation) in enumerate(observations(recording)):
        here = measure(observation, heights) if observation is not None else None
        if here is not None:
            value[row] = here.value
    smooth = _median(t, value)
    if np.isnan(smooth).all():
        return smooth
    top, bottom = np.nanpercentile(smooth, (2, 98))
    top = top if top < TOP else FALLBACK[0]
    bottom = bottom if bottom > BOTTOM else FALLBACK[1]
    return _seen((smooth - top) / (bottom - top))


def travel_alone(pose: Pose, profile: Profile) -> float:
    """The travel in one picture, against the range of most athletes; NaN if it cannot be told."""
    here = measure(observe(pose, None)[0], _heights(profile))
    if here is None:
        return float("nan")
    top, bottom = FALLBACK
    return float(_seen(np.array([(here.value - top) / (bottom - top)]))[0])


def _heights(profile: Profile) -> Profile:
    names = HEIGHTS[profile.name]
    return replace(
        profile, signals=tuple(signal for signal in profile.signals if signal.name in names)
    )


def _seen(way: NDArray[np.floating]) -> NDArray[np.float32]:
    seen = np.interp(way, (0, *SEEN_THIRDS, 1), (0, OUTER, 1 - OUTER, 1))
    return np.where(np.isnan(way), np.nan, seen).astype(np.float32)


def _median(t: NDArray[np.float64], value: NDArray[np.float64]) -> NDArray[np.float32]:
    """The middle value around every frame, NaN where the frame itself has none."""
    result = np.full(len(t), np.nan, np.float32)
    for row in np.flatnonzero(~np.isnan(value)):
        result[row] = np.nanmedian(value[np.abs(t - t[row]) <= SMOOTH / 2])
    return result
