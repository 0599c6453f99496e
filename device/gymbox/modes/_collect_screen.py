"""What collect mode shows, as plain data."""

from gymbox.collection.questions import Question
from gymbox.collection.recording import IDLE
from gymbox.collection.take import NONE, Order, Take
from gymbox.display import CollectDisplay, Status
from gymbox.modes._collect_take import TakeUnderWay


def question(asked: Question, order: Order, status: Status) -> CollectDisplay:
    """One of the questions before a take, with the answer that SELECT gives."""
    number = order.athlete if asked is Question.ATHLETE else order.reps
    return CollectDisplay(
        step=asked.value,
        exercise=order.exercise,
        activity=order.activity,
        number=number,
        direction=order.direction,
        height=order.height,
        pictures=order.pictures,
        status=status,
    )


def proposal(order: Order, takes: int, status: Status) -> CollectDisplay:
    """What is missing most."""
    return CollectDisplay(
        step="next",
        exercise=order.exercise,
        activity=order.activity,
        of=order.reps,
        direction="" if order.idle else order.direction,
        height=order.height,
        takes=takes,
        status=status,
    )


def taking(
    order: Order, under_way: TakeUnderWay | None, advice: str, status: Status
) -> CollectDisplay:
    """Getting ready, the count-in or the recording."""
    step, number, progress = "ready", 0, 0.0
    if under_way is not None:
        step, number, now = under_way.step, under_way.left, under_way.recording
        if step == "record":
            number = now.left if order.idle else now.counted
            # In steps the eye can tell apart on the screen, so that stillness draws nothing.
            progress = 1 - now.left / IDLE if order.idle else round(now.progress * 32) / 32
    return CollectDisplay(
        step=step,
        exercise=order.exercise,
        activity=order.activity,
        number=number,
        of=0 if order.idle else order.reps,
        pictures=order.pictures,
        progress=progress,
        advice=advice if step == "ready" else "",
        status=status,
    )


def review(take: Take, offer: int | None, status: Status) -> CollectDisplay:
    """Whether the count is right; None asks whether to throw the take away."""
    return CollectDisplay(
        step="review",
        exercise=take.exercise,
        activity=take.activity,
        number=offer,
        of=take.asked,
        pictures=take.pictures > 0,
        status=status,
    )


def named(take: Take) -> str:
    """A take in a few words."""
    if take.exercise == NONE:
        return take.activity
    return f"{take.exercise.replace('_', ' ')}: {take.reps} reps"
