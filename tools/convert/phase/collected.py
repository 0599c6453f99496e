"""Pictures of collect mode, where athletes have agreed to some, as frames to learn from."""

import math
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from gymbox.collection.export import read
from gymbox.collection.shelf import LANDMARKS, PICTURES
from gymbox.motion.recording import load_poses
from gymbox.reps.profiles import profile
from tools.convert.phase import EXERCISES
from tools.convert.phase.frames import Found, Row
from tools.convert.phase.gathering import EVERYTHING, around, keep_frame
from tools.convert.phase.shape import shape
from tools.convert.phase.travel import travel
from tools.convert.sequence.collected import shown


def gather_collected(folders: Iterable[Path], to: Path) -> Found:
    """Keeps the pictures of takes, labelled by what the box saw in them.

    Of push-ups and squats those between the first and the last repetition; the scene is the
    athlete.

    Args:
        folders: collections.
        to: folder to write to.
    """
    for folder, take in read(folders):
        files = sorted((folder / PICTURES).glob("*.jpg"))
        recording = list(load_poses(folder / LANDMARKS)) if files else []
        known = take.exercise in EXERCISES
        way = travel(recording, profile(take.exercise)) if known and files else None
        active, _ = shown(take, np.array([t for t, _ in recording]))
        for file in files:
            number = int(file.stem)
            if number >= len(recording):
                continue
            if way is not None and (math.isnan(way[number]) or not active[number]):
                continue
            picture = cv2.imread(str(file))
            if picture is None:
                continue
            pose = recording[number][1]
            width, height = take.size  # of the frame; the picture may be smaller
            box = around(pose.points[:, :2], (height, width)) if pose is not None else EVERYTHING
            yield keep_frame(
                to,
                np.asarray(picture, np.uint8),
                shape(pose, width, height),
                Row(
                    f"{take.name}_{number:06d}.jpg",
                    "real",
                    take.scene,
                    take.name,
                    number,
                    take.exercise,
                    float(way[number]) if way is not None else math.nan,
                    *box,
                ),
            )
