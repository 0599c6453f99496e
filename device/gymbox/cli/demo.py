"""`gymbox demo`: the daemon on the bundled clip, the screen drawn in the terminal."""

import argparse
import json
import logging
import sys
import tempfile
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import Any

from gymbox import box
from gymbox.camera.clip import ClipCamera
from gymbox.cli.lines import line_of
from gymbox.cli.stdout import say
from gymbox.events import Event, Summary
from gymbox.health import journal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--fast", action="store_true", help="not at the speed of the recording")


def run(args: argparse.Namespace) -> int:
    """Plays the clip; 0 only if the box counts what the labels say."""
    journal.start(logging.WARNING)
    bundle = resources.files("gymbox").joinpath("demo")
    labels = json.loads(bundle.joinpath("squats.json").read_text("utf-8"))
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gymbox-demo-"))
        path = stack.enter_context(resources.as_file(bundle.joinpath("squats.mp4")))
        summary = _play(args, path, folder, labels)
    return _judge(summary, labels)


def _play(args: argparse.Namespace, path: Path, folder: str, labels: dict[str, Any]) -> Summary:
    """The daemon as `gymbox run` has it, with a log of its own."""
    changes = box.DESKTOP | {"log.folder": folder, "training.exercise": labels["exercise"]}
    settings = args.settings.with_values(changes, "gymbox demo")
    with ClipCamera(path, paced=not args.fast) as clip:
        outputs = [] if sys.stdout.isatty() else [_print]
        with box.open_box(settings, camera=clip, log=True, outputs=outputs) as parts:
            return parts.run()


def _print(event: Event) -> None:
    if line := line_of(event):
        say(line, go_on=True)


def _judge(summary: Summary, labels: dict[str, Any]) -> int:
    """Says whether the count is right."""
    right = summary.exercise == labels["exercise"] and summary.reps == labels["reps"]
    counted = f"{summary.reps} repetitions of {summary.exercise} in {len(summary.sets)} set"
    known = f"{labels['reps']} complete and {labels['partials']} partial"
    verdict = "right" if right else "WRONG"
    # The exit code is the answer, whether or not anybody reads the words.
    say(f"counted {counted}; the clip holds {known}: {verdict}", go_on=True)
    return 0 if right else 1
