"""A plot, from empty paper to its file: one look for all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DPI, FONT = 120, 8
"""Dots an inch and points."""


@contextmanager
def drawing(width: float, height: float, path: Path) -> Iterator[Any]:
    """An empty matplotlib figure, written to a PNG file at the end of the block.

    Args:
        width: inches.
        height: inches.
        path: of the file; its folder is made if it is not there.
    """
    # Imported here: matplotlib takes a second, and most of the tools draw nothing.
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context({"font.size": FONT, "axes.titlesize": FONT, "legend.title_fontsize": FONT}):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
        yield figure
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=DPI, metadata={"Software": None})
