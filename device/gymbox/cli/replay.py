"""`gymbox replay`: the same pipeline on a recording, as fast as it goes."""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from gymbox import box
from gymbox.camera.clip import ClipCamera
from gymbox.cli.lines import line_of
from gymbox.cli.progress import Progress
from gymbox.errors import InputError, UsageError
from gymbox.events import Event
from gymbox.motion.recording import PoseRecorder
from gymbox.reps.profiles import profile

AUTO = "auto"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("clip", metavar="CLIP", type=Path, help="the recording")
    parser.add_argument("--mode", default="count", choices=box.MODES, help="default: count")
    parser.add_argument(
        "--exercise", default=AUTO, metavar="NAME", help="such as squat; auto finds it itself"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--video", type=Path, metavar="OUT.mp4", help="with skeleton and count")
    parser.add_argument("--landmarks", type=Path, metavar="OUT.npz", help="the poses found")


def run(args: argparse.Namespace) -> int:
    """Replays the clip and prints what happened in it."""
    changes = dict(box.REPLAY)
    if args.mode == "count":
        changes["training.exercise"] = _exercise(args.exercise)
    settings = args.settings.with_values(changes, "gymbox replay")
    for path in (args.video, args.landmarks):
        _check_folder(path)
    tell: Callable[[Event], None] = _print_json if args.json else _print_line
    with ExitStack() as stack:
        clip = stack.enter_context(ClipCamera(args.clip))
        parts = stack.enter_context(
            box.open_box(settings, camera=clip, mode=args.mode, outputs=[tell])
        )
        progress = Progress(args.clip.name, clip.frames or 0)
        stack.callback(progress.close)
        parts.taps.append(lambda *_: progress.step())
        if args.video:
            _write_video(args.video, clip, parts, stack)
        recorder = _record_landmarks(clip, parts) if args.landmarks else None
        summary = parts.run()
        if recorder is not None:
            recorder.save(args.landmarks)
    tell(summary)
    if clip.warning:
        print(f"gymbox: {clip.warning}", file=sys.stderr)
    return 0


def _check_folder(path: Path | None) -> None:
    """Says at the beginning, not after a long replay, that its fruit has no place to go."""
    if path is not None and not path.absolute().parent.is_dir():
        raise InputError(f"{path} has no folder to be in", f"make {path.parent} first")


def _write_video(path: Path, clip: ClipCamera, parts: box.Box, stack: ExitStack) -> None:
    from gymbox.cli.video import VideoWriter  # noqa: PLC0415 (only where asked for)

    writer = VideoWriter(path, clip.fps, clip.size)
    stack.callback(writer.close)
    parts.taps.append(writer.add)


def _record_landmarks(clip: ClipCamera, parts: box.Box) -> PoseRecorder:
    recorder = PoseRecorder(clip.fps, clip.size)
    parts.taps.append(lambda frame, pose, _display: recorder.add(frame.timestamp, pose))
    return recorder


def _exercise(name: str) -> str:
    if name == AUTO:
        raise UsageError(
            "this version cannot recognise the exercise by itself",
            "name it with --exercise, such as --exercise squat",
        )
    return profile(name).name


def _print_json(event: Event) -> None:
    print(json.dumps(event.as_dict()), flush=True)


def _print_line(event: Event) -> None:
    if line := line_of(event):
        print(line, flush=True)
