"""What was asked for, what was measured, and whether that is enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.evaluate import metrics
from tools.evaluate._session_measure import Idle, Outcomes
from tools.evaluate._session_scores import (
    Delay,
    Outcome,
    far_off,
    judged_classes,
    rate,
    recognition,
    within,
)

TOLD_RATE, TOLD_WITHIN = 0.02, 0.95
AUTO_RATE, AUTO_WITHIN = 0.04, 0.90
SLOWER = {8.0: 0.02, 5.0: 0.05}
"""By how much the rep error rate may grow at a lower frame rate."""
UNLISTED_WRONG = 2
"""Clips of exercises outside the list in which something may be counted."""
GHOSTS = 1.0
"""An hour of nothing."""
F1 = 0.95
SETTLED = 1.5
"""Repetitions."""


@dataclass(frozen=True, slots=True)
class Target:
    """One line of what was asked for.

    Attributes:
        what: is measured.
        asked: the bound, in words.
        measured: the figure, in words.
        reached: whether it is within the bound.
    """

    what: str
    asked: str
    measured: str
    reached: bool


def strict(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those of listed exercises that are fit for judging."""
    return [one for one in outcomes if one.clip.strict and one.clip.listed]


def unlisted(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those of exercises outside the list."""
    return [one for one in outcomes if not one.clip.listed]


def targets(outcomes: Outcomes, idle: Idle | None) -> list[Target]:
    """All that can be measured here; `idle` None leaves out the hour of nothing."""
    first = next(iter(outcomes.auto))
    told, auto = (strict(kind[first]) for kind in (outcomes.told, outcomes.auto))
    lines = [
        *_counts("exercise told", told, TOLD_RATE, TOLD_WITHIN),
        *_counts("auto", auto, AUTO_RATE, AUTO_WITHIN),
    ]
    for name, kind in (("exercise told", outcomes.told), ("auto", outcomes.auto)):
        lines += [_slower(name, kind[first], kind[fps], fps) for fps in SLOWER if fps in kind]
    others = unlisted(outcomes.auto[first])
    counted = sum(one.told > 0 for one in others)
    lines.append(
        Target(
            f"{len(others)} clips of exercises outside the list, auto: any rep told",
            f"in {UNLISTED_WRONG} at most",
            f"in {counted}",
            counted <= UNLISTED_WRONG,
        )
    )
    if idle:
        lines.append(
            Target(
                f"{idle.seconds / 3600:.2f} hours of idle footage, auto: ghosts an hour",
                f"{GHOSTS:.0f} at most",
                f"{idle.per_hour:.2f}",
                idle.per_hour <= GHOSTS,
            )
        )
    return [*lines, *_recognised(outcomes.auto[first])]


def _counts(name: str, part: Sequence[Outcome], most: float, least: float) -> list[Target]:
    clips, far = len(part), far_off(part)
    long = sum((one.clip.reps or 0) >= 4 for one in part)  # noqa: PLR2004
    return [
        Target(
            f"{name}: rep error rate, {clips} strict clips",
            f"{most:.2f} at most",
            f"{rate(part):.3f}",
            rate(part) <= most,
        ),
        Target(
            f"{name}: share of these clips inside their range",
            f"{least:.2f} at least",
            f"{within(part):.3f}",
            within(part) >= least,
        ),
        Target(
            f"{name}: {long} clips of four reps and more, off by more than one",
            "none",
            str(len(far)),
            not far,
        ),
    ]


def _slower(name: str, whole: Sequence[Outcome], part: Sequence[Outcome], fps: float) -> Target:
    grown = rate(strict(part)) - rate(strict(whole))
    return Target(
        f"{name}: growth of the rep error rate at {fps:.0f} frames a second",
        f"{SLOWER[fps]:.2f} at most",
        f"{grown:+.3f}",
        grown <= SLOWER[fps],
    )


def _recognised(auto: Sequence[Outcome]) -> list[Target]:
    said = recognition(auto)
    over = judged_classes(said)
    f1 = metrics.macro_f1(said, over) if over else 0.0
    reps = np.array([delay.reps for delay in settled(strict(auto))] or [np.inf])
    middle = float(np.median(reps))
    return [
        Target(
            f"recognition, macro F1 over {len(auto)} real clips",
            f"{F1:.2f} at least",
            f"{f1:.3f}",
            f1 >= F1,
        ),
        Target(
            "settled (named and counted), reps from the beginning of the first, median",
            f"{SETTLED} at most",
            f"{middle:.2f} (in {np.mean(reps <= SETTLED):.0%} of {len(reps)} clips)",
            middle <= SETTLED,
        ),
    ]


def settled(outcomes: Sequence[Outcome]) -> list[Delay]:
    """How long the clips took of which it is known."""
    return [one.delay for one in outcomes if one.delay is not None]
