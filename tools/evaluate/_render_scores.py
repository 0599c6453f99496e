"""What is measured on one rendered clip, and what the figures of many are."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.recording import load_poses
from gymbox.reps.profiles import profile, profiles
from tools.evaluate._count_run import PoseModel, TimedPose, count, observations, poses

WHOLE = 0.9
"""Share of the joints that must lie in the picture for a frame to be judged."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One clip.

    Attributes:
        name: of the clip.
        label: its label file.
        judged: frames with the athlete in the picture.
        found: those of them in which the box found somebody.
        distances: [k] of all joints from the truth in those, in body heights.
        counted: complete repetitions that the box counts, None if it does not know the exercise.
        on_truth: those it counts on the true joints.
    """

    name: str
    label: dict[str, Any]
    judged: int
    found: int
    distances: NDArray[np.float32]
    counted: int | None
    on_truth: int | None

    @property
    def exact(self) -> bool | None:
        """Whether the count is right."""
        return None if self.counted is None else self._right(self.counted)

    @property
    def reason(self) -> str:
        """Why a count is wrong: the counter errs on the true joints too, or only on those seen."""
        return "landmarks" if self._right(self.on_truth or 0) else "counter"

    def _right(self, count: int) -> bool:
        return self.label["reps"] <= count <= self.label["reps_max"]


def look(label_file: Path, kept: Path | None, model: PoseModel = "full") -> Seen:
    """Runs the box's networks and its counter over one rendered clip.

    Raises:
        InputError: a file of the clip cannot be read.
    """
    label = json.loads(label_file.read_text("utf-8"))
    found = poses(label_file.with_suffix(".mp4"), kept, model)
    truth = list(load_poses(label_file.with_suffix(".npz")))[: len(found)]
    with np.load(label_file.with_suffix(".npz")) as arrays:
        height = label["height"] * float(np.median(arrays["scale"]))
    judged, distances = 0, []
    for (_, pose), (_, true) in zip(found, truth, strict=False):
        if true is None or true.visibility.mean() < WHOLE:
            continue
        judged += 1
        if pose is not None:
            apart = np.linalg.norm(pose.points[:, :2] - true.points[:, :2], axis=1) / height
            distances.append(apart[true.visibility > 0])
    told = label["exercise"] in profiles()
    return Seen(
        name=label_file.stem,
        label=label,
        judged=judged,
        found=len(distances),
        distances=np.concatenate(distances or [np.empty(0)]).astype(np.float32),
        counted=_count(found, label["exercise"]) if told else None,
        on_truth=_count(truth, label["exercise"]) if told else None,
    )


def _count(recording: Sequence[TimedPose], exercise: str) -> int:
    return len(count(list(observations(recording)), profile(exercise)).reps)
