"""Fits the model of the box's pose step to rendered clips that it has looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.synth.sensor import channels, gaps, kernels, polar, smoothing
from tools.synth.sensor.channels import Floats
from tools.synth.sensor.features import Features, features
from tools.synth.sensor.layer import KNOTS, Layer, extended, grade, slow
from tools.synth.sensor.normal import quantile, score
from tools.synth.sensor.pairs import Pair, split
from tools.synth.sensor.sensor import Basis, Sensor

WAVES, REACH = 128, 2.0
"""Random features, and the distance of poses (in standard deviations of all features together, per
feature) at which they are hardly alike any more."""
FOLDS = 5
RIDGES = (100.0, 1000.0, 10000.0)
"""Of these, that which errs least on clips left out."""
CUT = 0.005
"""Share on either side of each channel's errors that does not draw the mean."""
FLOOR = 0.001
"""Errors below this (body heights, metres) count as this in the logarithm."""
RANK = 24
ROUNDS = 6
NEAR = 0.01
"""Body heights."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Frames of one clip, or of its mirror image, in which the box saw the athlete."""

    made: Floats
    waves: Floats
    errors: Floats
    times: Floats
    clock: Floats


def fit(pairs: Sequence[Pair], seed: int = 0) -> Sensor:
    """Fits a model.

    Args:
        pairs: the clips; each counts twice, the second time mirrored.
        seed: of the random features.
    """
    parts = split(pairs, FOLDS)
    basis = _basis([features(pair.truth) for pair in pairs], np.random.default_rng(seed))
    folds = [[sample for pair in part for sample in _samples(basis, pair)] for part in parts]
    lasting = [[slow(sample.errors, sample.times) for sample in fold] for fold in folds]
    made = [[sample.made for sample in fold] for fold in folds]
    first = _layer(folds, made, lasting)
    more = [
        [extended(sample.made, part) for sample, part in zip(*rows, strict=True)]
        for rows in zip(folds, lasting, strict=True)
    ]
    rest = [
        [sample.errors - part for sample, part in zip(*rows, strict=True)]
        for rows in zip(folds, lasting, strict=True)
    ]
    return Sensor(basis, first, _layer(folds, more, rest, centred=True), _gaps(pairs))


def _layer(
    folds: Sequence[Sequence[Sample]],
    functions: Sequence[Sequence[Floats]],
    errors: Sequence[Sequence[Floats]],
    *,
    centred: bool = False,
) -> Layer:
    """Fits a layer; what its spread is comes from clips left out, as it will be with new ones.

    Args:
        folds: the clips.
        functions: of the features of each.
        errors: of each.
        centred: whether their mean is known to be 0.
    """
    made, seen = ([np.concatenate(fold) for fold in parts] for parts in (functions, errors))
    mean, guess = _middle(made, seen)
    if centred:
        mean, guess = np.zeros_like(mean), [np.zeros_like(part) for part in guess]
    off = [part - expected for part, expected in zip(seen, guess, strict=True)]
    scale, sizes = _regression(made, [np.log(np.abs(part) + FLOOR) for part in off])
    logs = np.concatenate(sizes)
    limits = np.quantile(logs, [CUT, 1 - CUT], axis=0)
    logs = np.clip(logs, *limits)
    parts = polar.apart(np.concatenate(off) / np.exp(logs))
    edges, shapes, ranks = _graded(polar.levels(logs), parts[:, channels.COUNT :])
    ranks = np.concatenate([score(parts[:, : channels.COUNT]), ranks], axis=1)
    shape = quantile(parts[:, : channels.COUNT], KNOTS)
    factors = _factors([sample for fold in folds for sample in fold], ranks)
    return Layer(mean, scale, limits, shape, edges, shapes, factors)


def _graded(levels: Floats, sizes: Floats) -> tuple[Floats, Floats, Floats]:
    """Distributions of small, middling and large errors: edges, values at the knots, ranks."""
    edges = np.quantile(levels, [1 / 3, 2 / 3], axis=0)
    kinds = grade(levels, edges)
    shapes, ranks = np.empty((len(edges) + 1, len(KNOTS), sizes.shape[1])), np.empty_like(sizes)
    for kind in range(len(shapes)):
        for column in range(sizes.shape[1]):
            rows = kinds[:, column] == kind
            shapes[kind, :, column] = quantile(sizes[rows, column, None], KNOTS)[:, 0]
            ranks[rows, column] = score(sizes[rows, column, None])[:, 0]
    return edges, shapes, ranks


