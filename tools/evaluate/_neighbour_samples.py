"""Sample poses for the reference by nearest neighbours: of other scenes than the clip's."""

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from gymbox.errors import InputError
from tools.evaluate import _mediapipe
from tools.evaluate._count_clips import Clip
from tools.evaluate._mediapipe import Array
from tools.evaluate.reference_angle import angles
from tools.evaluate.reference_neighbours import BENT, STRAIGHT, Samples, embed

SHARE = 5.0
"""Per cent of a clip's frames that lie at either end of its range."""
FRAMES = 8
"""Samples of an end that one clip gives at most."""
_PUBLISHED = {"squats": "squat", "pushups": "push_up", "pullups": "pull_up", "situp": "sit_up"}
_BENT_IS_UP = ("pull_up", "sit_up")


def of_clips(clips: Iterable[Clip], folder: Path) -> Samples:
    """Frames at the ends of the range of every clip, by the angle of its joint.

    Args:
        clips: of exercises that are counted.
        folder: of mediapipe's landmarks.
    """
    parts = []
    for clip in clips:
        file = folder / f"{clip.name}.npz"
        if not file.is_file():
            continue
        points = _mediapipe.load(file).points
        bends = angles(points, clip.group)
        low, high = np.nanpercentile(bends, [SHARE, 100 - SHARE])
        for end, rows in ((BENT, bends <= low), (STRAIGHT, bends >= high)):
            chosen = _some(np.flatnonzero(rows))
            parts.append(_samples(points[chosen], f"{clip.group} {end}", clip.name, clip.scene))
    return Samples.joined(parts)


def published(table: Path) -> Samples:
    """Poses that somebody else sorted into ends: the form of `kalatz_up_down_poses.csv`.

    Raises:
        InputError: the table is missing or is not such a table.
    """
    try:
        with table.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.reader(lines))[1:]
        parts = []
        for _, name, *values in rows:
            movement, end = name.rsplit("_", 1)
            exercise = _PUBLISHED.get(movement)
            if exercise is None:
                continue
            bent = (end == "up") == (exercise in _BENT_IS_UP)
            points = np.array(values, float).reshape(1, -1, 3)
            label = f"{exercise} {BENT if bent else STRAIGHT}"
            parts.append(_samples(points, label, table.stem, table.stem))
        return Samples.joined(parts)
    except (OSError, ValueError) as error:
        raise InputError(f"{table} holds no poses ({error})", "check --poses") from error


def for_clip(samples: Samples, clip: Clip) -> Samples:
    """The samples that may be used for a clip: those of other scenes.

    An exercise that one scene alone shows takes its samples from the scene's other clips: of the
    same athlete, to the reference's advantage.
    """
    others = samples.scenes != clip.scene
    names = np.array([name.rsplit(" ", 1)[0] for name in samples.classes.tolist()])
    alone = ~np.isin(names, names[others])
    return samples.take(others | (alone & (samples.clips != clip.name)))


def only(samples: Samples, exercise: str) -> Samples:
    """The samples of one exercise."""
    return samples.take(np.char.startswith(samples.classes, f"{exercise} "))


def _some(rows: Array) -> Array:
    """A few of the rows, evenly."""
    return rows[np.linspace(0, len(rows) - 1, min(FRAMES, len(rows))).round().astype(int)]


def _samples(points: Array, label: str, clip: str, scene: str) -> Samples:
    n = len(points)
    return Samples(embed(points[..., :3]), np.full(n, label), np.full(n, clip), np.full(n, scene))
