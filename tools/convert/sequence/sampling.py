"""Batches of windows: every class as often as asked for, real people among synthetic ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.features import features, image_features
from gymbox.motion.windows import RATE
from tools.convert.sequence.labels import LABELS, UNKNOWN
from tools.convert.sequence.store import Store
from tools.convert.sequence.windows import Ends, Variation, cut, varied

Floats = NDArray[np.float32]
Batch = tuple[Floats, NDArray[np.intp]]

UNKNOWN_SHARE = 0.15
"""Share of windows that show nothing known, where a store has both and nothing else is said."""


@dataclass(frozen=True, slots=True)
class View:
    """How windows are described.

    Attributes:
        length: rows.
        columns: which of the features, None for picture coordinates instead.
    """

    length: int
    columns: NDArray[np.intp] | None

    def __call__(
        self, window: Floats, found: NDArray[np.bool_], size: NDArray[np.float64]
    ) -> Floats:
        """[n, t, inputs] of windows of rows."""
        if self.columns is None:
            return image_features(window, found, (size[:, :1], size[:, 1:]))
        return features(window, found, RATE)[..., self.columns]


class Source:
    """Windows of a store, drawn class by class and track by track.

    Args:
        store: what they are cut from.
        chosen: which there are.
        view: how they are described.
        variation: how they are varied.
        unknown: share of windows that show nothing known.
    """

    def __init__(
        self,
        store: Store,
        chosen: Ends,
        view: View,
        variation: Variation,
        unknown: float = UNKNOWN_SHARE,
    ) -> None:
        self.store, self.chosen, self.view, self.variation = store, chosen, view, variation
        self._shares = _shares(store, chosen, unknown)

    def draw(
        self, count: int, rng: np.random.Generator
    ) -> tuple[Floats, NDArray[np.intp], NDArray[np.str_]]:
        """Windows, their classes, and the groups that they are of."""
        at = np.searchsorted(self._shares, rng.random(count)).clip(0, len(self.chosen) - 1)
        picked = Ends(self.chosen.track[at], self.chosen.at[at], self.chosen.label[at])
        window, found = varied(self.store, picked, self.view.length, self.variation, rng)
        size = self.store.size[picked.track]
        return self.view(window, found, size), picked.label, self.store.group[picked.track]


def _shares(store: Store, chosen: Ends, unknown_share: float) -> NDArray[np.float64]:
    """Cumulative chances: classes alike but for unknown, in a class groups by their root."""
    unknown = LABELS.index(UNKNOWN)
    weight = np.zeros(len(chosen))
    present = np.unique(chosen.label)
    known = present[present != unknown]
    group = np.unique(store.group[chosen.track], return_inverse=True)[1]
    for label in present:
        mine = np.flatnonzero(chosen.label == label)
        count = np.bincount(group[mine], minlength=group.max() + 1)[group[mine]]
        each = 1.0 / np.sqrt(count)
        share = unknown_share if label == unknown else (1 - unknown_share) / max(len(known), 1)
        weight[mine] = share * each / each.sum()
    return np.cumsum(weight) / weight.sum()


def plain(store: Store, chosen: Ends, view: View) -> Batch:
    """Windows as they are."""
    window, found = cut(store, chosen, view.length)
    return view(window, found, store.size[chosen.track]), chosen.label