def _basis(given: Sequence[Features], rng: np.random.Generator) -> Basis:
    pose = np.concatenate([one.pose for one in given])
    rest = np.concatenate([one.rest for one in given])
    whole = np.concatenate([pose, rest], axis=1)
    spread = whole.std(axis=0) + 0.02
    q = pose.shape[1]
    reach = REACH * np.sqrt(q)
    waves = rng.standard_normal((q, WAVES)) * (2 / reach)
    return Basis(whole.mean(axis=0), spread, waves, rng.uniform(0, 2 * np.pi, WAVES))


def _samples(basis: Basis, pair: Pair) -> list[Sample]:
    seen = pair.found & ~pair.astray & ~np.isnan(pair.truth["points"]).any(axis=(1, 2))
    if seen.sum() < 2:  # noqa: PLR2004 - no course in time
        return []
    out = []
    for turn in (dict, channels.mirrored):
        truth, found = turn(pair.truth), turn(pair.seen)
        given = features(truth)
        waves = basis.pose(given)
        errors = channels.pack(truth, smoothing.undone(truth, found))[seen]
        times = np.asarray(truth["t"], float)[seen]
        out.append(Sample(basis(given, waves)[seen], waves[seen], errors, times, given.clock[seen]))
    return out


def _middle(made: Sequence[Floats], values: Sequence[Floats]) -> tuple[Floats, list[Floats]]:
    """A regression that spells of large errors hardly draw, for they are not the rule."""
    low, high = np.quantile(np.concatenate(values), [CUT, 1 - CUT], axis=0)
    target = [np.clip(value, low, high) for value in values]
    for _ in range(ROUNDS):
        weights, guess = _regression(made, target)
        off = [value - one for value, one in zip(values, guess, strict=True)]
        usual = np.median(np.abs(np.concatenate(off)), axis=0)
        target = [one + np.clip(part, -usual, usual) for one, part in zip(guess, off, strict=True)]
    return weights, guess


def _regression(made: Sequence[Floats], values: Sequence[Floats]) -> tuple[Floats, list[Floats]]:
    """Ridge regression; the weights, and what each fold is told by the others.

    Each channel takes the ridge that errs least on the fold left out.
    """
    squares = [part.T @ part for part in made]
    products = [part.T @ value for part, value in zip(made, values, strict=True)]
    square, product = sum(squares), sum(products)
    told = [
        [
            part @ _solved(square - one, product - two, ridge)
            for part, one, two in zip(made, squares, products, strict=True)
        ]
        for ridge in RIDGES
    ]
    errors = np.array(
        [
            sum(
                ((value - guess) ** 2).sum(axis=0) for value, guess in zip(values, row, strict=True)
            )
            for row in told
        ]
    )
    best = errors.argmin(axis=0)
    weights = np.stack([_solved(square, product, ridge) for ridge in RIDGES])
    column = np.arange(len(best))
    return weights[best, :, column].T, [
        np.stack([row[fold] for row in told])[best, :, column].T for fold in range(len(made))
    ]


def _solved(square: Floats, product: Floats, ridge: float) -> Floats:
    loads = np.full(len(square), ridge)
    loads[0] = 1e-6
    return np.asarray(np.linalg.solve(square + np.diag(loads), product))


def _factors(samples: Sequence[Sample], ranked: Floats) -> tuple[Floats, ...]:
    """Covariance of the channels under each kernel, by least squares over pairs of moments."""
    count = len(kernels.NAMES)
    size = ranked.shape[1]
    gram, against = np.zeros((count, count)), np.zeros((count, size, size))
    begin = 0
    for sample in samples:
        u = ranked[begin : begin + len(sample.times)]
        begin += len(sample.times)
        alike = kernels.matrices(sample.clock, sample.waves)
        apart = np.abs(sample.clock[:, None] - sample.clock[None])
        # What is near counts as much as what is far.
        weight = 1 / (apart + NEAR)
        weight /= weight.sum() / np.sqrt(len(u))
        gram += np.einsum("ats,bts,ts->ab", alike, alike, weight, optimize=True)
        against += np.stack([u.T @ (weight * one) @ u for one in alike])
    solved = np.einsum("ab,bij->aij", np.linalg.inv(gram), against)
    return _normed(solved)


def _normed(covariances: Floats) -> tuple[Floats, ...]:
    """Factors of the nearest covariances that are possible, each channel's variance 1 in sum."""
    factors = []
    for matrix in covariances:
        values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
        kept = np.argsort(-values)[:RANK]
        kept = kept[values[kept] > 0]
        factors.append(vectors[:, kept] * np.sqrt(values[kept]))
    whole = sum((factor**2).sum(axis=1) for factor in factors)
    return tuple(factor / np.sqrt(whole)[:, None] for factor in factors)


def _gaps(pairs: Sequence[Pair]) -> gaps.Gaps:
    return gaps.fit(
        [(gaps.causes(pair.truth), pair.found, 1 / float(pair.truth["fps"])) for pair in pairs]
    )
