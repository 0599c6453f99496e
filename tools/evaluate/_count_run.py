"""Counting on recorded poses: the counter of the box, and the open rule it has to beat."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from gymbox.events import Event, Rep
from gymbox.motion.landmarks import Pose
from gymbox.motion.observe import Body, Observation, observe
from gymbox.motion.recording import PoseRecorder, load_poses
from gymbox.reps import counter, sets
from gymbox.reps.counter import Counter, CounterEvent
from gymbox.reps.profiles import Profile
from gymbox.reps.progress import measure
from gymbox.reps.sets import SetRules, SetState

RULES = SetRules()
BENT, STRAIGHT = 90.0, 145.0
"""Degrees of the open rule."""

PoseModel = Literal["full", "lite"]
TimedPose = tuple[float, Pose | None]
Seen = tuple[float, Observation | None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Count:
    """What the box counted in a recording.

    Attributes:
        reps: the events of the complete repetitions.
        partial: the partial ones.
    """

    reps: tuple[Rep, ...]
    partial: tuple[Rep, ...]


def poses(
    clip: Path, cache: Path | None, model: PoseModel = "full", *, fps: float | None = None
) -> list[TimedPose]:
    """The poses of a clip: from the cache, else found by the networks and put into it.

    Args:
        clip: the recording.
        cache: folder of one file a clip, for one model.
        model: which landmark network.
        fps: looks only at as many frames as a slower camera would have taken; None for all.

    Raises:
        InputError: the clip or its file in the cache cannot be read.
    """
    kept = cache / f"{clip.stem}.npz" if cache else None
    if kept and kept.is_file():
        return list(load_poses(kept))
    # Counting on kept poses needs neither OpenCV nor the networks.
    from gymbox.camera.clip import ClipCamera  # noqa: PLC0415
    from gymbox.inference.pose_tracker import PoseTracker  # noqa: PLC0415

    tracker = PoseTracker(model=model)
    with ClipCamera(clip) as camera:
        recorder = PoseRecorder(camera.fps, camera.size)
        found, pace = [], _Pace(fps)
        while (frame := camera.read()) is not None:
            if not pace.takes(frame.timestamp):
                continue
            pose = tracker.process(frame)
            recorder.add(frame.timestamp, pose)
            found.append((frame.timestamp, pose))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        recorder.save(kept)
    return found


def thinned(recording: Sequence[tuple[float, T]], fps: float | None) -> list[tuple[float, T]]:
    """As many of the frames as a camera of `fps` frames a second would have taken; None for all."""
    pace = _Pace(fps)
    return [(t, what) for t, what in recording if pace.takes(t)]


class _Pace:
    """Says which frames a camera of `fps` frames a second would have taken."""

    def __init__(self, fps: float | None) -> None:
        self._fps = fps
        self._due: float | None = None

    def takes(self, t: float) -> bool:
        """Whether it would have taken the frame at t seconds."""
        if self._fps is None:
            return True
        due = t if self._due is None else self._due
        if t < due - 1e-6:
            return False
        self._due = max(due + 1 / self._fps, t)
        return True


def observations(recording: Iterable[TimedPose]) -> Iterator[Seen]:
    """What the counter sees, frame by frame."""
    body: Body | None = None
    for t, pose in recording:
        if pose is None:
            yield t, None
        else:
            observation, body = observe(pose, body)
            yield t, observation


def count(seen: Sequence[Seen], profile: Profile) -> Count:
    """Counts one exercise with the set logic of the box, rests included."""
    state = SetState(exercise=profile.name, counter=Counter())
    events: list[Event] = []
    for t, observation in seen:
        counted, said = state.counter, tuple[CounterEvent, ...]()
        if observation is not None:
            counted, said = counter.step(counted, observation, profile)
        state, news = sets.step(state, counted, said, t, RULES, seen=observation is not None)
        events += news
    if seen:
        state, news = sets.finish(state, seen[-1][0])
        events += news
    told = [event for event in events if isinstance(event, Rep)]
    return Count(
        reps=tuple(rep for rep in told if not rep.partial),
        partial=tuple(rep for rep in told if rep.partial),
    )


def progress(seen: Iterable[Seen], profile: Profile) -> list[tuple[float, float]]:
    """(seconds, progress) wherever the counter can see."""
    measured = (
        (t, measure(observation, profile)) for t, observation in seen if observation is not None
    )
    return [(t, here.value) for t, here in measured if here is not None]


def open_rule(seen: Iterable[Seen], exercise: str) -> int:
    """The usual rule of open projects: bent below 90 degrees, then straight above 145 is one.

    On the better seen side's knee for squats, hip for deadlifts, elbow for the rest.
    """
    joint = {"squat": "knee", "deadlift": "hip"}.get(exercise, "elbow")
    reps, bent = 0, False
    for _, observation in seen:
        if observation is None:
            continue
        pair = observation.left[joint], observation.right[joint]
        angle = max(pair, key=lambda reading: reading.quality).value
        if angle < BENT:
            bent = True
        elif angle > STRAIGHT and bent:
            reps, bent = reps + 1, False
    return reps
