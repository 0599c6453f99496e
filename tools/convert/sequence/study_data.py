"""What the trials of the search train on and are judged by, the same for every shape.

Nothing here is what the report's main figure is about: the networks learn from synthetic athletes
alone, and real clips are those of the scenes that `tools.evaluate counts` develops on, without the
athlete who alone shows what is unknown. His clips and the held-out scenes take no part.
"""

import argparse
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.motion import features
from tools.convert.sequence import pools, recipe, sources
from tools.convert.sequence.labels import LABELS, UNKNOWN
from tools.convert.sequence.pools import Pool
from tools.convert.sequence.sampling import Batch, View, plain
from tools.convert.sequence.store import Store
from tools.convert.sequence.windows import Ends, ends
from tools.evaluate._count_clips import DEV, split

LENGTHS = (20, 30, 40)
"""Rows of the windows: two, three and four seconds."""
TRAINED, JUDGED = 0.25, 0.045
"""Of the windows that the recipe takes."""


@dataclass(frozen=True, slots=True)
class Described:
    """Windows of one length, described in one way.

    Attributes:
        pool: to train on.
        check: synthetic ones of performances that are not trained on.
        real: of the scenes that the choice may look at.
    """

    pool: Pool
    check: Batch
    real: Batch


@dataclass
class Material:
    """Everything that trials take, described when it is first asked for, and kept in the cache."""

    cache: Path
    seed: int
    stores: dict[Path, Store]
    agreed: dict[Path, Ends]
    real: Store
    told: NDArray[np.bool_]
    _ready: dict[tuple[bool, int], Described] = field(default_factory=dict)

    @classmethod
    def gathered(cls, args: argparse.Namespace) -> "Material":
        """Reads everything; `args` are those of `sources.add_arguments` and a seed."""
        stores = sources.synthetic_stores(args)
        real = Store.of(sources.real_tracks(args))
        return cls(
            args.cache,
            args.seed,
            stores,
            {path: agreed(store, recipe.kept(store)) for path, store in stores.items()},
            real,
            _may_be_looked_at(real, args),
        )

    def described(self, length: int, *, image: bool) -> Described:
        """Windows of so many rows, as all features or as picture coordinates."""
        key = image, length
        if key not in self._ready:
            view = View(length, None if image else np.arange(features.COUNT))
            self._ready[key] = Described(
                self._pool(view, f"study-{'image' if image else 'features'}-{length}"),
                self._check(view),
                plain(self.real, ends(self.real, length, of=self.told), view),
            )
        return self._ready[key]

    def _pool(self, view: View, name: str) -> Pool:
        trained = {
            path: ends(store, view.length, of=~recipe.kept(store))
            for path, store in self.stores.items()
        }
        counted = recipe.counted(self.stores, trained, view, TRAINED)
        windows = [part for parts in counted.values() for part in parts]
        return pools.make(self.cache / name, windows, self.seed)

    def _check(self, view: View) -> Batch:
        """The same windows and tempos for all lengths: each chunk's chance begins anew."""
        drawn = [
            source.draw(min(pools.CHUNK, count - begin), np.random.default_rng([self.seed, begin]))
            for parts in recipe.counted(self.stores, self.agreed, view, JUDGED).values()
            for source, count in parts
            for begin in range(0, count, pools.CHUNK)
        ]
        return np.concatenate([x for x, _, _ in drawn]), np.concatenate([y for _, y, _ in drawn])


def agreed(store: Store, of: NDArray[np.bool_]) -> Ends:
    """Windows of some tracks that show the same at every length."""
    found = [ends(store, length, of=of) for length in LENGTHS]
    sets = [set(zip(e.track.tolist(), e.at.tolist(), e.label.tolist(), strict=True)) for e in found]
    both = sorted(set.intersection(*sets))
    track, at, label = zip(*both, strict=True) if both else ((), (), ())
    return Ends(np.array(track, np.intp), np.array(at, float), np.array(label, np.intp))


def _may_be_looked_at(real: Store, args: argparse.Namespace) -> NDArray[np.bool_]:
    """[tracks] of the scenes to develop on, without those that show anything unknown."""
    parts = split(sources.real_clips(args))
    alone = set(real.group[real.label == LABELS.index(UNKNOWN)].tolist())
    return np.array([parts.get(s) == DEV and s not in alone for s in real.group.tolist()])
