"""`gymbox replay`: the same pipeline on a recording, as fast as it goes."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from gymbox import box
from gymbox.camera.clip import ClipCamera
from gymbox.cli.drafts import explained, replacing
from gymbox.cli.lines import line_of
from gymbox.cli.progress import Progress
from gymbox.cli.stdout import say
from gymbox.errors import InputError, UsageError
from gymbox.events import Event
from gymbox.modes.spot import spotted
from gymbox.motion.recording import PoseRecorder
from gymbox.teaching.library import Library

AUTO = "auto"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("clip", metavar="CLIP", type=Path, help="the recording")
    parser.add_argument(
        "--mode", choices=box.MODES, help="default: auto, or count if the exercise is named"
    )
    parser.add_argument(
        "--exercise", default=AUTO, metavar="NAME", help="such as squat; auto finds it itself"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--video", type=Path, metavar="OUT.mp4", help="with skeleton and count")
    parser.add_argument("--landmarks", type=Path, metavar="OUT.npz", help="the poses found")


def run(args: argparse.Namespace) -> int:
    """Replays the clip and prints what happened in it."""
    changes = dict(box.REPLAY)
    mode = args.mode or (AUTO if args.exercise == AUTO else "count")
    if mode in {"count", "spot"} or args.exercise != AUTO:
        changes["training.exercise"] = _exercise(args.exercise, mode, args.data)
    settings = args.settings.with_values(changes, "gymbox replay")
    _check_outputs(args.clip, args.video, args.landmarks)
    tell = _teller(as_json=args.json, go_on=bool(args.video or args.landmarks))
    with ExitStack() as stack:
        clip = stack.enter_context(ClipCamera(args.clip))
        parts = stack.enter_context(box.open_box(settings, camera=clip, mode=mode, outputs=[tell]))
        progress = Progress(args.clip.name, clip.frames or 0)
        stack.callback(progress.close)
        parts.taps.append(lambda *_: progress.step())
        if args.video:
            parts.taps.append(_video(args.video, clip, stack))
        if args.landmarks:
            parts.taps.append(stack.enter_context(_landmarks(args.landmarks, clip)))
        summary = parts.run()
        progress.close()
        tell(summary)
    if clip.warning:
        print(f"gymbox: {clip.warning}", file=sys.stderr)
    return 0


def _check_outputs(clip: Path, *outputs: Path | None) -> None:
    """Says at the beginning, not after a long replay, that its fruit has no place to go."""
    taken = [clip]
    for path in filter(None, outputs):
        if not path.absolute().parent.is_dir():
            raise InputError(f"{path} has no folder to be in", f"make {path.parent} first")
        if any(_same(path, other) for other in taken):
            raise UsageError(f"{path} is named twice", "the outputs need names of their own")
        taken.append(path)


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _video(path: Path, clip: ClipCamera, stack: ExitStack) -> box.Tap:
    """Draws every frame into a video."""
    from gymbox.cli.video import video_to  # noqa: PLC0415 (only where asked for)

    return stack.enter_context(video_to(path, clip.fps, clip.size)).add


@contextmanager
def _landmarks(path: Path, clip: ClipCamera) -> Iterator[box.Tap]:
    """Gathers the poses, and writes them at the end."""
    recorder = PoseRecorder(clip.fps, clip.size)
    with replacing(path) as draft:
        yield lambda frame, pose, _display: recorder.add(frame.timestamp, pose)
        with explained(path):
            draft.write_bytes(recorder.packed())


def _exercise(name: str, mode: str, data: Path) -> str:
    if name == AUTO:
        raise UsageError(
            f"{mode} mode cannot recognise the exercise",
            "name it with --exercise, such as --exercise squat, or leave --mode out",
        )
    known = Library.open(data).profile(name).name
    if mode == AUTO:
        raise UsageError(
            f"auto mode finds the exercise itself and cannot be told {known}",
            "leave --mode or --exercise out",
        )
    return spotted(known) if mode == "spot" else known


def _teller(*, as_json: bool, go_on: bool) -> Callable[[Event], None]:
    """Prints events; with go_on the replay is finished even if nobody reads them any more."""

    def tell(event: Event) -> None:
        if line := json.dumps(event.as_dict()) if as_json else line_of(event):
            say(line, go_on=go_on)

    return tell
