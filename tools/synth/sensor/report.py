"""The proof of the fit: a model of some clips, judged on others."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from tools.synth.sensor import channels, fit, pairs, plots, scores, twosample, use
from tools.synth.sensor.features import VIEWS
from tools.synth.sensor.scores import Twin

PARTS = 3
PLACES = np.arange(channels.WORLD.start).reshape(-1, 3)[:, :2].ravel()
VISIBLE = np.arange(channels.VISIBILITY.start, channels.VISIBILITY.stop)
SIGHTS = {
    "errors in the picture": PLACES,
    "visibility": VISIBLE,
    "both": np.concatenate([PLACES, VISIBLE]),
    "all, depth and world as well": np.arange(channels.VISIBILITY.stop),
}


def write(folders: Sequence[Path], path: Path) -> Path:
    """Judges each part of the athletes by a model of the others; writes the report and plots."""
    parts = pairs.split(pairs.read(folders), PARTS)
    twins, counted = [], []
    for k, judged in enumerate(parts):
        others = [pair for other in parts if other is not judged for pair in other]
        model = fit.fit(others)
        twins += scores.twins(model, judged, seed=k)
        counted += use.counted(model, judged)
    picture = plots.draw(twins, path.with_suffix(".png"))
    path.write_text(
        HEAD.format(
            clips=len(twins),
            athletes=len({twin.pair.shoot for twin in twins}),
            parts=PARTS,
            frames=sum(len(twin.times) for twin in twins),
            astray=np.concatenate([twin.pair.astray for twin in twins]).mean(),
            picture=picture.name,
            areas="\n".join(_areas(twins)),
            distances="\n".join(_distances(twins, None)),
            views="\n".join(line for view in VIEWS for line in _distances(twins, view)),
            remembered="\n".join(_remembered(twins)),
            visible="\n".join(_visible(twins)),
            lost="\n".join(_lost(twins)),
            counted="\n".join(_counted(counted)),
        ),
        encoding="utf-8",
    )
    return path


HEAD = """\
# The model of the pose step, against the pose step

Made by `python -m tools.synth check DIR...` on {clips} rendered clips of {athletes} athletes
that the box has looked at, {frames} frames. The athletes are in {parts} parts; each part is judged
by a model fitted on the others (the one in the tree is fitted on all). *Seen* is what the box made
of the pictures, *made* is what the model makes of the same true joints. Frames in which the box
followed something else ({astray:.1%}) are left out: the model never does that.

![Distances and a course]({picture})

## Can they be told apart?

A perceptron is shown windows of one second, of other clips than it is judged on. 0.5 is a guess.
White noise has the same mean and the same spread in each channel.

| what it is shown | made | white noise |
|---|---|---|
{areas}

## Distances from the truth in the picture

Hundredths of the body's height: quantiles, seen / made.

| joints | 10 % | 50 % | 90 % | 95 % | 99 % |
|---|---|---|---|---|---|
{distances}

The same by view:

| joints | 10 % | 50 % | 90 % | 95 % | 99 % |
|---|---|---|---|---|---|
{views}

## How long errors last

Autocorrelation of errors in the picture about each clip's mean, seen / made.

| joints | 0.1 s | 0.3 s | 1 s |
|---|---|---|---|
{remembered}

## Visibility

Share of the frames, seen / made.

| joints | to 0.1 | to 0.5 | to 0.9 | to 1 |
|---|---|---|---|---|
{visible}

## Nobody found

| | seen | made |
|---|---|---|
{lost}

## In use: clips that the box's counter counts exactly

The exercise is told; clips in which the box follows somebody else are left out. Made: the mean of
three goes.

| exercise | clips | on the truth | seen | made | same verdict |
|---|---|---|---|---|---|
{counted}
"""


def _areas(twins: Sequence[Twin]) -> Iterable[str]:
    for name, columns in SIGHTS.items():
        sides = {
            which: [twosample.windows(getattr(t, which)[:, columns], t.times) for t in twins]
            for which in ("seen", "made", "white")
        }
        areas = [twosample.area(sides["seen"], sides[which]) for which in ("made", "white")]
        yield f"| {name} | {areas[0]:.2f} | {areas[1]:.2f} |"


def _distances(twins: Sequence[Twin], view: str | None) -> Iterable[str]:
    groups = scores.GROUPS if view is None else ("head", "elbows", "wrists", "knees", "ankles")
    for group in groups:
        seen, made = (
            100 * np.quantile(scores.distances(twins, which, group, view), scores.SHARES)
            for which in ("seen", "made")
        )
        yield _row(f"{view}: {group}" if view else group, _both(seen, made, ".1f"))


def _remembered(twins: Sequence[Twin]) -> Iterable[str]:
    for group in scores.GROUPS:
        seen, made = (scores.remembered(twins, which, group) for which in ("seen", "made"))
        yield _row(group, _both(seen, made, ".2f"))


def _visible(twins: Sequence[Twin]) -> Iterable[str]:
    for group in scores.GROUPS:
        seen, made = (scores.visible(twins, which, group) for which in ("seen", "made"))
        yield _row(group, _both(seen, made, ".0%"))


def _lost(twins: Sequence[Twin]) -> Iterable[str]:
    rates = [float(twin.pair.truth["fps"]) for twin in twins]
    seen = scores.lost([twin.pair.found for twin in twins], rates)
    made = scores.lost([~np.isnan(twin.recorded["score"]) for twin in twins], rates)
    yield f"| frames | {seen.share:.1%} | {made.share:.1%} |"
    yield f"| clips with any | {seen.clips:.0%} | {made.clips:.0%} |"
    yield f"| gaps | {len(seen.gaps)} | {len(made.gaps)} |"
    for share in (0.5, 0.9):
        lengths = [np.quantile(one.gaps, share) if len(one.gaps) else 0 for one in (seen, made)]
        yield f"| seconds of a gap, {share:.0%} | {lengths[0]:.2f} | {lengths[1]:.2f} |"


def _counted(found: Sequence[use.Counted]) -> Iterable[str]:
    for name in (*sorted({one.exercise for one in found}), "all"):
        part = [one for one in found if name in {one.exercise, "all"}]
        truth, seen, made, agree = (
            sum(getattr(one, key) for one in part) for key in ("truth", "seen", "made", "agree")
        )
        yield (
            f"| {name} | {len(part)} | {truth} | {seen} | {made:.1f} | {agree / len(part):.0%} |"
        )


def _both(seen: Iterable[float], made: Iterable[float], form: str) -> list[str]:
    return [f"{one:{form}} / {other:{form}}" for one, other in zip(seen, made, strict=True)]


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"
