"""All clips through the modes of the box: what was counted and named, at every frame rate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gymbox.motion.recording import load_poses
from gymbox.reps.profiles import profile, profiles
from tools.convert.sequence.labels import LABELS, UNKNOWN, label_of
from tools.evaluate._count_clips import Clip, judged
from tools.evaluate._count_run import TimedPose, count, observations, thinned
from tools.evaluate._session_recognisers import Recognisers
from tools.evaluate._session_run import Heard, auto, told
from tools.evaluate._session_scores import Delay, Outcome

RATES = (30.0, 15.0, 8.0, 5.0)
"""Frames a second to judge at, by leaving out frames; the first is all that the clips have."""
NEVER = float("inf")


@dataclass(slots=True)
class Outcomes:
    """What the box made of the clips, by frame rate.

    Args:
        makers: of recognisers.

    Attributes:
        told: clips with a count, of exercises of the box.
        auto: all clips.
        native: frames a second of a clip, as it was recorded.
    """

    makers: Recognisers
    told: dict[float, list[Outcome]] = field(default_factory=dict)
    auto: dict[float, list[Outcome]] = field(default_factory=dict)
    native: dict[str, float] = field(default_factory=dict)

    def judge(self, clip: Clip, recording: Sequence[TimedPose], fps: float) -> None:
        """Counts a clip at a frame rate, exercise told where it is one of the box, and not told.

        Args:
            clip: what.
            recording: poses at all frames of the clip.
            fps: frames a second.
        """
        seconds = recording[-1][0] if recording else 0.0
        self.native.setdefault(clip.name, (len(recording) - 1) / seconds if seconds else 1.0)
        frames = thinned(recording, fps)
        by_button = None
        if judged([clip]):
            by_button = told(frames, clip.exercise)
            self.told.setdefault(fps, []).append(_outcome(clip, by_button, None))
        by_itself = auto(frames, self.makers.of_scene(clip.scene))
        self.auto.setdefault(fps, []).append(_outcome(clip, by_itself, by_button))

    def native_rate(self, clip: Clip) -> float:
        """Frames a second of a clip, in which its marks are counted."""
        return self.native[clip.name]


def _outcome(clip: Clip, heard: Heard, by_button: Heard | None) -> Outcome:
    """What was said of a clip; from when it took, if count mode says when it began."""
    reps = [rep for _, rep in heard.reps]
    return Outcome(
        clip,
        len(reps),
        ends=tuple(sorted(rep.t for rep in reps)),
        seconds=heard.ended,
        said=heard.exercise,
        told=heard.told,
        wrong=sum(label_of(rep.exercise) != clip.group for rep in reps),
        delay=_delay(clip, heard, by_button) if by_button and by_button.reps else None,
    )


def _delay(clip: Clip, heard: Heard, by_button: Heard) -> Delay:
    began = by_button.began or 0.0
    named, counting = (
        NEVER if t is None else max(0.0, t - began)
        for t in (heard.named(clip.group), heard.counting(clip.group))
    )
    return Delay(named, counting, (by_button.reps[-1][1].t - began) / len(by_button.reps))


@dataclass(frozen=True, slots=True)
class Idle:
    """What was counted in recordings in which nobody trains.

    Attributes:
        seconds: of all of them.
        ghosts: (recording, exercise, repetitions told) of auto mode.
        asked: repetitions that count mode counts in all of them, by the exercise asked for.
    """

    seconds: float
    ghosts: tuple[tuple[str, str, int], ...]
    asked: Mapping[str, int]

    @property
    def per_hour(self) -> float:
        """Ghosts of auto mode in an hour."""
        return sum(reps for _, _, reps in self.ghosts) * 3600 / max(self.seconds, 1e-9)


def idle(files: Iterable[Path], makers: Recognisers) -> Idle:
    """Auto mode and every exercise of count mode in recordings without any exercise.

    Raises:
        InputError: a file cannot be read.
    """
    seconds, ghosts = 0.0, []
    names = [name for name in LABELS if name in profiles() and name != UNKNOWN]
    asked = dict.fromkeys(names, 0)
    for file in files:
        recording = list(load_poses(file))
        heard = auto(recording, makers.shipped())
        seconds += heard.ended
        if heard.told:
            ghosts.append((file.stem, heard.exercise, heard.told))
        seen = list(observations(recording))
        for name in names:
            asked[name] += len(count(seen, profile(name)).reps)
    return Idle(seconds, tuple(ghosts), asked)
