"""Pictures with the heat over them, and the share of the heat on the athlete."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.evaluate.drawing import drawing
from tools.evaluate.explain_figures import Explained, shares

TITLES = {"occlusion": "occlusion", "cam": "class activation"}
ROWS = 6
"""Pictures on one sheet."""


def sheets(pictures: Sequence[Explained], kinds: Sequence[str], folder: Path) -> list[Path]:
    """Writes heat-1.png and so on: a row a picture, as it is and under each kind of heat."""
    paths = []
    for number, begin in enumerate(range(0, len(pictures), ROWS), 1):
        chosen = pictures[begin : begin + ROWS]
        path = folder / f"heat-{number}.png"
        with drawing(2.3 * (1 + len(kinds)), 2.5 * len(chosen), path) as figure:
            grid = figure.subplots(len(chosen), 1 + len(kinds), squeeze=False)
            for axes, item in zip(grid, chosen, strict=True):
                _row(axes, item, kinds)
        paths.append(path)
    return paths


def scatter(pictures: Sequence[Explained], kinds: Sequence[str], path: Path) -> None:
    """A dot a picture: share of the heat on the athlete over the share of the area."""
    with drawing(3.2 * len(kinds) + 0.3, 3.3, path) as figure:
        grid = figure.subplots(1, len(kinds), sharey=True, squeeze=False)[0]
        for axes, kind in zip(grid, kinds, strict=True):
            found = shares(pictures, kind)
            axes.plot([0, 1], [0, 1], color="0.5", linewidth=1, linestyle=":")
            dots = [item.area for item in found], [item.heat for item in found]
            axes.plot(*dots, "o", markersize=3.5, markeredgewidth=0, alpha=0.6)
            axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="share of the area", aspect="equal")
            axes.set_title(TITLES[kind])
            axes.grid(color="0.92")
            axes.spines[["top", "right"]].set_visible(False)
        grid[0].set_ylabel("share of the heat on the athlete")


def _row(grid: Sequence[Any], item: Explained, kinds: Sequence[str]) -> None:
    grey = item.picture.mean(axis=2)
    for axes in grid:
        axes.imshow(grey, cmap="gray", vmin=0, vmax=255)
        axes.set_axis_off()
    grid[0].imshow(item.picture)
    words = ", ".join(f"{name} {chance:.2f}" for name, chance in item.probabilities.items())
    grid[0].set_title(words if len(item.probabilities) <= 4 else _top(item))  # noqa: PLR2004
    for axes, kind in zip(grid[1:], kinds, strict=True):
        heat = np.maximum(item.heat[kind], 0)
        most = float(heat.max())
        axes.imshow(_glow(heat, most))
        if item.inside is not None and item.inside.any():
            axes.contour(item.inside, [0.5], colors="white", linewidths=0.8)
        axes.set_title(f"{TITLES[kind]} of {item.label}, most {most:.2f}")


def _top(item: Explained) -> str:
    best = sorted(item.probabilities.items(), key=lambda pair: -pair[1])[:3]
    return ", ".join(f"{name} {chance:.2f}" for name, chance in best)


def _glow(heat: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """[h, w, 4]: from clear to yellow and covering where the heat is highest."""
    from matplotlib import colormaps  # noqa: PLC0415 - slow to import

    level = heat / most if most > 0 else heat
    colours: NDArray[np.float64] = colormaps["inferno"](0.3 + 0.6 * level)
    colours[..., 3] = 0.8 * level
    return colours
