"""Whether a network looks at the athlete or at the room, as a number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAPS = ("occlusion", "cam")
"""Kinds of heat."""


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """One picture and where the network looked.

    Attributes:
        name: of the picture.
        picture: [side, side, 3] RGB, what the network saw.
        label: the class that is explained.
        probabilities: of each class, by its name.
        heat: [side, side] for each kind; below 0 speaks against the class.
        inside: [side, side], the athlete's box; None where nobody is known to be.
        frame: [side, side], all but the grey bars.
    """

    name: str
    picture: NDArray[np.uint8]
    label: str
    probabilities: dict[str, float]
    heat: dict[str, NDArray[np.float64]]
    inside: NDArray[np.bool_] | None
    frame: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one picture's heat lies on the athlete.

    Attributes:
        area: share of the frame that the athlete's box covers, 0..1.
        heat: share of the heat (above 0, in the frame) inside of the box, 0..1.
    """

    area: float
    heat: float

    @property
    def ratio(self) -> float:
        """1: it looks anywhere; above: at the athlete; below: at the room."""
        return self.heat / self.area


def share(heat: NDArray[np.float64], explained: Explained) -> Share | None:
    """The shares of one picture; None where there is no box, no heat, or nothing but the box."""
    if explained.inside is None:
        return None
    energy = np.where(explained.frame, np.maximum(heat, 0), 0)
    area = float(explained.inside.sum() / explained.frame.sum())
    if not energy.any() or not 0 < area < 1:
        return None
    return Share(area, float(energy[explained.inside].sum() / energy.sum()))


def shares(pictures: Sequence[Explained], kind: str) -> list[Share]:
    """The shares of all pictures that have them."""
    found = (share(item.heat[kind], item) for item in pictures)
    return [item for item in found if item is not None]


def table(pictures: Sequence[Explained], kinds: Sequence[str]) -> str:
    """The figure over all pictures, in Markdown."""
    rows = [
        "| | pictures | share of the area | share of the heat | ratio, median | above 1 |",
        "|---|---|---|---|---|---|",
    ]
    for kind in kinds:
        found = shares(pictures, kind)
        if found:
            ratios = np.array([item.ratio for item in found])
            area, heat = (
                np.mean([getattr(item, name) for item in found]) for name in ("area", "heat")
            )
            rows.append(
                f"| {kind} | {len(found)} | {area:.1%} | {heat:.1%} | **{np.median(ratios):.2f}** |"
                f" {np.mean(ratios > 1):.0%} |"
            )
        else:
            rows.append(f"| {kind} | 0 | | | | |")
    return "\n".join(rows)
