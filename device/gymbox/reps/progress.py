"""How far a movement is between start pose and turn: one number from all signals of a profile."""

from collections.abc import Mapping
from dataclasses import dataclass

from gymbox.motion.observe import Observation
from gymbox.motion.signals import Reading
from gymbox.reps.profiles import Bound, Profile

FAVOUR_VISIBLE = 3.0
"""Power of the visibility in the weight of a side: the hidden arm of a side view is a guess."""
SEEN = 0.3
"""Quality from which a reading is used."""
TRUSTED = 0.5
"""Quality from which a side may hold the other one back."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where in a repetition the athlete is.

    Attributes:
        value: 0 in the start pose, 1 at the turn; may go beyond both.
        quality: 0..1, how well the joints that decide were seen.
    """

    value: float
    quality: float


def measure(observation: Observation, profile: Profile) -> Progress | None:
    """The progress that an observation shows.

    Returns:
        None where the required joints are not seen or the posture is not that of the exercise.
    """
    sides = [
        side
        for side in (
            _side(observation.left, profile),
            _side(observation.right, profile),
        )
        if side is not None
    ]
    if not sides or not all(_holds(bound, observation) for bound in profile.posture):
        return None
    if profile.sides == "any":
        return max(sides, key=lambda side: side.value)
    if profile.sides == "both" and all(side.quality >= TRUSTED for side in sides):
        return min(sides, key=lambda side: side.value)
    weights = [side.quality**FAVOUR_VISIBLE for side in sides]
    value = _mean([side.value for side in sides], weights)
    return Progress(value, max(side.quality for side in sides))


def seen(observation: Observation, profile: Profile) -> float:
    """0..1, how well the joints that decide are seen, whatever the posture."""
    sides = _side(observation.left, profile), _side(observation.right, profile)
    return max((side.quality for side in sides if side is not None), default=0.0)


def _side(readings: Mapping[str, Reading], profile: Profile) -> Progress | None:
    seen = [
        (signal, readings[signal.name])
        for signal in profile.signals
        if readings[signal.name].quality >= SEEN
    ]
    if not seen:
        return None
    weights = [signal.weight * reading.quality for signal, reading in seen]
    return Progress(
        _mean([signal.progress(reading.value) for signal, reading in seen], weights),
        _mean([reading.quality for _, reading in seen], weights),
    )


def _holds(bound: Bound, observation: Observation) -> bool:
    """Whether a bound is kept, as far as can be seen."""
    pair = observation.left[bound.signal], observation.right[bound.signal]
    seen = [reading for reading in pair if reading.quality >= SEEN]
    if not seen:
        return True
    weights = [reading.quality**FAVOUR_VISIBLE for reading in seen]
    return bound.min <= _mean([reading.value for reading in seen], weights) <= bound.max


def _mean(values: list[float], weights: list[float]) -> float:
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
