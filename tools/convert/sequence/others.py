"""Sequences of movements that the box does not know: `python -m tools.convert.sequence.others`.

Athletes of `tools.synth` do what `others.toml` says, seen as `make sequences` sees them, in shards
of the same form with the exercise `unknown`; those that are one (a curl on a preacher bench) bear
its name. What each performance is says a table beside the shard. Needs the extra `synth`.
"""

import argparse
import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gymbox.cli.progress import Progress
from tools.convert.sequence.labels import LABELS, UNKNOWN
from tools.synth.moves import take as takes
from tools.synth.moves.exercise import Exercise, Pose
from tools.synth.sets import recipe, sequences, shoot
from tools.synth.sets.order import Order, draw
from tools.synth.sets.recipe import Spec
from tools.synth.sets.shards import packed

TABLE = Path(__file__).with_name("others.toml")
PERFORMANCES, CAMERAS = 250, 4
"""In a shard, and how many look at each."""
ANYTHING, KNOWN, ONE_SIDED = 0.25, 0.2, 0.25
"""Chances of a movement made of any angles, of one that the box knows, and that one side does it
alone."""
PLACED = ("anchor", "height", "reach", "split", "grip", "ahead")
SEED = 7
FIRST = 10_000_000
"""Performances are numbered from here on, apart from those of `make sequences`."""


def main() -> None:
    """Makes shards; those that are there are kept."""
    parser = argparse.ArgumentParser(description="Make landmark sequences of other movements.")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--count", type=int, default=10, help="shards of 1000; default: 10")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    spec = replace(recipe.read(recipe.DEFAULT)["sequences"], unknown=1.0)
    progress = Progress("others", options.count)
    for index in range(options.count):
        path = options.out / f"{index:06d}.npz"
        if not path.exists():
            draft = path.with_suffix(".part.npz")
            seen = list(shard(spec, index))
            does = {one.facts["performance"]: one.facts.pop("movement") for one in seen}
            path.with_suffix(".json").write_text(json.dumps(does), encoding="utf-8")
            np.savez(draft, **packed(seen))
            draft.rename(path)
        progress.step()
    progress.close()


