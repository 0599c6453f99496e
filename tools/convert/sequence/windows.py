"""Windows out of a store: which there are, what they show, and how they are varied for training."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.features import mirrored
from gymbox.motion.windows import RATE
from tools.convert.sequence.labels import LABELS, UNKNOWN
from tools.convert.sequence.store import Store

Floats = NDArray[np.float32]

EVERY = 0.5
"""Seconds between the ends of windows."""
SHORTEST = 1.0
"""Seconds that somebody must have been seen for."""
TRAINS, RESTS = 0.7, 0.15
"""Share of a window from which it shows the exercise, and up to which it shows none."""
MOVES = 0.35
"""Depth that a window of an exercise must go through at least."""
MIRRORED, HIDDEN, HOLES = 0.5, 0.06, 0.15
"""Shares of windows, of joints and of the rows of windows with gaps."""
OUT_OF_PICTURE = ([11, 12, 13, 14, 15, 16], [13, 14, 15, 16], [0, 1, 2], [0, 1, 2, 5, 6, 7, 8])
"""Places in `features.JOINTS`: legs, feet, head, head and arms."""
OFTEN = (0.45, 0.25, 0.15, 0.15)
WHOLE = 0.99
"""Share of a row from which only the later frame has to be there."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Windows by where they end.

    Attributes:
        track: [n] in the store.
        at: [n] frame in the store's arrays at which it ends, may lie between two.
        label: [n] class.
    """

    track: NDArray[np.intp]
    at: NDArray[np.float64]
    label: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.at)

    def where(self, chosen: NDArray[np.bool_]) -> "Ends":
        """Some of them."""
        return Ends(self.track[chosen], self.at[chosen], self.label[chosen])


def ends(
    store: Store, length: int, every: float = EVERY, *, of: NDArray[np.bool_] | None = None
) -> Ends:
    """All windows whose label is beyond doubt.

    Args:
        store: what they are of.
        length: rows of a window.
        every: seconds between their ends.
        of: [tracks] which to take; all by default.
    """
    tracks, places = [np.empty(0, np.intp)], [np.empty(0)]
    for number in range(len(store)) if of is None else np.flatnonzero(of).tolist():
        begin, end = store.begin[number : number + 2].tolist()
        fps = store.fps[number]
        first = min(SHORTEST, (end - begin - 1) / fps)
        at = np.arange(end - 1, begin + first * fps - 1e-6, -every * fps)
        tracks.append(np.full(len(at), number))
        places.append(at)
    track, at = np.concatenate(tracks), np.concatenate(places)
    label = _labels(store, track, at, length)
    sure = label >= 0
    return Ends(track[sure], at[sure], label[sure])


def _labels(
    store: Store, track: NDArray[np.intp], at: NDArray[np.float64], length: int
) -> NDArray[np.intp]:
    """[n] the class that each window shows, -1 where that is in doubt."""
    unknown = LABELS.index(UNKNOWN)
    index, inside = _indices(store, track, at, length, 1.0)
    index = index.round().astype(int)
    seen = inside & store.found[index]
    count = np.maximum(seen.sum(1), 1)
    active = (seen & store.active[index]).sum(1) / count
    depth = np.where(seen & store.active[index], store.depth[index], np.nan).astype(np.float32)
    blind = np.isnan(depth).all(1)
    filled = np.where(np.isnan(depth), 0.0, depth)
    span = filled.max(1) - np.where(np.isnan(depth), 9.0, depth).min(1)
    label = store.label[track]
    shows = (active >= TRAINS) & (blind | (span >= MOVES))
    out = np.where(shows | (label == unknown), label, np.where(active <= RESTS, unknown, -1))
    return np.where(seen.sum(1) >= SHORTEST * RATE * 0.6, out, -1)


def _indices(
    store: Store,
    track: NDArray[np.intp],
    at: NDArray[np.float64],
    length: int,
    speed: float | NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """[n, t] frames of the rows of windows, and which of them lie inside of their tracks."""
    step = store.fps[track] / RATE * speed
    index = at[:, None] + np.arange(1 - length, 1) * step[:, None]
    inside = index >= store.begin[track][:, None] - 1e-6
    return np.maximum(index, store.begin[track][:, None]), inside


def cut(
    store: Store,
    chosen: Ends,
    length: int,
    *,
    speed: float | NDArray[np.float64] = 1.0,
    thin: int | NDArray[np.intp] = 1,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Rows [n, t, joints, channels] and where somebody was found [n, t].

    Args:
        store: what to cut from.
        chosen: windows.
        length: rows of a window.
        speed: how much faster than they were; one number, or one for each.
        thin: only every so many frames were taken.
    """
    index, inside = _indices(store, chosen.track, chosen.at, length, speed)
    thin = np.broadcast_to(thin, chosen.at.shape)[:, None]
    back = (chosen.at[:, None] - index) / thin
    high = chosen.at[:, None] - np.floor(back) * thin
    low = np.maximum(high - thin, store.begin[chosen.track][:, None])
    share = np.where(high > low, (index - low) / np.maximum(high - low, 1e-9), 1.0)
    high_at, low_at = np.floor(high).astype(int), np.floor(low).astype(int)
    share = np.clip(share, 0.0, 1.0).astype(np.float32)[..., None, None]
    above, below = store.rows[high_at].astype(np.float32), store.rows[low_at].astype(np.float32)
    found = inside & store.found[high_at] & (store.found[low_at] | (share[..., 0, 0] > WHOLE))
    return below + share * (above - below), found


