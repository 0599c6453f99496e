"""Takes of collect mode as tracks: what people recorded on their own boxes.

`scp -r box:/var/lib/gymbox/collection DIR` brings them here; see docs/collecting.md.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.collection.export import read
from gymbox.collection.shelf import LANDMARKS
from gymbox.collection.take import NONE, UNKNOWN, Take
from gymbox.motion.recording import PoseRecording, load_poses
from gymbox.motion.windows import BRIDGE
from tools.convert.sequence.store import Track, track

AROUND = 0.3
"""Seconds before the first and after the last repetition that still show the exercise."""
WALK = 4.0
"""Seconds at the end in which the athlete may have walked to the button."""


def tracks(folders: Iterable[Path]) -> list[Track]:
    """All takes of collections, grouped by athlete.

    Raises:
        InputError: a folder or a take cannot be read.
    """
    found = []
    for folder, take in read(folders):
        recording = steady(load_poses(folder / LANDMARKS))
        if len(recording) < 2:  # noqa: PLR2004 (no rate)
            continue
        active, depth = shown(take, recording.times)
        found.append(
            track(
                recording,
                UNKNOWN if take.exercise == NONE else take.exercise,
                group=take.scene,
                name=take.name,
                active=active,
                depth=depth,
            )
        )
    return found


def shown(take: Take, times: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """When the exercise is trained, and how deep, as far as that can be told.

    Where box and athlete agree on the count, the marks tell both. Else only what lies between
    repetitions that the box saw is certainly the exercise, and nobody knows how deep. Without any
    of them it is the time from the go to the end, the way to the button left out.

    Args:
        take: what was recorded.
        times: [n] seconds of its frames.

    Returns:
        [n] whether it is trained in a frame; [n] 0 the start pose, 1 the turn, NaN unknown.
    """
    depth = np.full(len(times), np.nan)
    if take.exercise in {NONE, UNKNOWN}:
        return np.ones(len(times), bool), depth
    complete = [mark for mark in take.marks if not mark.partial]
    if not complete and take.reps == 0:
        return np.zeros(len(times), bool), depth
    begin, end = take.go, take.seconds - (WALK if take.ended != "gone" else 0.0)
    if complete:
        begin, end = complete[0].start - AROUND, complete[-1].end + AROUND
    active = (times >= begin) & (times <= end)
    if complete and take.reps == len(complete):
        depth[active] = 0.0
        for mark in take.marks:
            inside = (times >= mark.start) & (times <= mark.end)
            places = (mark.start, max(mark.start, mark.turn), max(mark.turn, mark.end))
            hump = np.sin(np.interp(times[inside], places, (0.0, 0.5, 1.0)) * np.pi)
            depth[inside] = np.nan if mark.partial else hump
    return active, depth


def steady(recording: PoseRecording) -> PoseRecording:
    """The recording at as many frames a second, but evenly: a live camera leaves some out.

    A frame between two in which somebody was found, and that are not far apart, is on the line
    between them; any other is as the nearest one, or empty if that is far.
    """
    times = recording.times
    seconds = float(times[-1] - times[0]) if len(times) > 1 else 0.0
    if seconds <= 0:
        return recording
    rate = (len(times) - 1) / seconds
    even = times[0] + np.arange(len(times)) / rate
    after = np.clip(np.searchsorted(times, even), 1, len(times) - 1)
    before = after - 1
    share = np.clip((even - times[before]) / (times[after] - times[before]), 0.0, 1.0)
    found = ~np.isnan(recording.score)
    between = found[before] & found[after] & (times[after] - times[before] <= BRIDGE)
    nearest = np.where(share > 0.5, after, before)  # noqa: PLR2004 (half way)
    near = np.abs(times[nearest] - even) <= max(0.5 / rate, BRIDGE / 2)
    share = np.where(between, share, nearest - before)

    def column(values: NDArray[np.float32]) -> NDArray[np.float32]:
        part = share.reshape(-1, *[1] * (values.ndim - 1))
        low, high = values[before], values[after]
        mixed = np.where(part == 0, low, np.where(part == 1, high, low + part * (high - low)))
        mixed[~near] = np.nan
        return mixed.astype(np.float32)

    return PoseRecording(
        points=column(recording.points),
        visibility=column(recording.visibility),
        world=column(recording.world),
        score=column(recording.score),
        times=even - times[0],
        fps=rate,
        size=recording.size,
    )
