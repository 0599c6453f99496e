"""`python -m tools.evaluate pose`: our BlazePose beside MediaPipe's, frame by frame.

Both see the same decoded frames in the same run, in turns, on one core of the machine.
"""

import argparse
import os
import platform
import shlex
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from gymbox.camera.clip import ClipCamera
from gymbox.camera.frame import Frame
from gymbox.cli.pose_bench import PoseBench
from gymbox.cli.progress import Progress
from gymbox.errors import InputError
from gymbox.inference.pose_tracker import PoseModel
from gymbox.inference.runtime import installed_runtime
from tools.evaluate._files import need
from tools.evaluate.pose_clips import choose_clips
from tools.evaluate.pose_peer import Peer
from tools.evaluate.pose_report import write_report
from tools.evaluate.pose_scores import ClipScore, agreement, speed

_MODELS: tuple[PoseModel, ...] = ("lite", "full")  # in the order of MediaPipe's model_complexity

_WARM_UP = 5  # frames of each clip that are not timed: MediaPipe loads its networks in the first


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--clips", type=Path, required=True, help="folder of the recordings")
    parser.add_argument("--csv", type=Path, required=True, help="table in the form of clips.csv")
    parser.add_argument(
        "--reference-python",
        type=Path,
        required=True,
        metavar="PYTHON",
        help="of an environment with mediapipe 0.10.18",
    )
    parser.add_argument("--count", type=int, default=20, metavar="N", help="clips (default: 20)")
    parser.add_argument(
        "--frames", type=int, default=240, metavar="N", help="of each clip, at most (default: 240)"
    )
    parser.add_argument("--out", type=Path, help="the report to write (Markdown; .json beside it)")


def run(args: argparse.Namespace) -> int:
    """Compares both models; 1 if one is too far off or too slow.

    Raises:
        InputError: the table is wrong, or a clip that it names is missing.
    """
    chosen = choose_clips(args.csv, args.count)
    need([args.clips / file for file, _ in chosen])
    core = _take_one_core()
    results: dict[str, Any] = {
        "machine": _machine(core),
        "command": _command(),
        "frames": args.frames,
        "models": {},
    }
    for complexity, model in enumerate(_MODELS):
        alone = _bench(args, chosen, model)
        with Peer(args.reference_python, complexity) as peer:
            results["machine"]["mediapipe"] = peer.version
            clips = _compare(args, chosen, model, peer)
        results["models"][model] = {
            "agreement": agreement(clips),
            "speed": speed(clips),
            "alone": alone,
            "clips": [
                {"file": clip.file, "exercise": clip.exercise, **agreement([clip]), **speed([clip])}
                for clip in clips
            ],
        }
    return write_report(results, args.out)


def _bench(
    args: argparse.Namespace, chosen: list[tuple[str, str]], model: PoseModel
) -> dict[str, Any]:
    """What `gymbox bench` measures, over all clips, while MediaPipe does not run."""
    bench = PoseBench(model=model)
    progress = Progress(f"{model} alone", len(chosen) * args.frames)
    for file, _ in chosen:
        bench.reset()
        with ClipCamera(args.clips / file) as camera:
            for _, frame in zip(range(args.frames), iter(camera.read, None), strict=False):
                bench.step(frame)
                progress.step()
    progress.close()
    return {key: bench.figures()[key] for key in ("stages", "step", "bare_invokes", "overhead")}


def _compare(
    args: argparse.Namespace, chosen: list[tuple[str, str]], model: PoseModel, peer: Peer
) -> list[ClipScore]:
    bench = PoseBench(model=model, stages=False)
    progress = Progress(model, len(chosen) * args.frames)
    clips = []
    for file, exercise in chosen:
        score = ClipScore(file, exercise)
        bench.reset()
        peer.restart()
        with ClipCamera(args.clips / file) as camera:
            for index, frame in zip(range(args.frames), iter(camera.read, None), strict=False):
                _compare_frame(frame, index, bench, peer, score)
                progress.step()
        if not score.times:
            raise InputError(f"{file} has too few frames", f"it needs more than {_WARM_UP}")
        clips.append(score)
    progress.close()
    return clips


def _compare_frame(
    frame: Frame, index: int, bench: PoseBench, peer: Peer, score: ClipScore
) -> None:
    """One frame for both; who goes first changes from frame to frame."""
    if index % 2:
        seconds, theirs = peer.process(frame.image)
        step = bench.step(frame)
    else:
        step = bench.step(frame)
        seconds, theirs = peer.process(frame.image)
    score.add(None if step.pose is None else step.pose.points, theirs)
    if index >= _WARM_UP:
        score.times.append((step.seconds, seconds))


def _take_one_core() -> int:
    """Ties this process and those it starts to one core, so that neither side has threads to gain.

    Raises:
        InputError: the system cannot do that.
    """
    if not hasattr(os, "sched_setaffinity"):
        raise InputError("this system cannot tie a process to a core", "run it on Linux")
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def _machine(core: int) -> dict[str, Any]:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        cpu = next((line.split(":")[1].strip() for line in lines if "model name" in line), cpu)
    runtime = installed_runtime()
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "core": core,
        "python": platform.python_version(),
        "runtime": f"{runtime} {_version(runtime)}",
        "numpy": _version("numpy"),
        "opencv": _version("opencv-python-headless"),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "of unknown version"


def _command() -> str:
    """The command line as typed, with folders cut to their last name."""
    words = [word.rstrip("/").rsplit("/", 1)[-1] if word[:1] in "/." else word for word in sys.argv]
    return shlex.join(["python", "-m", "tools.evaluate", *words[1:]])