def shard(spec: Spec, index: int) -> Iterator[sequences.Sequence]:
    """All sequences of a shard."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    for number in range(index * PERFORMANCES, (index + 1) * PERFORMANCES):
        source = np.random.SeedSequence([SEED, number])
        rng, *looking = map(np.random.default_rng, source.spawn(1 + CAMERAS))
        order = draw(spec, number, rng)
        exercise = invent(table, rng)
        athlete = shoot.person(rng, lambda body, rng: _act(exercise, order, body, rng))  # noqa: B023
        for eye in looking:
            seen = sequences._looked(spec, FIRST + number, order, athlete, eye)  # noqa: SLF001
            seen.facts["movement"] = exercise.name
            if exercise.name not in LABELS:
                seen.facts["exercise"] = UNKNOWN
                seen.frames["phase"][:] = sequences.PHASES.index("idle")
            yield seen


def _act(exercise: Exercise, order: Order, body: Any, rng: np.random.Generator) -> takes.Take:  # noqa: ANN401
    count = int(rng.integers(2, 8))
    pause = rng.uniform(0.0, 1.0, 2)
    return takes.perform(
        exercise,
        body.skeleton,
        rng,
        fps=order.fps,
        count=count,
        partials=tuple(rng.uniform(0.4, 0.8, int(rng.integers(0, 2)))),
        before=float(pause[0]),
        after=float(pause[1]),
    )


def invent(table: dict[str, Any], rng: np.random.Generator) -> Exercise:
    """Draws a posture and a movement in it."""
    postures, does = table["postures"], "anything"
    if rng.random() < ANYTHING:
        name = str(rng.choice(sorted(postures)))
        start, turn, quick = *_anything(table["anything"], name, rng), False
    else:
        does, movement = _movement(table["movements"], rng)
        name = _posture(movement["in"], table, rng)
        start, turn = dict(movement["start"]), dict(movement["turn"])
        quick = bool(movement.get("quick", False))
        if movement.get("side", rng.random() < ONE_SIDED):
            start, turn = _one_side(start, turn, rng)
        if rng.random() < 0.5:  # noqa: PLR2004
            start, turn = _swapped(start), _swapped(turn)
    # Whoever lifts a leg while standing is kept by the height of the hips, not by both feet.
    posture = (
        postures["stand"] | {"anchor": "seat", "height": 0.92}
        if name == "stand_free"
        else postures[name]
    )
    base = {key: value for key, value in posture.items() if key not in PLACED}
    shift = {key: float(rng.normal(0, 5)) for key in base}
    begin = {key: base[key] + shift[key] for key in base}
    first = {**begin, **_varied(start, rng)}
    last = {**first, **_varied(turn, rng)}
    slow = 0.5 if quick else float(rng.uniform(0.8, 1.5))
    return Exercise(
        name=does,
        first="concentric",
        anchor=posture["anchor"],
        hold={},
        pace={
            "out": (0.5 * slow, 1.6 * slow),
            "turn": (0.0, 0.3 * slow),
            "back": (0.5 * slow, 1.6 * slow),
            "rest": (0.0, 0.5 * slow),
        },
        stance={
            "width": (0.2, 0.5),
            "toes_out": (0.0, 24.0),
            "split": tuple(posture.get("split", (0, 0))),
        },
        place={key: posture[key] for key in PLACED[1:] if key in posture and key != "split"},
        vary=dict.fromkeys(("pitch", "gaze", "elbow"), (2.0, 3.0)),
        way="step",
        poses=({"depth": 0.0, **first}, {"depth": 1.0, **last}),
    )


def _movement(movements: dict[str, Any], rng: np.random.Generator) -> tuple[str, dict[str, Any]]:
    """One of them, with its name: that of the exercise if it is one."""
    known = rng.random() < KNOWN
    name = str(rng.choice(sorted(key for key, one in movements.items() if ("is" in one) == known)))
    return movements[name].get("is", name), movements[name]


def _posture(allowed: list[str], table: dict[str, Any], rng: np.random.Generator) -> str:
    if allowed == ["all"]:
        return str(rng.choice(sorted(table["postures"])))
    return str(rng.choice(allowed))


def _anything(ranges: dict[str, Any], posture: str, rng: np.random.Generator) -> tuple[Pose, Pose]:
    """Two poses that nothing known lies between."""
    while True:
        names = [name for name in ranges if rng.random() < 0.5]  # noqa: PLR2004
        if posture in {"hang", "prop", "all_fours", "plank_high", "plank_low", "side_plank"}:
            names = [name for name in names if not name.startswith(("arm", "elbow"))]
        start = {name: float(rng.uniform(*ranges[name])) for name in names}
        turn = {name: float(rng.uniform(*ranges[name])) for name in names}
        if names and not _known(start, turn):
            return start, turn


def _known(start: Pose, turn: Pose) -> bool:
    """Whether it is much like a curl, a raise or a press, whatever the posture."""

    def change(name: str) -> float:
        return abs(turn.get(name, 0.0) - start.get(name, 0.0))

    high = max(start.get("arm", 8.0), turn.get("arm", 8.0))
    plane = max(start.get("arm_plane", 60.0), turn.get("arm_plane", 60.0))
    curl = change("elbow") > 40 and high < 50  # noqa: PLR2004
    raised = change("arm") > 35 and plane > 45  # noqa: PLR2004
    pressed = change("elbow") > 40 and high > 110  # noqa: PLR2004
    legs = change("knee") > 30  # noqa: PLR2004
    return curl or raised or pressed or legs


def _one_side(start: Pose, turn: Pose, rng: np.random.Generator) -> tuple[Pose, Pose]:
    """The same with one arm or leg alone; the other side keeps its start."""
    end = "_l" if rng.random() < 0.5 else "_r"  # noqa: PLR2004
    central = {"pitch", "roll", "heading", "spine", "side", "twist", "gaze", "turn_head"}

    def sided(pose: Pose) -> Pose:
        return {
            (key if key in central or key.endswith(("_l", "_r")) else key + end): value
            for key, value in pose.items()
        }

    return (start if rng.random() < 0.5 else sided(start)), sided(turn)  # noqa: PLR2004


def _swapped(pose: Pose) -> Pose:
    """Left for right."""
    ends = {"_l": "_r", "_r": "_l"}
    return {
        (key[:-2] + ends[key[-2:]] if key[-2:] in ends else key): (
            -value if key in {"twist", "side"} else value
        )
        for key, value in pose.items()
    }


def _varied(pose: Pose, rng: np.random.Generator) -> Pose:
    return {
        key: value * float(rng.uniform(0.85, 1.15)) + float(rng.normal(0, 5))
        for key, value in pose.items()
    }


if __name__ == "__main__":
    main()
