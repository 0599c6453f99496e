"""Demonstrations by the stick figure."""

from collections.abc import Callable

import numpy as np

from gymbox.motion.landmarks import Pose
from gymbox.teaching.lesson import Lesson, TimedPose, teach
from gymbox.teaching.taught import Taught
from gymbox.teaching.template import learn
from tests.reps.stick_figure import Joints, arm_swing, pose, wave


def shown(
    move: Callable[[float], Joints],
    reps: int = 3,
    *,
    period: float = 2.0,
    fps: float = 15.0,
    yaw: float = 60.0,
    depth: float = 1.0,
    noise: float = 0.0,
    begin: float = 0.0,
) -> list[TimedPose]:
    """Some repetitions with half a second of the start pose on either side."""
    progress = wave(reps, period, depth=depth)
    rng = np.random.default_rng(5)
    times = np.arange(0, reps * period + 1, 1 / fps)
    recording: list[TimedPose] = []
    for t in times.tolist():
        found = pose(move(progress(t)), begin + t, yaw)
        found.points[:] += rng.normal(0, 200 * noise, found.points.shape)
        found.world[:] += rng.normal(0, noise, found.world.shape)
        recording.append((begin + t, found))
    return recording


def taught(name: str = "front_raise", move: Callable[[float], Joints] = arm_swing) -> Taught:
    """An exercise that was taught by the stick figure."""
    recording = shown(move)
    lesson = teach(recording)
    assert isinstance(lesson, Lesson)
    poses: list[Pose] = [found for _, found in recording if found is not None]
    one = Taught(lesson.profile, learn(poses, lesson.cycles), len(lesson.cycles))
    return one.named(name)
