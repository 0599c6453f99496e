"""Plots of the session report."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.evaluate._session_scores import Outcome, interval, of_scene, rate
from tools.evaluate.drawing import drawing

Series = Mapping[float, Sequence[Outcome]]


def rates(series: Mapping[str, Series], path: Path) -> None:
    """Rep error rate by frames a second, a line for each counter, with 95 % intervals.

    Args:
        series: outcomes by frame rate, by the counter's name; the box's begin with "box".
        path: of the picture.
    """
    with drawing(6.4, 3.4, path) as figure:
        axes = figure.subplots()
        for number, (name, by_rate) in enumerate(series.items()):
            fps = sorted(by_rate)
            values = [rate(by_rate[one]) for one in fps]
            ends = [interval(by_rate[one], of_scene, rate) for one in fps]
            ours = name.startswith("box")
            # A little apart, so that the bars can be told from one another.
            places = [one * (1 + 0.02 * (number - len(series) / 2)) for one in fps]
            low = [max(0.0, value - end[0]) for value, end in zip(values, ends, strict=True)]
            high = [max(0.0, end[1] - value) for value, end in zip(values, ends, strict=True)]
            axes.errorbar(
                places,
                values,
                yerr=(low, high),
                label=name,
                marker="o" if ours else "s",
                markersize=4,
                linewidth=1.8 if ours else 1.0,
                linestyle="-" if ours else "--",
                elinewidth=0.7,
                capsize=2,
            )
        axes.set_xscale("log")
        axes.set_xticks(fps, [f"{one:.0f}" for one in fps])
        axes.minorticks_off()
        axes.set(xlabel="frames a second", ylabel="rep error rate", ylim=(-0.01, None))
        axes.grid(color="0.92")
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
