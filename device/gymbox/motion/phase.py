"""What one picture says about the phase of a repetition."""

from typing import NamedTuple

LABELS = ("up", "down", "neither")
"""Classes of the phase network, in the order of its output."""


class PhaseScores(NamedTuple):
    """The chance of each class, 0..1, together 1.

    Up and down are the outer thirds of the travel; neither is the middle third, and everything that
    is no such movement: nobody there, other exercises, a walk to the water.
    """

    up: float
    down: float
    neither: float
