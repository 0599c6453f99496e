"""Which scenes are judged together, by a model that has seen none of them."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

FOLDS = 5


def folds(clips: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Deals scenes to folds so that each fold gets its part of every class.

    Args:
        clips: scene and class of each.

    Returns:
        The fold of each scene: the largest scenes first, then by a hash of the name, each to the
        fold that has the fewest clips of its classes.
    """
    held: dict[str, Counter[int]] = defaultdict(Counter)
    for scene, label in clips:
        held[scene][label] += 1
    have = [Counter[int]() for _ in range(FOLDS)]
    out = {}
    for scene in sorted(held, key=lambda name: (-held[name].total(), _hash(name))):
        labels = held[scene]
        fold = min(
            range(FOLDS),
            key=lambda k: (sum(have[k][label] for label in labels), have[k].total(), k),
        )
        out[scene] = fold
        have[fold] += labels
    return out


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
