"""All that the phase net learns from: which pictures, how often, and with which answers."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.inference.pose_tracker import PoseTracker
from tools.convert.phase import EXERCISES, frames, gathering
from tools.convert.phase.collected import gather_collected
from tools.convert.phase.fit import Views
from tools.convert.phase.folds import folds
from tools.convert.phase.frames import Row
from tools.convert.phase.network import PhaseNetwork
from tools.convert.phase.photos import photos
from tools.convert.phase.shape import posture
from tools.convert.phase.targets import soft
from tools.convert.phase.views import keep
from tools.evaluate._count_clips import load_clips

LOOKED_AT = Path(__file__).parent / "looked_at.csv"
"""Frames of real clips, labelled by looking at them."""
SHARES = {
    "real": 0.25,
    "looked_at": 0.22,
    "renders": 0.15,
    "photos": 0.28,
    "negatives": 0.05,
    "stills": 0.05,
    "collected": 0.1,
}
"""Of every batch, by where its pictures come from; collections come on top."""
VIEWS = {
    "real": 5,
    "looked_at": 6,
    "renders": 2,
    "photos": 3,
    "negatives": 2,
    "stills": 2,
    "collected": 5,
}
"""Of every picture that are kept."""
OF_SCENES = ("real", "looked_at", "collected")
"""Kinds of which several pictures are of one recording."""
SPARE = 4
"""Of renders that show neither exercise one in so many is taken."""
SCARCE = {"squat": 2.5, "push_up": 1.2}
SCARCE_PHOTOS = {"squat": 3.0, "push_up": 4.0, "": 0.7}
"""How often an exercise is drawn beside all others; there are few real squats."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where everything lies.

    Attributes:
        data: folder with `clips`, `clips.csv`, and the photographs.
        landmarks: cache of the poses in the clips.
        renders: sets of clips made by `tools.synth`.
        stills: sets of stills made by `tools.synth`.
        collected: collections that boxes have recorded.
    """

    data: Path
    landmarks: Path
    renders: tuple[Path, ...] = ()
    stills: tuple[Path, ...] = ()
    collected: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictures:
    """One kind of pictures: their rows, their joints and their folder."""

    kind: str
    rows: Sequence[Row]
    joints: NDArray[np.float32]
    folder: Path


def gather(sources: Sources, cache: Path, tell: Tell) -> dict[str, Pictures]:
    """Collects the pictures of every kind under the cache, unless they are there."""
    clips = load_clips(sources.data / "clips.csv", sources.data / "clips")
    plans: dict[str, frames.Gather] = {
        "real": lambda to: gathering.gather_real(clips, sources.landmarks, to),
        "looked_at": lambda to: gathering.gather_looked_at(LOOKED_AT, clips, sources.landmarks, to),
        "photos": lambda to: gathering.gather_photos(
            photos(sources.data), PoseTracker(model="lite"), to
        ),
        "negatives": lambda to: gathering.gather_empty(sources.data / "negatives", to),
    }
    if sources.collected:
        plans["collected"] = lambda to: gather_collected(sources.collected, to)
    found = {}
    for kind, plan in plans.items():
        tell(f"pictures: {kind}")
        folder = cache / "frames" / kind
        rows = frames.collect(folder, plan)
        found[kind] = Pictures(kind, rows, frames.joints_of(folder), folder)
    for kind, sets, plan_of in (
        ("renders", sources.renders, gathering.gather_renders),
        ("stills", sources.stills, gathering.gather_stills),
    ):
        if sets:
            tell(f"pictures: {kind}")
            found[kind] = _joined(kind, sets, plan_of, cache / "frames")
    return found


def _joined(
    kind: str,
    sets: Sequence[Path],
    plan: Callable[[Path, Path], frames.Found],
    cache: Path,
) -> Pictures:
    """The pictures of several sets, by their place under one folder."""
    rows: list[Row] = []
    joints: list[NDArray[np.float32]] = []
    for source in sets:
        folder = cache / source.name
        of_set = frames.collect(folder, lambda to, source=source: plan(source, to))  # type: ignore[misc]
        for number, (row, places) in enumerate(zip(of_set, frames.joints_of(folder), strict=True)):
            if row.exercise in EXERCISES or kind == "stills" or number % SPARE == 0:
                rows.append(replace(row, file=f"{source.name}/{row.file}"))
                joints.append(places)
    return Pictures(kind, rows, np.array(joints, np.float32), cache)


def learn_from(
    pictures: dict[str, Pictures],
    network: PhaseNetwork,
    *,
    size: int,
    cache: Path,
    tell: Tell,
) -> dict[str, Views]:
    """Views of all pictures, kept under the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    found = {}
    for kind, some in pictures.items():
        tell(f"views: {kind}")
        deep, joints = keep(
            some.folder,
            some.rows,
            some.joints,
            network,
            size=size,
            views=VIEWS[kind],
            to=cache / f"{kind}-{size}.npy",
        )
        found[kind] = Views(
            deep,
            np.repeat(_targets(some.rows), VIEWS[kind], axis=0),
            posture(joints).reshape(len(joints), -1),
            np.repeat(_weights(some), VIEWS[kind]),
        )
    return found


def without(
    views: dict[str, Views], pictures: dict[str, Pictures], fold: int | None
) -> list[tuple[Views, float]]:
    """What one fold learns from: nothing of the scenes it will be judged on.

    Args:
        views: by kind.
        pictures: the same.
        fold: the one to keep away; None learns from all.
    """
    of_scene = scene_folds(pictures)
    found = []
    for kind, some in views.items():
        away = np.array([of_scene.get(row.scene) == fold for row in pictures[kind].rows])
        weights = some.weights
        if fold is not None:
            weights = np.where(np.repeat(away, VIEWS[kind]), 0.0, weights)
        found.append((replace(some, weights=weights), SHARES[kind]))
    return found


def scene_folds(pictures: dict[str, Pictures]) -> dict[str, int]:
    """The fold of every scene of the real clips, and of every athlete who has collected."""
    rows = [row for kind in OF_SCENES if kind in pictures for row in pictures[kind].rows]
    return folds((row.scene, row.exercise) for row in rows)


def _targets(rows: Sequence[Row]) -> NDArray[np.float32]:
    targets = soft(np.array([row.travel for row in rows]))
    unknown = [row.kind == "photo" and not row.exercise for row in rows]
    targets[unknown] = np.nan
    return targets


def _weights(some: Pictures) -> NDArray[np.float64]:
    """A long clip counts more than a short one, but not by its length."""
    if some.kind == "photos":
        return np.array([SCARCE_PHOTOS.get(row.exercise, 1.0) for row in some.rows])
    if some.kind not in OF_SCENES:
        return np.ones(len(some.rows))
    count = Counter(row.scene for row in some.rows)
    return np.array(
        [SCARCE.get(row.exercise, 1.0) / np.sqrt(count[row.scene]) for row in some.rows]
    )
