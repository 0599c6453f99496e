"""Plots of the count signal, one picture a clip."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.evaluate._count_clips import Clip
from tools.evaluate._count_run import Count


def plot(
    clip: Clip, result: Count, progress: Sequence[tuple[float, float]], fps: float, folder: Path
) -> None:
    """Draws progress over time with what was counted and what is marked.

    Args:
        clip: with its labels.
        result: what was counted in it.
        progress: (seconds, progress) of the counter.
        fps: frames a second, for the marks.
        folder: the picture is written to `<folder>/<clip>.png`.
    """
    # Imported here: matplotlib takes a second, and most runs draw nothing.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(10, 3), layout="constrained")
    axes = figure.subplots()
    axes.plot(*zip(*progress, strict=True) if progress else ([], []), color="0.3")
    _lines(axes, (rep.t for rep in result.reps), "tab:green", "complete")
    _lines(axes, (rep.t for rep in result.partial), "tab:orange", "partial")
    _lines(axes, (mark / fps for mark in clip.marks), "tab:blue", "marked")
    axes.set_ylim(-0.3, 1.3)
    axes.set_xlabel("seconds")
    axes.set_ylabel("progress")
    axes.set_title(
        f"{clip.name} ({clip.exercise}): counted {len(result.reps)}, "
        f"labelled {clip.reps} [{clip.low}, {clip.high}]",
        fontsize=9,
    )
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper right", fontsize=7)
    folder.mkdir(parents=True, exist_ok=True)
    FigureCanvasAgg(figure).print_png(folder / f"{clip.name}.png")


def _lines(axes, times: Iterable[float], colour: str, label: str) -> None:  # noqa: ANN001
    for index, t in enumerate(times):
        axes.axvline(t, color=colour, linewidth=1, label=label if index == 0 else None)
