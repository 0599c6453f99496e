"""Real people in photographs of gyms, looked at by the box's own tracker.

Clips of real people who do something that the box does not know are few and of one athlete. People
in photographs do not move, but they stand, sit and lie on machines as real ones do, and the network
errs on them as it does on real ones; `moved` lets them hold still, sway, or go to and fro between
two photographs: of one movement, or of two people at the same place. Few pairs show what the box
knows, on benches and machines that are in no clip; `held` makes real athletes of clips hold still.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.cli.progress import Progress
from gymbox.motion.features import rows
from tools.convert.sequence.labels import LABELS, UNKNOWN
from tools.convert.sequence.store import Store, Track

Floats = NDArray[np.float32]

PAIRED = re.compile(r"^(?P<name>.+)_[01]$")
"""Photographs of the start and of the turn of one movement."""
KNOWN_PLACES = frozenset(
    {
        *("arm_curl_machine", "barbell", "bench_press", "chest_press_machine", "curl_bar"),
        *("dip_station", "dumbbell", "lateral_raise_machine", "leg_extension_machine"),
        *("preacher_curl_bench", "pull_up_bar", "shoulder_press_machine", "smith_machine"),
        *("squat_rack", "kettlebell"),
    }
)
"""Folders in which people may well do what the box knows: not taken."""
KNOWN_WORDS = re.compile(
    "squat|lunge|push.?up|dead.?lift|bench_press|chest_press|shoulder_press|military|curl|pull.?up"
    "|chin|dip|lateral_raise|leg_extension|sit.?up|step|thruster|clean|snatch|jerk",
    re.IGNORECASE,
)
"""Names of movements that are the box's own, or near to them: not taken either."""
NAMED = (
    ("wrist|leg_curl|scapular|muscle_up|rocky", UNKNOWN),
    ("curl", "biceps_curl"),
    ("lateral_raise|deltoid_raise", "lateral_raise"),
    ("pull-?up|chin-?up", "pull_up"),
    ("bench_press", "bench_press"),
)
"""What pairs of photographs with such names show, the first that fits; the others nothing known."""
MOST = 60
"""Photographs of one folder and source, but for pairs."""
FPS, SECONDS = 12.0, 5.0
SIDE = 480.0
"""Larger pictures are looked at in this size, pixels."""


def photographs(folders: Iterable[Path], leave_out: str) -> list[Path]:
    """The photographs that are taken.

    Args:
        folders: of pictures, or of folders of pictures; a picture is named SOURCE__NAME.
        leave_out: sources whose names begin so: their athletes are in the clips.
    """
    taken: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for folder in folders:
        for path in sorted(folder.rglob("*.jpg")):
            source = path.name.partition("__")[0]
            known = path.parent.name in KNOWN_PLACES or KNOWN_WORDS.search(path.name)
            pair = PAIRED.match(path.stem) and label_of(path.stem) != UNKNOWN
            if (pair or not known) and not source.lower().startswith(leave_out.lower()):
                taken[path.parent.name, source].append(path)
    return [path for found in taken.values() for path in _fewer(found)]


