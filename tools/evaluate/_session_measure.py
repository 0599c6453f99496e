"""All clips through the modes of the box: what was counted and named, at every frame rate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gymbox.motion.recording import load_poses
from gymbox.reps.profiles import profile, profiles
from tools.convert.sequence.labels import LABELS, label_of
from tools.evaluate._count_clips import Clip, judged
from tools.evaluate._count_run import TimedPose, count, observations, thinned
from tools.evaluate._session_recognisers import Recognisers
from tools.evaluate._session_run import Heard, auto, told
from tools.evaluate._session_scores import Delay, Outcome

RATES = (30.0, 15.0, 8.0, 5.0)
"""Frames a second to judge at, by leaving out frames; the first is all that the clips have."""
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the box made of a clip at a frame rate.

    Attributes:
        fps: frames a second, at most.
        told: by count mode, None where the clip has no count or no exercise of the box.
        auto: by auto mode.
        native: frames a second of the recording.
    """

    fps: float
    told: Outcome | None
    auto: Outcome
    native: float


def judge(
    clip: Clip, recording: Sequence[TimedPose], rates: Sequence[float], makers: Recognisers
) -> list[Judged]:
    """Counts a clip, exercise told where it is one of the box, and not told.

    Args:
        clip: what.
        recording: poses at all frames of the clip.
        rates: frames a second, by leaving out frames.
        makers: of recognisers.
    """
    seconds = recording[-1][0] if recording else 0.0
    native = (len(recording) - 1) / seconds if seconds else 1.0
    out = []
    for fps in rates:
        frames = thinned(recording, fps)
        by_button = told(frames, clip.exercise) if judged([clip]) else None
        by_itself = auto(frames, makers.of_scene(clip.scene))
        first = _outcome(clip, by_button, None) if by_button else None
        out.append(Judged(fps, first, _outcome(clip, by_itself, by_button), native))
    return out


@dataclass(slots=True)
class Outcomes:
    """What the box made of all clips, by frame rate.

    Attributes:
        told: clips with a count, of exercises of the box.
        auto: all clips.
        native: frames a second of a clip, as it was recorded.
    """

    told: dict[float, list[Outcome]] = field(default_factory=dict)
    auto: dict[float, list[Outcome]] = field(default_factory=dict)
    native: dict[str, float] = field(default_factory=dict)

    def add(self, found: Iterable[Judged]) -> None:
        """Takes what was made of a clip."""
        for one in found:
            if one.told:
                self.told.setdefault(one.fps, []).append(one.told)
            self.auto.setdefault(one.fps, []).append(one.auto)
            self.native.setdefault(one.auto.clip.name, one.native)

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
        ever=heard.ever,
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

    def __add__(self, other: "Idle") -> "Idle":
        names = dict.fromkeys([*self.asked, *other.asked])
        asked = {name: self.asked.get(name, 0) + other.asked.get(name, 0) for name in names}
        return Idle(self.seconds + other.seconds, self.ghosts + other.ghosts, asked)

    @property
    def per_hour(self) -> float:
        """Ghosts of auto mode in an hour."""
        return sum(reps for _, _, reps in self.ghosts) * 3600 / max(self.seconds, 1e-9)


def idle(file: Path, makers: Recognisers) -> Idle:
    """Auto mode and every exercise of count mode in a recording without any exercise.

    Raises:
        InputError: the file cannot be read.
    """
    recording = list(load_poses(file))
    heard = auto(recording, makers.shipped())
    ghosts = ((file.stem, heard.exercise, heard.told),) if heard.told else ()
    seen = list(observations(recording))
    names = [name for name in LABELS if name in profiles()]
    return Idle(heard.ended, ghosts, {name: len(count(seen, profile(name)).reps) for name in names})
