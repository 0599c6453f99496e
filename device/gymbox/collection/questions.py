"""The questions before a take, each answered by SELECT (yes) and BACK (another). Pure."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from gymbox.collection.take import ACTIVITIES, DIRECTIONS, HEIGHTS, NONE, UNKNOWN, Order

T = TypeVar("T")
REPS = (5, 8, 10, 12, 3)
ATHLETES = 9


class Question(Enum):
    """What is asked."""

    ATHLETE = "athlete"
    EXERCISE = "exercise"
    REPS = "reps"
    DIRECTION = "direction"
    HEIGHT = "height"
    PICTURES = "pictures"


def following(question: Question, order: Order) -> Question | None:
    """The next question about a take, None when all is said."""
    asked = (
        (Question.EXERCISE, Question.HEIGHT, Question.PICTURES)
        if order.idle
        else tuple(Question)[1:]
    )
    place = asked.index(question) + 1
    return asked[place] if place < len(asked) else None


def another(question: Question, order: Order, exercises: Sequence[str]) -> Order:
    """The order with the next of the possible answers; after the last comes the first.

    Args:
        question: the one that is asked.
        order: with the answer that is shown.
        exercises: the names of those that can be counted.
    """
    if question is Question.EXERCISE:
        things = [(name, "") for name in (*exercises, UNKNOWN)]
        things += [(NONE, activity) for activity in ACTIVITIES]
        exercise, activity = _after(things, (order.exercise, order.activity))
        return replace(order, exercise=exercise, activity=activity)
    if question is Question.ATHLETE:
        return replace(order, athlete=_after(range(1, ATHLETES + 1), order.athlete))
    if question is Question.REPS:
        return replace(order, reps=_after(REPS, order.reps))
    if question is Question.DIRECTION:
        return replace(order, direction=_after(DIRECTIONS, order.direction))
    if question is Question.HEIGHT:
        return replace(order, height=_after(HEIGHTS, order.height))
    return replace(order, pictures=not order.pictures)


def corrections(counted: int) -> tuple[int | None, ...]:
    """Counts to offer, the nearest first; None stands for throwing the take away."""
    near = (counted, counted - 1, counted + 1)
    far = [counted + way * step for step in range(2, 10) for way in (-1, 1)]
    return (*(n for n in near if n >= 0), None, *(n for n in far if n >= 0))


def _after(things: Sequence[T], thing: T) -> T:
    place = things.index(thing) + 1 if thing in things else 0
    return things[place % len(things)]
