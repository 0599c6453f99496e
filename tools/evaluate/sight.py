"""`python -m tools.evaluate sight`: what the second opinion is worth where poses are lost."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gymbox.camera.frame import Frame
from gymbox.events import Event, Rep
from gymbox.modes._second_opinion import EXERCISES, SecondOpinion
from gymbox.motion.phase import PhaseScores
from gymbox.reps import sets
from gymbox.reps.counter import Counter
from gymbox.reps.profiles import profile
from gymbox.reps.sets import SetRules, SetState
from tools.evaluate._count_clips import Clip, judged, load_clips
from tools.evaluate._count_run import TimedPose, observations, poses
from tools.evaluate._spot_run import Said, load_scores

SHARES = (0.0, 0.3, 0.45, 0.6)
"""Of the frames in which nobody is found."""
BURST = (0.5, 2.0)
"""Seconds that nobody is found on end."""
_PICTURE = np.zeros((1, 1, 3), np.uint8)


@dataclass(slots=True)
class Row:
    """Wrong counts of some clips by the pose alone, and with the second opinion."""

    reps: int = 0
    missed: int = 0
    ghosts: int = 0
    missed_with: int = 0
    ghosts_with: int = 0
    frames: int = 0
    asked: int = 0


class Recorded:
    """Says what the network said of the frame at that time, and counts how often it is asked."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._times = np.array([t for t, _ in said])
        self._said = [scores for _, scores in said]
        self.asked = 0

    def classify(self, frame: Frame) -> PhaseScores:
        """The scores of the frame."""
        self.asked += 1
        return self._said[int(np.abs(self._times - frame.timestamp).argmin())]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--clips", type=Path, required=True, help="folder of the recordings")
    parser.add_argument("--csv", type=Path, required=True, help="table in the form of clips.csv")
    parser.add_argument("--landmarks", type=Path, help="folder that keeps the poses between runs")
    parser.add_argument(
        "--scores", type=Path, required=True, help="what networks out of fold say, see `spot`"
    )
    parser.add_argument("--out", type=Path, help="the report to write (Markdown)")


def run(args: argparse.Namespace) -> int:
    """Counts the strict push-ups and squats with poses taken away.

    Raises:
        InputError: table, clips or scores are missing.
    """
    rows = {(name, share): Row() for name in EXERCISES for share in SHARES}
    for clip in judged(load_clips(args.csv, args.clips)):
        if not clip.strict or clip.exercise not in EXERCISES:
            continue
        recording = poses(clip.file, args.landmarks)
        said = load_scores(args.scores / f"{clip.name}.npz")
        for share in SHARES:
            rng = np.random.default_rng(int(share * 100) + len(recording))
            _judge(clip, _bursts(recording, share, rng), said, rows[clip.exercise, share])
    report = HEAD.format(rows="\n".join(_line(key, row) for key, row in rows.items()))
    print(report)
    if args.out:
        args.out.write_text(report, encoding="utf-8")
    return 0


def _judge(clip: Clip, recording: list[TimedPose], said: Sequence[Said], row: Row) -> None:
    network = Recorded(said)
    alone, seen = count(recording, clip.exercise, None), count(recording, clip.exercise, network)
    row.reps += clip.reps or 0
    row.missed += max(0, clip.low - alone)
    row.ghosts += max(0, alone - clip.high)
    row.missed_with += max(0, clip.low - seen)
    row.ghosts_with += max(0, seen - clip.high)
    row.frames += len(recording)
    row.asked += network.asked


def count(recording: Sequence[TimedPose], exercise: str, network: Recorded | None) -> int:
    """The complete repetitions that the box counts, with the network's opinion or without."""
    opinion, told = SecondOpinion(network), profile(exercise)
    state = SetState(exercise=exercise, counter=Counter())
    events: list[Event] = []
    for index, (t, observation) in enumerate(observations(recording)):
        frame = Frame(_PICTURE, t, index)
        counted, said = opinion.step(state.counter, observation, frame, told)
        state, news = sets.step(state, counted, said, t, SetRules(), seen=observation is not None)
        events += news
    state, news = sets.finish(state, recording[-1][0])
    return sum(isinstance(event, Rep) and not event.partial for event in (*events, *news))


def _bursts(recording: list[TimedPose], share: float, rng: np.random.Generator) -> list[TimedPose]:
    times = np.array([t for t, _ in recording])
    gone = np.zeros(len(recording), bool)
    while gone.mean() < share:
        begin = rng.uniform(-1.0, times[-1])
        gone |= (times >= begin) & (times < begin + rng.uniform(*BURST))
    return [(t, None if away else pose) for (t, pose), away in zip(recording, gone, strict=True)]


def _line(key: tuple[str, float], row: Row) -> str:
    return (
        f"| {key[0]} | {key[1]:.0%} | {row.reps} | {row.missed} | {row.ghosts} | "
        f"{row.missed_with} | {row.ghosts_with} | {row.asked / max(1, row.frames):.0%} |"
    )


HEAD = """\
# A second opinion where poses are lost

Made by `python -m tools.evaluate sight --clips DIR --csv clips.csv --scores DIR`: the strict
push-ups and squats of real people, their poses taken away for 0.5 to 2 seconds at a time. The
scores are those of networks that have seen no frame of the clip's scene. Asked: share of the
frames that the network has to look at.

| | no pose in | reps | missed, pose alone | ghosts | missed with it | ghosts | asked |
|---|---|---|---|---|---|---|---|
{rows}
"""
