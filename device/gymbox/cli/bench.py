"""`gymbox bench`: how long each step takes, how much memory, how long until the first landmarks."""

import argparse
import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from gymbox.camera.clip import ClipCamera
from gymbox.camera.frame import Frame
from gymbox.cli.progress import Progress
from gymbox.errors import InputError
from gymbox.inference.pose_tracker import PoseModel, PoseTracker
from gymbox.inference.runtime import Network
from gymbox.motion.landmarks import Pose

DEMO = Path(__file__).parents[1] / "demo" / "squats.mp4"
"""The bundled clip."""

_WARM_UP = 5  # frames: the first runs of a network fill caches and are no measure of the rest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "clip", metavar="CLIP", type=Path, nargs="?", default=DEMO, help="default: the bundled clip"
    )
    parser.add_argument("--frames", type=int, default=300, metavar="N", help="how many at most")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    """Measures and prints."""
    bench = Bench(
        model=args.settings.pose_model,
        threads=args.settings.integer("pose", "threads"),
        models=args.settings.models_folder,
    )
    with ClipCamera(args.clip) as camera:
        progress = Progress(args.clip.name, min(args.frames, camera.frames or args.frames))
        frames = iter(camera.read, None)
        for _, frame in zip(range(args.frames), frames, strict=False):
            bench.step(frame)
            progress.step()
        progress.close()
    figures = bench.figures()
    print(json.dumps(figures) if args.json else _table(figures))
    return 0


class Step(NamedTuple):
    """One frame: the pose, the seconds it took, and the seconds of its bare invokes."""

    pose: Pose | None
    seconds: float
    bare: float


class Bench:
    """Times the pose step by step.

    Every frame is tracked once as the box does it; then the networks that ran are run once more on
    the tensors that still lie in their inputs. That is the bare cost, and what the step takes
    beyond it is the overhead. The stages are timed on every other frame, the whole step on those
    between, so that the stopwatch is no part of what it measures.

    Args:
        model: which landmark network.
        threads: of the interpreter.
        models: folder of the models, if not the usual one.
        stages: whether the stages are timed too.
        clock: seconds.
    """

    def __init__(
        self,
        *,
        model: PoseModel,
        threads: int = 1,
        models: Path | None = None,
        stages: bool = True,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._clock = clock
        self._tracker = PoseTracker(model=model, threads=threads, models=models, lap=self._lap)
        self._networks = {
            "detect_invoke": self._tracker.detector.network,
            "invoke": self._tracker.landmarker.network,
        }
        self._about = {"model": model, "threads": threads}
        self._stages: defaultdict[str, list[float]] = defaultdict(list)
        self._steps: list[float] = []
        self._bare: list[float] = []
        self._ran: list[Network] = []
        self._stages_wanted = stages
        self._staged = False
        self._frames = 0
        self._found = 0
        self._startup: float | None = None
        self._mark = 0.0

    def reset(self) -> None:
        """Forgets the athlete, before another clip."""
        self._tracker.reset()

    def step(self, frame: Frame) -> Step:
        """Tracks one frame and times it."""
        self._ran = []
        self._frames += 1
        self._staged = self._stages_wanted and self._frames % 2 == 1
        begun = self._mark = self._clock()
        pose = self._tracker.process(frame)
        seconds = self._clock() - begun
        if pose is not None:
            self._found += 1
            if self._startup is None:
                self._startup = seconds_since_start()
        bare = sum(map(self._time_bare, self._ran))
        if not self._staged:
            self._steps.append(seconds)
            self._bare.append(bare)
        return Step(pose, seconds, bare)

    def _lap(self, stage: str) -> None:
        if stage in self._networks:
            self._ran.append(self._networks[stage])
        if self._staged:
            now = self._clock()
            self._stages[stage].append(now - self._mark)
            self._mark = self._clock()

    def _time_bare(self, network: Network) -> float:
        begun = self._clock()
        network.invoke()
        return self._clock() - begun

    def figures(self) -> dict[str, Any]:
        """Everything measured, in milliseconds, megabytes and seconds.

        Raises:
            InputError: there were too few frames to say anything.
        """
        steps, bare = self._steps[_WARM_UP:], self._bare[_WARM_UP:]
        if not steps:
            raise InputError(f"{self._frames} frames are too few to measure", "take a longer clip")
        return {
            **self._about,
            "runtime": self._tracker.landmarker.network.runtime,
            "frames": self._frames,
            "frames_with_athlete": self._found,
            "stages": {name: _spread(times) for name, times in self._stages.items()},
            "step": _spread(steps),
            "bare_invokes": _spread(bare),
            "overhead": _overhead(steps, bare),
            "peak_memory_mb": peak_memory(),
            "startup_s": None if self._startup is None else round(self._startup, 2),
        }


def peak_memory() -> float:
    """The most memory that this process has held so far, megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kilobytes = peak / 1024 if sys.platform == "darwin" else peak
    return round(kilobytes / 1024, 1)


def seconds_since_start() -> float | None:
    """Seconds since this process was started, interpreter and imports included; Linux only."""
    stat = Path("/proc/self/stat")
    if not stat.exists():
        return None
    # The name of the command, in brackets, may hold spaces; the start time is field 22.
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def _spread(seconds: Iterable[float]) -> dict[str, float]:
    times = 1000 * np.asarray(list(seconds))
    p50, p95 = np.percentile(times, (50, 95)).round(3).tolist()
    return {"p50_ms": p50, "p95_ms": p95, "runs": len(times)}


def _overhead(steps: Sequence[float], bare: Sequence[float]) -> float:
    """What a step takes beyond its networks, as a share of these: the median over the frames."""
    pairs = np.column_stack([steps, bare])
    pairs = pairs[pairs[:, 1] > 0]
    return round(float(np.median(pairs[:, 0] / pairs[:, 1])) - 1, 4)


def _table(figures: dict[str, Any]) -> str:
    rows = [*figures["stages"].items(), ("whole step", figures["step"])]
    rows.append(("bare invokes", figures["bare_invokes"]))
    lines = [f"{'':<16}{'p50 ms':>9}{'p95 ms':>9}{'runs':>7}"]
    lines += [f"{n:<16}{r['p50_ms']:>9.2f}{r['p95_ms']:>9.2f}{r['runs']:>7}" for n, r in rows]
    startup = figures["startup_s"]
    lines += [
        f"overhead over the bare invokes {figures['overhead']:.1%}",
        f"peak memory {figures['peak_memory_mb']:.0f} MB",
        f"start-up to first landmarks {'not known' if startup is None else f'{startup:.2f} s'}",
        f"{figures['model']} model, {figures['runtime']}, {figures['threads']} thread(s)",
    ]
    return "\n".join(lines)
