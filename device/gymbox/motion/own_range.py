"""The phases in an athlete's own range: what the network says, put right for one place.

A picture classifier is sure of itself in the places it knows. In a new one, with an athlete far
away or seen from the front, its words lean to one side: "neither" wins at the bottom of every
repetition, or at the top. But they still rise and fall with the body. So the balance of up against
down (the logarithm of their ratio) is measured against the range that it has had in the last
seconds, and the outer parts of that range are up and down, as the outer thirds of the athlete's
travel should be.

Pure: `step(state, t, scores)` gives the next state and the scores put right.
"""

import math
from dataclasses import dataclass

from gymbox.motion.phase import PhaseScores


@dataclass(frozen=True, slots=True)
class RangeRules:
    """How the range is found.

    Attributes:
        window: seconds that are remembered: two slow repetitions.
        smooth: seconds over which the balance is averaged.
        least: the smallest range (natural logarithm) that is a movement.
        top: balance that is surely up, while no range is known.
        bottom: the same for down.
        outer: share of the range at each end that counts as up or down; the balance saturates at
            the ends, so it is a little more than a third.
        blur: share of the range over which one phase passes into the next.
        floor: added to the chances: int8 networks know no smaller ones.
        present: chance of up and down together that must have been reached within `recent`
            seconds. What never looks like either is no repetition, however it moves.
        recent: seconds.
    """

    window: float = 12.0
    smooth: float = 0.15
    least: float = 3.0
    top: float = -3.0
    bottom: float = 1.5
    outer: float = 0.36
    blur: float = 0.08
    floor: float = 0.004
    present: float = 0.1
    recent: float = 2.0


RULES = RangeRules()


@dataclass(frozen=True, slots=True)
class _Seen:
    t: float
    raw: float
    balance: float
    outer: float


@dataclass(frozen=True, slots=True)
class OwnRange:
    """State: what was seen within the window."""

    seen: tuple[_Seen, ...] = ()


def step(
    state: OwnRange, t: float, scores: PhaseScores, rules: RangeRules = RULES
) -> tuple[OwnRange, PhaseScores]:
    """Takes one frame.

    Args:
        state: after the frame before; `OwnRange()` for the first, and for another athlete or place.
        t: seconds, not before that of the frame before.
        scores: what the network says.
        rules: how the range is found.
    """
    raw = math.log((scores.down + rules.floor) / (scores.up + rules.floor))
    near = [seen.raw for seen in state.seen if seen.t > t - rules.smooth]
    balance = (sum(near) + raw) / (len(near) + 1)
    here = _Seen(t, raw, balance, scores.up + scores.down)
    kept = tuple(seen for seen in state.seen if seen.t > t - rules.window)
    state = OwnRange((*kept, here))
    if max(seen.outer for seen in state.seen if seen.t > t - rules.recent) < rules.present:
        return state, scores
    top, bottom = _ends([seen.balance for seen in state.seen], rules)
    place = (balance - top) / (bottom - top)
    up = _sigmoid((rules.outer - place) / rules.blur)
    down = _sigmoid((place - 1 + rules.outer) / rules.blur)
    return state, PhaseScores(up, down, max(0.0, 1.0 - up - down))


def _ends(balances: list[float], rules: RangeRules) -> tuple[float, float]:
    """Top and bottom of the range: the outermost but for a twentieth."""
    ordered = sorted(balances)
    spare = len(ordered) // 20
    top, bottom = ordered[spare], ordered[-1 - spare]
    if bottom - top < rules.least:
        top = min(top, rules.top)
        bottom = max(bottom, rules.bottom, top + rules.least)
    return top, bottom


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
