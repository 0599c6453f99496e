"""Rendered athletes: are they found, are their joints where they are, are their reps counted?"""

import argparse
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from gymbox.cli.progress import Progress
from gymbox.errors import InputError
from tools.evaluate._render_scores import WHOLE, Seen, look

FOUND, NEAR, EXACT = 0.97, 0.05, 0.97
"""What is asked for: share of frames, body heights at the median, share of clips."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--set", type=Path, required=True, help="folder of tools.synth make")
    parser.add_argument("--landmarks", type=Path, help="folder that keeps what the box saw")
    parser.add_argument("--model", choices=("full", "lite"), default="full")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--out", type=Path, help="the report to write (Markdown)")


def run(args: argparse.Namespace) -> int:
    """Judges all clips; 0 if everything asked for is reached, else 1."""
    labels = sorted(path for path in args.set.glob("*.json") if path.stem.isdigit())
    if not labels:
        raise InputError(
            f"{args.set} holds no rendered clips", "make some: python -m tools.synth make test"
        )
    progress = Progress("looking", len(labels))
    clips = []
    with ProcessPoolExecutor(args.jobs, mp_context=get_context("spawn")) as pool:
        for seen in pool.map(partial(look, kept=args.landmarks, model=args.model), labels):
            clips.append(seen)
            progress.step()
    progress.close()
    report = render(clips, args.model)
    print(report)
    if args.out:
        args.out.write_text(report, encoding="utf-8")
    return 0 if all(reached(clips)) else 1


def reached(clips: Iterable[Seen]) -> tuple[bool, bool, bool]:
    """Whether athletes are found, joints near and repetitions counted as asked for."""
    found, near, exact = figures(list(clips))
    return found >= FOUND, near <= NEAR, exact >= EXACT


def figures(clips: list[Seen]) -> tuple[float, float, float]:
    """Share of frames found, median distance in body heights, share of clips counted exactly."""
    judged, found = sum(c.judged for c in clips), sum(c.found for c in clips)
    apart = np.concatenate([c.distances for c in clips] or [np.empty(0)])
    told = [c for c in clips if c.exact is not None]
    return (
        found / max(judged, 1),
        float(np.median(apart)) if len(apart) else float("inf"),
        sum(bool(c.exact) for c in told) / max(len(told), 1),
    )


def render(clips: list[Seen], model: str) -> str:
    """The report as Markdown."""
    found, near, exact = figures(clips)
    told = [c for c in clips if c.exact is not None]
    judged = sum(c.judged for c in clips)
    return HEAD.format(
        model=model,
        clips=len(clips),
        asked=(FOUND, NEAR, EXACT),
        measured=(found, near, exact),
        judged=judged,
        told=len(told),
        whole=WHOLE,
        set=clips[0].label["set"],
        exercises=_parts(clips, lambda clip: clip.label["exercise"]),
        views=_parts(clips, _view),
        people=_parts(clips, lambda clip: "alone" if clip.label["people"] == 1 else "others about"),
        rates=_parts(clips, lambda clip: f"{clip.label['fps']:02.0f} fps"),
        wrong="\n".join(_row(clip) for clip in told if not clip.exact),
    )


HEAD = """\
# Rendered athletes, as the box sees them

Made by `python -m tools.evaluate renders --set DIR --model {model}` on {clips} clips of
`python -m tools.synth make {set}`. The exercise is told.

| | asked for | measured |
|---|---|---|
| frames in which the athlete is found | {asked[0]:.0%} | {measured[0]:.1%} of {judged} |
| joints from the truth, median, in body heights | {asked[1]:.0%} | {measured[1]:.1%} |
| clips counted exactly | {asked[2]:.0%} | {measured[2]:.1%} of {told} |

Frames are judged in which {whole:.0%} of the joints lie in the picture. Clips of no exercise are
not counted. Repetitions between 0.45 and 0.75 of the way may count or not.

## By exercise

| exercise | clips | found | median distance | exact |
|---|---|---|---|---|
{exercises}

## By view, company and frame rate

| part | clips | found | median distance | exact |
|---|---|---|---|---|
{views}
{people}
{rates}

## Not counted exactly

Why: *counter* errs on the true joints as well, *landmarks* only on what the box saw.

| clip | what | said | true | why |
|---|---|---|---|---|
{wrong}
"""


VIEWS = ((30, "from the front"), (60, "at an angle"), (120, "from the side"), (180, "from behind"))


def _view(clip: Seen) -> str:
    """From where the camera looks, by its azimuth of 0 to 180 degrees from the front."""
    away = abs((clip.label["camera"]["azimuth"] + 180) % 360 - 180)
    return next(name for most, name in VIEWS if away <= most)


def _parts(clips: list[Seen], key: Callable[[Seen], str]) -> str:
    """Rows of the clips with the same key."""
    return "\n".join(
        _part(name, [clip for clip in clips if key(clip) == name])
        for name in sorted({key(clip) for clip in clips})
    )


def _part(name: str, part: list[Seen]) -> str:
    found, near, exact = figures(part)
    told = [clip for clip in part if clip.exact is not None]
    counted = f"{exact:.0%} of {len(told)}" if told else ""
    return f"| {name} | {len(part)} | {found:.1%} | {near:.1%} | {counted} |"


def _row(clip: Seen) -> str:
    label = clip.label
    faults = "".join(f", {name}" for name in label["faults"])
    camera = label["camera"]
    what = (
        f"{label['exercise']} ({label['variant']}{faults}), {label['fps']:.0f} fps, from"
        f" {camera['azimuth']:.0f}° at {camera['height']:.1f} m"
    )
    return f"| {clip.name} | {what} | {clip.counted} | {_true(label)} | {clip.reason} |"


def _true(label: dict[str, Any]) -> str:
    least, most = label["reps"], label["reps_max"]
    return str(least) if least == most else f"{least}..{most}"
