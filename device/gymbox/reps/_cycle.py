"""Where in the cycle of a repetition the athlete is: a hidden Markov model in continuous time.

    up -> sinking -> down -> rising -> up      and aside, from anywhere: other, which leads to up

Up and down have two places each, one to arrive at and one to leave from, because nobody turns round
in no time, as a network does that is wrong for one frame.

A belief holds the chance of every place, and beside it of how many repetitions have been completed
since the last one that was told: a cycle only counts where it is closed from rising to up, so what
comes out of `other`, such as a movement that began before the recording, never does.

The belief is moved on by the time that has passed, not by frames, so any frame rate will do.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.phase import PhaseScores


class Place(IntEnum):
    """A place in the cycle; the column of a belief."""

    ARRIVED_UP = 0
    UP = 1
    SINKING = 2
    ARRIVED_DOWN = 3
    DOWN = 4
    RISING = 5
    OTHER = 6


UPPER = [Place.ARRIVED_UP, Place.UP]
BETWEEN = [Place.SINKING, Place.RISING]
LOWER = [Place.ARRIVED_DOWN, Place.DOWN]

LAYERS = 3
"""Repetitions that may be open to doubt at once: none, one, two or more; the rows of a belief."""

Belief = NDArray[np.float64]
"""[LAYERS, 7] chances, together 1; never written to."""


@dataclass(frozen=True, slots=True)
class CycleRules:
    """What is expected of athletes and of the network, before anything was seen.

    The times are means of widely spread ones (exponential), so that they only have to be of the
    right size: repetitions from 1.2 to 6 s and rests of minutes are all likely enough.

    Attributes:
        turn: seconds that an end is kept at least, so to speak: before the athlete can turn round.
        up: seconds in the upper third after that.
        travel: seconds on the way through the middle third.
        down: seconds in the lower third after `turn`.
        turn_back: seconds after which a movement turns back in the middle third.
        lost: seconds after which the athlete does something else.
        found: seconds of something else.
        right: chance that the network is right about the upper and the lower third.
        opposite: chance that it takes the one for the other.
        middle: chance that it says neither in the middle third, whose borders nobody can see.
        alike: seconds within which the network repeats its mistakes, as the pictures are alike:
            frames that come faster count for as much less.
    """

    turn: float = 0.25
    up: float = 1.2
    travel: float = 0.3
    down: float = 0.5
    turn_back: float = 1.5
    lost: float = 20.0
    found: float = 2.0
    right: float = 0.88
    opposite: float = 0.025
    middle: float = 0.55
    alike: float = 0.1


def nothing_known() -> Belief:
    """The belief before the first frame."""
    belief = np.zeros((LAYERS, len(Place)))
    belief[0, Place.OTHER] = 1.0
    return belief


def moved_on(belief: Belief, seconds: float, rules: CycleRules) -> Belief:
    """The belief after some time in which nothing was seen."""
    result: Belief = belief.ravel() @ _transition(round(seconds, 3), rules)
    return result.reshape(belief.shape)


def told(belief: Belief, scores: PhaseScores, seconds: float, rules: CycleRules) -> Belief:
    """The belief after the network has spoken.

    Args:
        belief: at the time of the frame.
        scores: of the frame.
        seconds: since the frame before.
        rules: what is expected.
    """
    weight = min(1.0, seconds / rules.alike)
    likelihood = (_says(rules) @ np.asarray(scores)) ** weight
    result: Belief = belief * likelihood
    result /= result.sum()
    return result


def one_told(belief: Belief) -> Belief:
    """The belief after a repetition was told: what it held for likely without it is dropped."""
    result = nothing_known() * 0
    result[:-1] = belief[1:]
    result /= result.sum()
    return result


def settled(belief: Belief) -> Belief:
    """The belief after it was decided that there is nothing to tell."""
    result = nothing_known() * 0
    result[0] = belief.sum(axis=0)
    return result


def fit(belief: Belief, scores: PhaseScores) -> float:
    """0..1, how well the network's words fit the places that are believed."""
    up, down = belief[:, UPPER].sum(), belief[:, LOWER].sum()
    return float(up * scores.up + down * scores.down + (1 - up - down) * scores.neither)


@lru_cache(maxsize=8)
def _says(rules: CycleRules) -> NDArray[np.float64]:
    """[7, 3] the chance that the network says up, down or neither at each place."""
    unsure, ends = 1 - rules.right - rules.opposite, (1 - rules.middle) / 2
    up, down = (rules.right, rules.opposite, unsure), (rules.opposite, rules.right, unsure)
    between, other = (ends, ends, rules.middle), (0.15, 0.15, 0.7)
    return np.array([up, up, between, down, down, between, other])


@lru_cache(maxsize=512)
def _transition(seconds: float, rules: CycleRules) -> NDArray[np.float64]:
    """[LAYERS * 7, LAYERS * 7] the chance to come from one place and count to another in a time."""
    return _exponential(_rates(rules) * seconds)


@lru_cache(maxsize=8)
def _rates(rules: CycleRules) -> NDArray[np.float64]:
    """[LAYERS * 7, LAYERS * 7] moves a second."""
    moves: dict[tuple[int, int], float] = {
        (Place.ARRIVED_UP, Place.UP): rules.turn,
        (Place.UP, Place.SINKING): rules.up,
        (Place.SINKING, Place.ARRIVED_DOWN): rules.travel,
        (Place.SINKING, Place.UP): rules.turn_back,
        (Place.ARRIVED_DOWN, Place.DOWN): rules.turn,
        (Place.DOWN, Place.RISING): rules.down,
        (Place.RISING, Place.DOWN): rules.turn_back,
        (Place.OTHER, Place.UP): rules.found,
        **{(place, Place.OTHER): rules.lost for place in Place if place is not Place.OTHER},
    }
    rates = np.zeros((LAYERS, len(Place), LAYERS, len(Place)))
    for layer in range(LAYERS):
        for (begin, end), seconds in moves.items():
            rates[layer, begin, layer, end] = 1 / seconds
        # The only move that completes a repetition.
        more = min(layer + 1, LAYERS - 1)
        rates[layer, Place.RISING, more, Place.ARRIVED_UP] = 1 / rules.travel
    flat = rates.reshape(LAYERS * len(Place), LAYERS * len(Place))
    result: NDArray[np.float64] = flat - np.diag(flat.sum(axis=1))
    return result


def _exponential(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The exponential of a matrix, by its series for a part so small that it ends quickly."""
    halvings = max(0, int(np.ceil(np.log2(max(np.abs(matrix).sum(axis=1).max(), 1e-9)))) + 3)
    part = matrix / 2**halvings
    term = result = np.eye(len(matrix))
    for power in range(1, 9):
        term = term @ part / power
        result = result + term
    whole: NDArray[np.float64] = np.linalg.matrix_power(result, 2**halvings)
    return whole
