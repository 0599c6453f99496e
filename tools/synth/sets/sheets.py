"""Contact sheets: every exercise in its variants, every fault beside the right way, idle people."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tools.synth.moves import exercise as exercises
from tools.synth.moves import idle
from tools.synth.sets import clips, recipe
from tools.synth.sets.order import Order
from tools.synth.sets.shoot import Shoot, plan
from tools.synth.sets.studio import Picture, Studio
from tools.synth.sets.tiles import around, closer, row, save, tiled

WORDS = Path(__file__).with_suffix(".toml")
"""What each sheet shows, and from where."""
MOMENTS = (0.0, 0.35, 0.7, 1.0)
"""Depths that are shown."""
SEED, ROOM = 7, "gym"
SIDE, HEIGHT = 75.0, 1.1
"""Of the camera where nothing is said: degrees, metres."""
LARGE, SMALL, SQUARE = 300, 88, 240
"""Pixels of a tile: of exercises (less where there are many), of idle movements, of clips."""
MANY, LESS = 4, 252
"""Rows from which the tiles of an exercise are smaller, and how large these are, pixels."""
IDLE, RANDOM = "idle.jpg", "random.jpg"
GRID = (4, 6)
"""Rows and columns of random clips."""


def draw(folder: Path, names: tuple[str, ...] = ()) -> list[Path]:
    """Writes EXERCISE.jpg and EXERCISE-FAULT.jpg for some or all exercises; returns them.

    With all exercises come idle.jpg, random.jpg and a README.md that names them all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = words()
    paths = [path for name in names or exercises.names() for path in _sheets(folder, name, table)]
    if names:
        return paths
    paths += [_idle(folder / IDLE), _random(folder / RANDOM)]
    readme = folder / "README.md"
    readme.write_text(page(table), "utf-8")
    return [*paths, readme]


def words() -> dict[str, Any]:
    """What the sheets show: by exercise `see`, `from`, `height` and `faults` with the same."""
    return tomllib.loads(WORDS.read_text("utf-8"))


def page(table: dict[str, Any]) -> str:
    """The README of the sheets, Markdown."""
    parts = [HEAD]
    for name in exercises.names():
        parts.append(f"## {_said(name)}\n\n{table[name]['see']}\n\n![{_said(name)}]({name}.jpg)\n")
        for fault in exercises.load(name).faults:
            see = table[name]["faults"][fault]["see"]
            title = f"{_said(name)}: {_said(fault).lower()}"
            parts.append(f"**{_said(fault)}.** {see}\n\n![{title}]({name}-{fault}.jpg)\n")
    return "\n".join([*parts, TAIL])


HEAD = """\
# Synthetic athletes in pictures

Drawn by `python -m tools.synth sheets`. Every row is one repetition from the start pose to the
turn, at 0, 35, 70 and 100 % of its way. Under an exercise: its variants. Under a fault: the right
way above, the fault at full strength below.
"""
TAIL = f"""\
## What is not training

One movement a row, at its four most different moments; all count as `unknown`.

![Idle movements]({IDLE})

## At random

The first {GRID[0] * GRID[1]} clips of the set `test`, each in the middle of its first repetition.

![Random clips]({RANDOM})
"""


def _said(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _sheets(folder: Path, name: str, table: dict[str, Any]) -> list[Path]:
    """The sheet of an exercise and those of its faults."""
    view = table[name]
    first = view.get("seed", SEED + 10 * exercises.names().index(name))
    variants = exercises.variants(name)
    size = LARGE if len(variants) < MANY else LESS
    rows = [
        _repetition(_said(variant), _order(name, variant, view, size=size), first + k)
        for k, variant in enumerate(variants)
    ]
    paths = [save(folder / f"{name}.jpg", np.vstack(rows))]
    for fault in exercises.load(name).faults:
        view = table[name]["faults"][fault]
        rows = [
            _repetition("Right", _order(name, variants[0], view), first),
            _repetition(_said(fault), _order(name, variants[0], view, fault), first),
        ]
        paths.append(save(folder / f"{name}-{fault}.jpg", np.vstack(rows)))
    return paths


def _order(
    name: str | None,
    variant: str | None,
    view: dict[str, Any],
    fault: str | None = None,
    *,
    size: int = LARGE,
) -> Order:
    """One repetition, or nothing but an idle movement, seen by a camera that stands still."""
    return Order(
        exercise=name,
        variant=variant,
        count=1,
        partials=(),
        faults={fault: 1.0} if fault else {},
        before=(),
        after=(),
        others=0,
        passers=(),
        size=(size, size),
        fps=15.0,
        azimuth=view.get("from", SIDE),
        height=view.get("height", HEIGHT),
        view=58.0,
        nearest=0.0,
        crop=0.0,
    )


def _repetition(title: str, order: Order, seed: int) -> Picture:
    """The way out of one repetition."""
    shoot = _calm(order, seed)
    depth = shoot.people[0].take.depth
    turn = int(np.argmax(depth))
    frames = [int(np.argmin(np.abs(depth[: turn + 1] - share * depth[turn]))) for share in MOMENTS]
    return row(title, _pictures(closer(shoot, frames), frames))


def _calm(order: Order, seed: int) -> Shoot:
    return plan(
        order, np.random.SeedSequence(seed), handheld=0, film=0, blur=0, hidden=0, room=ROOM
    )


def _pictures(shoot: Shoot, frames: Sequence[int]) -> list[Picture]:
    studio = Studio(shoot)
    return [studio.picture(frame) for frame in frames]


def _idle(path: Path) -> Path:
    """All idle movements, in two columns."""
    rows = []
    for k, name in enumerate(idle.names()):
        order = replace(_order(None, None, {"from": 30.0}, size=SMALL), before=(name,))
        shoot = _calm(order, SEED + k)
        frames = apart(shoot)
        rows.append(row(_said(name), _pictures(closer(shoot, frames), frames)))
    return save(path, tiled(rows, -(-len(rows) // 2), 2))


def apart(shoot: Shoot, count: int = len(MOMENTS)) -> list[int]:
    """Frames in which the athlete is as differently posed as can be, the first one among them."""
    joints = shoot.people[0].joints.reshape(shoot.frames, -1)
    frames = [0]
    while len(frames) < count:
        gaps = [np.linalg.norm(joints - joints[frame], axis=1) for frame in frames]
        frames.append(int(np.argmax(np.min(gaps, axis=0))))
    return sorted(frames)


def _random(path: Path) -> Path:
    """The first clips of the set `test`, each in the middle of its way out."""
    spec = recipe.read()["test"]
    tiles = []
    for k in range(GRID[0] * GRID[1]):
        shoot = clips.shot(spec, k)
        reps = shoot.people[0].take.reps
        moment = 0.4 * reps[0].begin + 0.6 * reps[0].low if reps else 1.0
        frame = min(round(moment * shoot.order.fps), shoot.frames - 1)
        tiles.append(around(shoot, Studio(shoot).picture(frame), frame, SQUARE))
    return save(path, tiled(tiles, *GRID))
