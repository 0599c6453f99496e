"""How long the pose takes, step by step."""

import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from gymbox.camera.frame import Frame
from gymbox.cli.measures import WARM_UP, overhead, peak_memory, seconds_since_start, spread
from gymbox.errors import InputError
from gymbox.inference.pose_tracker import PoseModel, PoseTracker
from gymbox.inference.runtime import Network
from gymbox.motion.landmarks import Pose


class Step(NamedTuple):
    """One frame.

    Attributes:
        pose: what was found.
        seconds: that it took.
        bare: seconds of its bare invokes.
        staged: the stages were timed in it, so its seconds have the stopwatch in them.
    """

    pose: Pose | None
    seconds: float
    bare: float
    staged: bool


class PoseBench:
    """Times the pose step by step.

    Every frame is tracked once as the box does it; then the networks that ran are run once more on
    the tensors that still lie in their inputs. That is the bare cost, and what the step takes
    beyond it is the overhead. The stages are timed on half of the frames, the whole step on the
    others, so that the stopwatch is no part of what it measures.

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
        # The parity of its ones (Thue and Morse): every other frame would only ever meet half of
        # what a mode does each 2, 4 or 8 frames.
        self._staged = self._stages_wanted and self._frames.bit_count() % 2 == 1
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
        return Step(pose, seconds, bare, self._staged)

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
        steps, bare = self._steps[WARM_UP:], self._bare[WARM_UP:]
        if not steps:
            raise InputError(f"{self._frames} frames are too few to measure", "take a longer clip")
        return {
            **self._about,
            "runtime": self._tracker.landmarker.network.runtime,
            "frames": self._frames,
            "frames_with_athlete": self._found,
            "stages": {name: spread(times) for name, times in self._stages.items()},
            "step": spread(steps),
            "bare_invokes": spread(bare),
            "overhead": overhead(steps, bare),
            "peak_memory_mb": peak_memory(),
            "startup_s": None if self._startup is None else round(self._startup, 2),
        }
