"""What to record next: that of which there is least. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gymbox.collection.take import ACTIVITIES, DIRECTIONS, NONE, UNKNOWN, Order, Take

IDLE_AFTER = 3
"""Takes of exercises for each of rest and daily life."""


def suggest(takes: Iterable[Take], exercises: Sequence[str], order: Order) -> Order:
    """The take that is missing most.

    The combination of exercise and direction with the fewest examples; of equals one from where the
    camera stands now, then the exercise with the fewest examples at all, then the first of the
    list. After every three exercises comes something that is none.

    Args:
        takes: the collection.
        exercises: that can be recorded.
        order: of the take before: athlete, height and number of repetitions stay, pictures do not.
    """
    kept = list(takes)
    idle = Counter(take.activity for take in kept if take.exercise == NONE)
    trained = Counter((take.exercise, take.direction) for take in kept if take.exercise != NONE)
    if trained.total() >= IDLE_AFTER * (idle.total() + 1):
        activity = min(ACTIVITIES, key=lambda name: idle[name])
        return replace(order, exercise=NONE, activity=activity, pictures=False)
    by_exercise = Counter[str]()
    for (exercise, _), count in trained.items():
        by_exercise[exercise] += count
    near = DIRECTIONS.index(order.direction)
    around = DIRECTIONS[near:] + DIRECTIONS[:near]
    exercise, direction = min(
        ((name, place) for name in exercises if name != UNKNOWN for place in around),
        key=lambda both: (trained[both], around.index(both[1]) > 0, by_exercise[both[0]]),
    )
    return replace(order, exercise=exercise, activity="", direction=direction, pictures=False)
