"""Which scenes are judged together: no frame of a scene is ever on both sides."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

FOLDS = 5


def folds(scenes: Iterable[tuple[str, str]], count: int = FOLDS) -> dict[str, int]:
    """The fold of every scene.

    The scenes of each exercise go in turn to the folds, in the order of a hash of their names; a
    scene of several exercises goes with its rarest.

    Args:
        scenes: (scene, exercise) of every clip.
        count: of folds.
    """
    exercises: defaultdict[str, set[str]] = defaultdict(set)
    for scene, exercise in scenes:
        exercises[scene].add(exercise)
    by_exercise: defaultdict[str, list[str]] = defaultdict(list)
    for scene, names in exercises.items():
        by_exercise[_rarest(names, exercises)].append(scene)
    fold = {}
    turn = 0
    for _, group in sorted(by_exercise.items()):
        for scene in sorted(group, key=_hash):
            fold[scene] = turn % count
            turn += 1
    return fold


def _rarest(names: set[str], exercises: dict[str, set[str]]) -> str:
    return min(sorted(names), key=lambda name: sum(name in some for some in exercises.values()))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
