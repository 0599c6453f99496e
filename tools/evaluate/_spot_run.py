"""Counting by phases alone: what the network says of a clip, and what spot mode makes of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from gymbox.camera.clip import ClipCamera
from gymbox.camera.frame import Frame
from gymbox.errors import InputError
from gymbox.events import Rep
from gymbox.inference.motion_region import MotionRegion
from gymbox.inference.phase_net import PhaseNet
from gymbox.modes.spot import SpotMode
from gymbox.motion.phase import PhaseScores
from gymbox.reps.phases import PhaseCounter
from gymbox.reps.sets import SetRules, SetState

Said = tuple[float, PhaseScores]
"""Seconds, and what the network says of the frame."""

_PICTURE = np.zeros((1, 1, 3), np.uint8)


def ask(network: PhaseNet, clip: Path) -> list[Said]:
    """What the network says of every frame of a clip."""
    with ClipCamera(clip) as camera:
        return [(frame.timestamp, network.classify(frame)) for frame in iter(camera.read, None)]


def network_for(models: Path | None, region: str) -> PhaseNet:
    """The installed phase network, to be made anew for every clip if it follows the movement.

    Raises:
        ModelError: there is none, or it cannot be run.
    """
    return PhaseNet(models=models, region=MotionRegion() if region == "motion" else None)


def load_scores(file: Path) -> list[Said]:
    """Scores from a file: `t` [n] seconds, `scores` [n, 3] chances of up, down, neither.

    Raises:
        InputError: the file is missing or is not such a file.
    """
    try:
        with np.load(file) as arrays:
            times, scores = arrays["t"].tolist(), arrays["scores"].reshape(-1, 3).tolist()
            return [(t, PhaseScores(*row)) for t, row in zip(times, scores, strict=True)]
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise InputError(f"{file} holds no scores ({error})", "it needs t and scores") from error


def count(said: Sequence[Said], exercise: str) -> list[Rep]:
    """The complete repetitions that the mode of the box tells of."""
    state = SetState(exercise=exercise, counter=PhaseCounter())
    mode = SpotMode(_Recorded(iter(said)), state, SetRules())
    events = [
        event
        for index, (t, _) in enumerate(said)
        for event in mode.update(Frame(_PICTURE, t, index))
    ]
    events += mode.leave(said[-1][0]) if said else ()
    return [event for event in events if isinstance(event, Rep) and not event.partial]


class _Recorded:
    """Says what was said before."""

    def __init__(self, said: Iterator[Said]) -> None:
        self._said = said

    def classify(self, frame: Frame) -> PhaseScores:
        """The scores of the frame, which come in the same order."""
        t, scores = next(self._said)
        if t != frame.timestamp:
            raise ValueError(f"the scores are of {t} s, the frame is of {frame.timestamp} s")
        return scores
