"""The whole of a lesson: a recording in, an exercise with a template out, or why not."""

from collections.abc import Callable, Sequence

from gymbox.teaching import template
from gymbox.teaching.lesson import Problem, TimedPose, teach
from gymbox.teaching.library import Library
from gymbox.teaching.likeness import too_like
from gymbox.teaching.recogniser import Recogniser
from gymbox.teaching.taught import Taught


class School:
    """Teaches the box of one library.

    Args:
        library: the exercises that a new one must differ from.
        recogniser: makes a fresh recogniser of the packaged ones, None where there is none.
    """

    def __init__(
        self, library: Library, recogniser: Callable[[], Recogniser] | None = None
    ) -> None:
        self._library = library
        self._recogniser = recogniser

    def learn(self, recording: Sequence[TimedPose]) -> Taught | Problem:
        """An exercise without a name, from a demonstration of it.

        Args:
            recording: seconds and the pose then, None where nobody was found.
        """
        lesson = teach(recording)
        if isinstance(lesson, Problem):
            return lesson
        begin, end = lesson.cycles[0].start - 1.0, lesson.cycles[-1].end + 1.0
        poses = [pose for t, pose in recording if pose is not None and begin <= t <= end]
        like = too_like(
            recording,
            lesson.cycles,
            known={
                name: one
                for name, one in self._library.profiles().items()
                if name not in self._library.taught()
            },
            taught=self._library.taught().values(),
            recogniser=self._recogniser,
        )
        return Taught(
            profile=lesson.profile,
            template=template.learn(poses, lesson.cycles),
            reps=len(lesson.cycles),
            like=like,
        )
