"""Crops of real clips as the box makes them: turned upright, found by following the athlete."""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.camera.clip import ClipCamera
from gymbox.cli.progress import Progress
from gymbox.errors import InputError
from gymbox.inference.pose_tracker import PoseTracker

PER_CLIP, FRAMES = 12, 900
"""Crops of one clip, evenly spaced, and the frames at its beginning that they come from."""

_LEAST, _MOST = 100, 300  # pictures to calibrate with; more hardly change the ranges


@dataclass(frozen=True, slots=True, eq=False)
class Crops:
    """The crops of one clip.

    Attributes:
        clip: file name.
        scene: clips of one scene are never on both sides of a split.
        pictures: [n, 256, 256, 3] uint8, RGB.
        found: [n] whether the float network took somebody for found there.
    """

    clip: str
    scene: str
    pictures: NDArray[np.uint8]
    found: NDArray[np.bool_]


def held_out(scene: str) -> bool:
    """Whether a scene is for judging only; half of them are, by a hash of the name."""
    return hashlib.sha256(scene.encode()).digest()[0] % 2 == 1


def real_clips(table: Path) -> dict[str, str]:
    """File name and scene of every clip of the table that was filmed, not rendered.

    Raises:
        InputError: the table cannot be read.
    """
    try:
        with table.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["rendered"] == "0"]
        return {row["file"]: row["scene"] for row in sorted(rows, key=lambda row: row["file"])}
    except (OSError, KeyError) as error:
        raise InputError(f"{table} is no table of clips ({error})", "check --csv") from error


def collect(folder: Path, scenes: dict[str, str], cache: Path, originals: Path) -> Iterator[Crops]:
    """The crops of some clips; kept in the cache, so that work that was cut off goes on.

    Args:
        folder: of the clips.
        scenes: file name and scene of each.
        cache: folder of one file a clip.
        originals: the models folder with the published networks, which do the following.

    Raises:
        InputError: a clip is missing or cannot be read.
        ModelError: so is a model.
    """
    cache.mkdir(parents=True, exist_ok=True)
    tracker: PoseTracker | None = None
    progress = Progress("crops", len(scenes))
    for file, scene in scenes.items():
        kept = cache / f"{Path(file).stem}.npz"
        if not kept.is_file():
            tracker = tracker or PoseTracker(model="full", models=originals)
            pictures, found = _crops_of(folder / file, tracker)
            np.savez_compressed(kept, crops=pictures, found=found)
        with np.load(kept) as data:
            yield Crops(file, scene, data["crops"], data["found"])
        progress.step()
    progress.close()


def _crops_of(clip: Path, tracker: PoseTracker) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """What the landmark network got to see, frame by frame; some of it."""
    tracker.reset()
    pictures, found = [], []
    with ClipCamera(clip) as camera:
        total = min(camera.frames or FRAMES, FRAMES)
        step = max(1, total // PER_CLIP)
        for index, frame in zip(range(total), iter(camera.read, None), strict=False):
            tracker.landmarker.network.input()[:] = -1
            pose = tracker.process(frame)
            if index % step != step // 2:
                continue
            seen = tracker.landmarker.network.input()[0]
            if seen.min() >= 0:
                pictures.append(np.round(seen * 255).astype(np.uint8))
                found.append(pose is not None)
            del seen  # the interpreter may not run while its memory is held
    if not pictures:
        return np.zeros((0, 256, 256, 3), np.uint8), np.zeros(0, np.bool_)
    return np.stack(pictures), np.array(found)


def network_input(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """[1, 256, 256, 3] float32, 0..1."""
    return picture[np.newaxis].astype(np.float32) * np.float32(1 / 255)


def calibration_crops(crops: Iterable[Crops]) -> NDArray[np.uint8]:
    """Some of the pictures in which somebody was found, evenly spread over the clips.

    Raises:
        InputError: there are too few.
    """
    pictures = np.concatenate([clip.pictures[clip.found] for clip in crops])
    if len(pictures) < _LEAST:
        raise InputError(
            f"{len(pictures)} crops are too few to calibrate with", f"give {_LEAST} or more"
        )
    spread = np.linspace(0, len(pictures) - 1, min(_MOST, len(pictures)))
    chosen: NDArray[np.uint8] = pictures[np.round(spread).astype(int)]
    return chosen
