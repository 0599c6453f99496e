"""The report of `quantised_pose`: tables in Markdown, the frontier as a picture."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TARGETS = {"median": 2.0, "percentile95": 6.0, "ratio": 1.5}
"""Pixels of 256, pixels of 256, times as fast."""

_NAMES = {"pose_landmark_lite": "lite", "pose_landmark_full": "full"}
_RUNTIMES = ("ai-edge-litert", "tflite")
_WORST = 15  # layers in the table


def write_report(results: Mapping[str, Any], out: Path | None) -> int:
    """Writes the report if asked to; 1 if a landmark network misses a target."""
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        out.write_text(_report(results, out.with_suffix(".png").name), encoding="utf-8")
        if "frontier" in results["pose_landmark_lite"]:
            _draw(results, out.with_suffix(".png"))
    return int(not all(_good(results[name]["files"]) for name in _NAMES))


def _good(files: Mapping[str, Any]) -> bool:
    near = all(
        scores["all"][part] <= TARGETS[part]
        for runtime, scores in files.items()
        if runtime.startswith(_RUNTIMES)
        for part in ("median", "percentile95")
    )
    return near and files["speed"]["ratio"][1] >= TARGETS["ratio"]


def _report(results: Mapping[str, Any], picture: str) -> str:
    text = _HEAD.format(**results)
    text += _landmark_table({short: results[name]["files"] for name, short in _NAMES.items()})
    text += _group_table({short: results[name]["files"] for name, short in _NAMES.items()})
    text += _detector_table(results["pose_detection"]["files"])
    if "frontier" not in results["pose_landmark_lite"]:
        return text
    text += _FRONTIER.format(picture=picture)
    for name, short in _NAMES.items():
        text += _frontier_table(short, results[name]["frontier"])
    text += _LAYERS
    for name, short in _NAMES.items():
        text += _layer_table(short, results[name]["layers"])
    return text


def _rows(rows: list[tuple[Any, ...]]) -> str:
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines) + "\n\n"


def _pair(spread: Mapping[str, float], digits: int = 2) -> str:
    return f"{spread['median']:.{digits}f} / {spread['percentile95']:.{digits}f}"


def _scores(files: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {name: scores for name, scores in files.items() if name.startswith(_RUNTIMES)}


def _landmark_table(models: Mapping[str, Mapping[str, Any]]) -> str:
    rows: list[tuple[Any, ...]] = [("", "at most", *models)]
    for runtime in _scores(next(iter(models.values()))):
        told = [_scores(files)[runtime] for files in models.values()]
        rows += [
            (f"**{runtime}**, crops", "", *(scores["crops"] for scores in told)),
            ("all joints, px of 256", "2 / 6", *(f"**{_pair(s['all'])}**" for s in told)),
            ("joints that are seen", "", *(_pair(s["seen"]) for s in told)),
            ("joints that are not", "", *(_pair(s["unseen"]) for s in told)),
            ("points of the next region", "", *(_pair(s["region"]) for s in told)),
            ("world landmarks, mm", "", *(_pair(s["world_mm"], 1) for s in told)),
            ("visibility", "", *(_pair(s["visibility"], 4) for s in told)),
            ("chance of a person", "", *(_pair(s["score"], 4) for s in told)),
            (
                "the same decision (is there a person?)",
                "",
                *(f"{s['same_decision']:.2%} of {s['decisions']}" for s in told),
            ),
        ]
    speeds = [files["speed"] for files in models.values()]
    sizes = [files["bytes"] for files in models.values()]
    rows += [
        ("published, ms", "", *(f"{s['milliseconds'][0]:.2f}" for s in speeds)),
        ("quantised, ms", "", *(f"{s['milliseconds'][1]:.2f}" for s in speeds)),
        (
            "times as fast (quartiles)",
            "at least 1.5",
            *(f"**{s['ratio'][1]:.2f}** ({_quartiles(s)})" for s in speeds),
        ),
        ("published, bytes", "", *(f"{size[0]:,}" for size in sizes)),
        ("quantised, bytes", "", *(f"{size[1]:,}" for size in sizes)),
    ]
    return _rows(rows)


def _quartiles(timed: Mapping[str, Any]) -> str:
    return " to ".join(f"{value:.2f}" for value in timed["quartiles"][1])


def _group_table(models: Mapping[str, Mapping[str, Any]]) -> str:
    columns = [
        (f"{short}, {runtime}", scores["groups"])
        for short, files in models.items()
        for runtime, scores in _scores(files).items()
    ]
    groups = columns[0][1]
    rows: list[tuple[Any, ...]] = [("joints", *(label for label, _ in columns))]
    rows += [(group, *(_pair(told[group]) for _, told in columns)) for group in groups]
    return "## By joints\n\nMedian / 95th percentile, px of 256.\n\n" + _rows(rows)


def _detector_table(files: Mapping[str, Any]) -> str:
    told = _scores(files)
    timed, size = files["speed"], files["bytes"]
    rows: list[tuple[Any, ...]] = [
        ("", *told),
        ("frames, with somebody", *(f"{s['frames']}, {s['found']}" for s in told.values())),
        ("points of the region, px of 224", *(_pair(s["points"]) for s in told.values())),
        ("logit", *(_pair(s["logit"]) for s in told.values())),
        ("the same decision", *(f"{s['same_decision']:.2%}" for s in told.values())),
    ]
    return (
        "## The detector\n\n"
        f"{timed['ratio'][1]:.2f} times as fast ({_quartiles(timed)}); {size[1]:,} bytes instead "
        f"of {size[0]:,}: the published file stores its pruned weights sparsely, and the runtimes "
        "unpack them when they load it.\n\n" + _rows(rows)
    )


def _frontier_table(short: str, points: list[dict[str, Any]]) -> str:
    rows: list[tuple[Any, ...]] = [(short, "median px", "p95 px", "times as fast", "bytes")]
    rows += [
        (
            point["name"],
            f"{point['median']:.2f}",
            f"{point['percentile95']:.2f}",
            f"{point['ratio']:.2f}",
            f"{point['bytes']:,}",
        )
        for point in points
    ]
    return _rows(rows)


def _layer_table(short: str, layers: list[dict[str, Any]]) -> str:
    worst = sorted(layers, key=lambda layer: -layer["mean"])[:_WORST]
    rows: list[tuple[Any, ...]] = [
        (f"layer of {short}", "operator", "output", "median", "p95", "mean")
    ]
    rows += [
        (
            layer["index"],
            layer["kind"],
            " x ".join(str(size) for size in layer["shape"][1:]),
            f"{layer['median']:.2f}",
            f"{layer['percentile95']:.2f}",
            f"{layer['mean']:.2f}",
        )
        for layer in worst
    ]
    return _rows(rows)


def _draw(results: Mapping[str, Any], path: Path) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(10, 4.2), layout="constrained")
    labels = {"median": "median", "percentile95": "95th percentile"}
    for axes, (part, label) in zip(figure.subplots(1, 2), labels.items(), strict=True):
        for (name, short), colour in zip(_NAMES.items(), ("tab:blue", "tab:orange"), strict=True):
            _draw_model(axes, short, colour, results[name]["frontier"], part)
        axes.axhline(TARGETS[part], color="0.6", linewidth=1)
        axes.axvline(TARGETS["ratio"], color="0.6", linewidth=1)
        axes.set_xlabel("times as fast as published (one thread, x86-64)")
        axes.set_ylabel(f"{label}, px of 256")
        axes.set_ylim(bottom=-0.03 * axes.get_ylim()[1])
    axes.legend(fontsize=7)
    FigureCanvasAgg(figure).print_png(path)


def _draw_model(
    axes: Any,  # noqa: ANN401 - matplotlib is imported late
    short: str,
    colour: str,
    points: list[dict[str, Any]],
    part: str,
) -> None:
    curve = [point for point in points if "first" in point["name"]]
    line = f"{short}: heads + first n in float"
    axes.plot(*_places(curve, part), "o-", color=colour, label=line)
    rest = [point for point in points if "first" not in point["name"]]
    for point, marker in zip(rest, ("s", "x", "+"), strict=True):
        line = f"{short}: {point['name']}"
        axes.plot(*_places([point], part), marker, color=colour, label=line)
    shipped = [point for point in curve if "shipped" in point["name"]]
    axes.plot(*_places(shipped, part), "*", color="black", markersize=12, zorder=3)


def _places(points: list[dict[str, Any]], part: str) -> tuple[list[float], list[float]]:
    return [point["ratio"] for point in points], [point[part] for point in points]


_HEAD = """\
# The quantised pose networks beside the published ones

    python -m tools.evaluate quantised_pose --clips CLIPS --csv CLIPS.csv --other-python PYTHON \\
        --out docs/reports/quantised_pose.md

On crops of {clips} real clips ({scenes} scenes) that took no part in calibration, cut as the box
cuts them while the published full network follows the athlete. Places are those that the box reads:
refined by the heat maps, in pixels of the crop of 256 by 256. Median / 95th percentile over all 33
joints. Processor times on ai-edge-litert, x86-64, one thread, the networks in turns; the ratio is
the median over the turns. In the other runtime, whose int8 kernels are slow on x86, only the
answers count, on a sixth of the crops. None of this was timed on a Raspberry Pi: check on a Pi.

"""
_FRONTIER = """\
## The frontier

Which layers stay in float was chosen on the scenes of the calibration; judged here on a third of
the crops of the others. The star is what ships; the grey lines are the targets.

![error against speed]({picture})

"""
_LAYERS = f"""\
## Single layers

The error, px of 256, if this layer alone is int8, after the means of the bottlenecks were taken
out; the {_WORST} worst, on crops of the calibration scenes. All of them stand in the .json beside.

"""