@dataclass(frozen=True, slots=True)
class Variation:
    """How strongly windows are varied for training.

    Attributes:
        speed: logarithm of the tempo, standard deviation.
        tilt: degrees that the camera leans, standard deviation.
        depth: logarithm of how deep the network thinks the body is, standard deviation.
        place: metres that a joint is off all the time, standard deviation.
        noise: metres that it is off in a frame.
        lost: share of windows that begin late or have gaps.
        close: share of windows in which the camera is so near that legs or arms are out of the
            picture and only guessed at.
    """

    speed: float = 0.28
    tilt: float = 6.0
    depth: float = 0.2
    place: float = 0.025
    noise: float = 0.008
    lost: float = 0.3
    close: float = 0.2


def varied(
    store: Store, chosen: Ends, length: int, variation: Variation, rng: np.random.Generator
) -> tuple[Floats, NDArray[np.bool_]]:
    """Windows as `cut` gives them, each seen a little differently."""
    count = len(chosen)
    speed = np.exp(rng.normal(0, variation.speed, count).clip(-0.8, 0.6))
    most = np.maximum(store.fps[chosen.track] / 5, 1).astype(int)
    thin = rng.integers(1, most + 1)
    window, found = cut(store, chosen, length, speed=speed, thin=thin)
    # The picture is mirrored and tilted about its middle, so that the athlete stays in it.
    middle = (store.size[chosen.track] / 2).astype(np.float32)[:, None, None]
    window[..., :2] -= middle
    half = rng.random(count) < MIRRORED
    window[half] = mirrored(window[half])
    _tilt(window, variation, rng)
    joints = window.shape[2]
    shift = rng.normal(0, variation.place, (count, 1, joints, 3))
    shift = shift + rng.normal(0, variation.noise, (*window.shape[:3], 3))
    shift = shift.astype(np.float32)
    window[..., 2:5] += shift
    window[..., :2] += shift[..., :2] * _pixels(window)[:, None, None, None]
    _close_up(window, variation.close, rng)
    hidden = rng.random((count, 1, joints)) < HIDDEN
    window[..., 5] *= np.where(hidden, rng.random((count, 1, joints)), 1.0)
    window[..., :2] += middle
    return window, found & ~_lost(found.shape, variation.lost, rng)


def _tilt(window: Floats, variation: Variation, rng: np.random.Generator) -> None:
    """Leans the camera to the side and forward, and stretches the depth."""
    count = len(window)
    roll, pitch = np.deg2rad(rng.normal(0, variation.tilt, (2, count)))
    cosine, sine = (f(roll).astype(np.float32)[:, None, None] for f in (np.cos, np.sin))
    for first in (0, 2):
        x, y = window[..., first].copy(), window[..., first + 1].copy()
        window[..., first], window[..., first + 1] = x * cosine - y * sine, x * sine + y * cosine
    window[..., 4] *= np.exp(rng.normal(0, variation.depth, count)).astype(np.float32)[
        :, None, None
    ]
    cosine, sine = (f(pitch).astype(np.float32)[:, None, None] for f in (np.cos, np.sin))
    y, z = window[..., 3].copy(), window[..., 4].copy()
    window[..., 3], window[..., 4] = y * cosine - z * sine, y * sine + z * cosine


def _close_up(window: Floats, share: float, rng: np.random.Generator) -> None:
    """Legs, feet, or head and arms are guessed: somewhere else, hardly moving, hardly visible."""
    for index in np.flatnonzero(rng.random(len(window)) < share).tolist():
        one = window[index]
        part = OUT_OF_PICTURE[int(rng.choice(len(OUT_OF_PICTURE), p=OFTEN))]
        shift = rng.normal(0, 0.12, (1, len(part), 3)) + np.cumsum(
            rng.normal(0, 0.015, (len(one), len(part), 3)), axis=0
        )
        still = one[:, part].mean(axis=0, keepdims=True)
        calm = rng.random()
        one[:, part, :5] += (calm * (still - one[:, part]))[..., :5]
        one[:, part, 2:5] += shift
        one[:, part, :2] += shift[..., :2] * float(_pixels(one[None])[0])
        one[:, part, 5] *= rng.uniform(0.0, 0.5)


def _pixels(window: Floats) -> Floats:
    """[n] pixels a metre, roughly."""
    flat = window[..., :2].std(axis=(1, 2)).sum(-1)
    space = window[..., 2:4].std(axis=(1, 2)).sum(-1)
    return np.asarray(flat / np.maximum(space, 0.1))


def _lost(shape: tuple[int, ...], share: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """[n, t] what is not seen: the beginning, or some of it."""
    count, length = shape
    late = np.where(rng.random(count) < share, rng.integers(1, length - 9, count), 0)
    lost = np.arange(length) < late[:, None]
    gaps = rng.random((count, 1)) < share / 3
    return lost | (gaps & (rng.random(shape) < HOLES))
