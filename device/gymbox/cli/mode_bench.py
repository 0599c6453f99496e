"""How long a mode takes over a frame: the pose, the other networks, and all the rest."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gymbox.camera.frame import Frame
from gymbox.cli.measures import WARM_UP, overhead, spread
from gymbox.cli.pose_bench import PoseBench
from gymbox.config import Settings
from gymbox.display import Status
from gymbox.eyes import Spotter, Teller, Watch
from gymbox.inference.runtime import Network
from gymbox.mode_table import TABLE
from gymbox.motion.landmarks import Pose
from gymbox.motion.phase import PhaseScores
from gymbox.parts import Parts

MODES = ("auto", "count")
"""Those that can be measured: they look for a pose and count it."""
Clock = Callable[[], float]


class Ledger:
    """What went where while one frame was worked on, seconds.

    Attributes:
        spent: by part.
        bare: of the networks alone.
        aside: for the measuring itself, which is no cost of the mode.
        staged: the stages of the pose were timed in this frame.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.clear()

    def clear(self) -> None:
        """Begins another frame."""
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.bare = self.aside = 0.0
        self.staged = False

    def run_again(self, network: Network) -> None:
        """Times a network on the tensors that still lie in its input."""
        begun = self.clock()
        network.invoke()
        seconds = self.clock() - begun
        self.bare += seconds
        self.aside += seconds


class TimedWatch(Watch):
    """Finds the pose with the one tracker of the bench."""

    def __init__(self, settings: Settings, pose: PoseBench, ledger: Ledger) -> None:
        super().__init__(settings)
        self._bench = pose
        self._ledger = ledger

    def process(self, frame: Frame) -> Pose | None:
        """The athlete in the frame, None if nobody is seen."""
        begun = self._ledger.clock()
        step = self._bench.step(frame)
        self._ledger.spent["pose"] += step.seconds
        self._ledger.bare += step.bare
        self._ledger.staged = step.staged
        self._ledger.aside += self._ledger.clock() - begun - step.seconds
        return step.pose


class TimedTeller(Teller):
    """The recogniser of exercises, timed."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        super().__init__(settings)
        self._ledger = ledger

    def chances(self) -> Mapping[str, float]:
        """The chance of each exercise and of "unknown", together 1."""
        begun = self._ledger.clock()
        chances = super().chances()
        self._ledger.spent["recogniser"] += self._ledger.clock() - begun
        self._ledger.run_again(self.build().network)
        return chances


class TimedSpotter(Spotter):
    """The phase network, timed."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        super().__init__(settings)
        self._ledger = ledger

    def classify(self, frame: Frame) -> PhaseScores:
        """The chances of up, down and neither."""
        begun = self._ledger.clock()
        scores = super().classify(frame)
        self._ledger.spent["phase"] += self._ledger.clock() - begun
        self._ledger.run_again(self.build().network)
        return scores


class ModeBench:
    """Times a mode as the table makes it, with what it shows.

    Args:
        mode: one of `MODES`.
        settings: the settings in force.
        clock: seconds.
    """

    def __init__(self, mode: str, settings: Settings, clock: Clock = time.perf_counter) -> None:
        self._pose = PoseBench(
            model=settings.pose_model,
            threads=settings.integer("pose", "threads"),
            models=settings.models_folder,
            clock=clock,
        )
        self._ledger = Ledger(clock)
        parts = replace(
            Parts.of(settings, live=False),
            watch=TimedWatch(settings, self._pose, self._ledger),
            teller=TimedTeller(settings, self._ledger),
            spotter=TimedSpotter(settings, self._ledger),
        )
        if mode == "auto":
            parts.teller.build()  # as when the box is switched on
        self._mode = TABLE[mode][0](parts, None)
        self._parts: defaultdict[str, list[float]] = defaultdict(list)
        self._timed = 0
        self._whole: list[float] = []
        self._bare: list[float] = []

    def step(self, frame: Frame) -> None:
        """Works on one frame as the loop does, and times it."""
        ledger = self._ledger
        ledger.clear()
        begun = ledger.clock()
        self._mode.update(frame)
        self._mode.display(frame.timestamp, Status())
        whole = ledger.clock() - begun - ledger.aside
        self._timed += not ledger.staged
        if ledger.staged or self._timed <= WARM_UP:
            return
        self._whole.append(whole)
        self._bare.append(ledger.bare)
        for part, seconds in ledger.spent.items():
            self._parts[part].append(seconds)
        self._parts["counting"].append(whole - sum(ledger.spent.values()))

    def figures(self) -> dict[str, Any]:
        """What the pose takes, and under "mode" what the mode takes with it, milliseconds.

        Raises:
            InputError: there were too few frames to say anything.
        """
        pose = self._pose.figures()
        mode = {
            "name": self._mode.name,
            "parts": {name: spread(times) for name, times in self._parts.items()},
            "step": spread(self._whole),
            "bare_invokes": spread(self._bare),
            "overhead": overhead(self._whole, self._bare),
        }
        return {**pose, "mode": mode}
