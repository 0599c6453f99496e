"""The classes of the sequence net, and what the names in data belong to."""

from gymbox.reps.profiles import profiles

UNKNOWN = "unknown"
LABELS: tuple[str, ...] = (
    "squat",
    "push_up",
    "deadlift",
    "bench_press",
    "shoulder_press",
    "biceps_curl",
    "pull_up",
    "lunge",
    "leg_extension",
    "sit_up",
    "dip",
    "lateral_raise",
    UNKNOWN,
)
"""In the order of the network's outputs."""


def label_of(exercise: str) -> str:
    """The class of an exercise's name: variants belong to what they vary, others are unknown."""
    known = profiles().get(exercise)
    name = (known.variant_of or known.name) if known else exercise
    return name if name in LABELS else UNKNOWN