def _fewer(found: list[Path]) -> list[Path]:
    """At most `MOST` of them, evenly, but all that are pairs."""
    pairs = [path for path in found if PAIRED.match(path.stem)]
    alone = [path for path in found if not PAIRED.match(path.stem)]
    return pairs + alone[:: -(-len(alone) // MOST) or 1]


def label_of(stem: str) -> str:
    """What a pair of photographs of that name shows."""
    name = stem.partition("__")[2] or stem
    fits = (label for words, label in NAMED if re.search(words, name, re.IGNORECASE))
    return next(fits, UNKNOWN)


def look(paths: Iterable[Path], kept: Path) -> dict[str, Floats]:
    """Rows [joints, channels] of the people in photographs, by name; looked at once and kept."""
    if kept.is_file():
        with np.load(kept) as file:
            return {name: file[name] for name in file.files}
    import cv2  # noqa: PLC0415

    from gymbox.camera.frame import Frame  # noqa: PLC0415
    from gymbox.inference.pose_tracker import PoseTracker  # noqa: PLC0415

    tracker = PoseTracker()
    paths = list(paths)
    progress = Progress("looking at photographs", len(paths))
    found = {}
    for path in paths:
        image = cv2.imread(str(path))
        if image is not None:
            scale = min(1.0, SIDE / max(image.shape[:2]))
            image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            tracker.reset()
            # The second look is at a region of its own making, as in a clip.
            for index in range(2):
                pose = tracker.process(Frame(image, index / FPS, index))
            if pose is not None:
                name = f"{path.parent.name}|{path.stem}"
                found[name] = rows(pose.points, pose.world, pose.visibility)
        progress.step()
    progress.close()
    if not found:
        return {}
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(kept, **found)
    return found


def moved(found: dict[str, Floats], seed: int) -> list[Track]:
    """People of photographs who hold still, or go between two photographs.

    These are the start and the turn of one movement, or two people at the same place.
    """
    rng = np.random.default_rng(seed)
    places = defaultdict(list)
    for name in found:
        places[name.partition("|")[0]].append(name)
    tracks = []
    for name, pose in found.items():
        place, _, stem = name.partition("|")
        pair = PAIRED.match(stem)
        other = found.get(f"{place}|{pair['name']}_1") if pair and stem.endswith("_0") else None
        shows = label_of(stem) if pair else UNKNOWN
        tracks.append(_track(name, pose, None, rng))
        if other is not None:
            tracks += [_track(f"{name} {k}", pose, other, rng, shows) for k in range(4)]
        if shows == UNKNOWN and len(places[place]) > 1:
            somebody = found[str(rng.choice(places[place]))]
            tracks.append(_track(f"{name} and another", pose, somebody, rng))
    return tracks


def held(store: Store, count: int, seed: int) -> list[Track]:
    """Athletes of clips who hold still as they were in one frame: a plank is no push-up.

    Each belongs to the scene that it is of, so that whoever is judged by that scene has not seen
    it.
    """
    rng = np.random.default_rng(seed)
    tracks = []
    for index in range(count):
        track = int(rng.integers(len(store)))
        frames = np.flatnonzero(store.found[store.begin[track] : store.begin[track + 1]])
        if not len(frames):
            continue
        pose = store.rows[store.begin[track] + int(rng.choice(frames))].astype(np.float32)
        name = f"{store.name[track]} holds {index}"
        tracks.append(_track(name, pose, None, rng, group=str(store.group[track])))
    return tracks


def _track(
    name: str,
    pose: Floats,
    other: Floats | None,
    rng: np.random.Generator,
    label: str = UNKNOWN,
    *,
    group: str | None = None,
) -> Track:
    count = round(FPS * SECONDS)
    times = np.arange(count) / FPS
    share = np.zeros(count)
    if other is not None:
        period = rng.uniform(1.4, 3.6)
        share = 0.5 - 0.5 * np.cos(2 * np.pi * (times / period + rng.random()))
        other = _fitted(other, pose)
    weight = share.astype(np.float32)[:, None, None]
    moving = pose + weight * ((pose if other is None else other) - pose)
    moving = moving + sway(moving.shape, pose, rng)
    return Track(
        rows=moving.astype(np.float16),
        found=np.ones(count, bool),
        fps=FPS,
        label=LABELS.index(label),
        active=np.ones(count, bool),
        depth=np.full(count, np.nan, np.float16),
        group=group or f"photograph {name}",
        name=name,
        size=(640, 480),
    )


def _fitted(pose: Floats, to: Floats) -> Floats:
    """The pose as large in the picture as the other, with its ankles or hips in the same place."""
    out = pose.copy()
    size = [float(one[:, :2].std(axis=0).sum()) for one in (pose, to)]
    scale = size[1] / max(size[0], 1.0)
    flat = pose[:, :2] * scale
    out[:, :2] = flat + (to[9:11, :2].mean(axis=0) - flat[9:11].mean(axis=0))
    return out


def sway(shape: tuple[int, ...], pose: Floats, rng: np.random.Generator) -> Floats:
    """[n, joints, channels] slow drift of each joint, as a real tracker's, a centimetre or two."""
    count, joints, _ = shape
    steps = rng.normal(0, 1, (count + 12, joints, 3))
    kernel = np.hanning(13) / np.sqrt((np.hanning(13) ** 2).sum())
    smooth = np.apply_along_axis(np.convolve, 0, steps, kernel, "valid")[:count]
    drift = smooth * rng.uniform(0.003, 0.02)
    pixels = float(pose[:, :2].std(axis=0).sum() / max(pose[:, 2:4].std(axis=0).sum(), 0.1))
    out = np.zeros(shape, np.float32)
    out[..., 2:5] = drift
    out[..., :2] = drift[..., :2] * pixels
    return out
