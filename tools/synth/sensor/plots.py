"""The plot of the report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gymbox.motion.landmarks import Landmark
from tools.synth.sensor import channels, scores
from tools.synth.sensor.features import VIEWS
from tools.synth.sensor.scores import Twin

COLOURS = {"seen": "tab:blue", "made": "tab:orange"}
WRIST = int(Landmark.LEFT_WRIST)


def draw(twins: Sequence[Twin], path: Path) -> Path:
    """Draws distances by view, and the course of a wrist in the longest clip."""
    # Imported here: matplotlib takes a second, and only this needs the extra desktop.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(10, 5.2), layout="constrained")
    grid = figure.add_gridspec(2, len(VIEWS))
    for k, view in enumerate(VIEWS):
        _distances(figure.add_subplot(grid[0, k]), twins, view)
    clip = max(twins, key=lambda twin: int((~np.isnan(twin.seen[:, 0])).sum()))
    _course(figure.add_subplot(grid[1, :3]), clip, 3 * WRIST, "left wrist, error in x, heights")
    visibility = channels.VISIBILITY.start + WRIST
    _course(figure.add_subplot(grid[1, 3:]), clip, visibility, "its visibility, log odds")
    path.parent.mkdir(parents=True, exist_ok=True)
    FigureCanvasAgg(figure).print_png(path)
    return path


def _distances(axes: Any, twins: Sequence[Twin], view: str) -> None:  # noqa: ANN401
    share = np.linspace(0.01, 0.99, 99)
    for which, colour in COLOURS.items():
        for group, style in (("head", ":"), ("wrists", "-"), ("ankles", "--")):
            apart = scores.distances(twins, which, group, view)
            label = f"{group}, {which}" if view == VIEWS[0] else None
            axes.plot(np.quantile(apart, share), share, style, color=colour, label=label)
    axes.set_xscale("log")
    axes.set_xlim(0.003, 0.6)
    axes.set_title(view, fontsize=9)
    axes.tick_params(labelsize=7)
    if view == VIEWS[0]:
        axes.set_ylabel("share of the frames", fontsize=8)
        axes.legend(fontsize=6)
    axes.set_xlabel("body heights", fontsize=8)


def _course(axes: Any, twin: Twin, column: int, title: str) -> None:  # noqa: ANN401
    for which, colour in COLOURS.items():
        axes.plot(twin.times, getattr(twin, which)[:, column], color=colour, linewidth=0.8)
    axes.set_title(title, fontsize=9)
    axes.set_xlabel("seconds", fontsize=8)
    axes.tick_params(labelsize=7)
