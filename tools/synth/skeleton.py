"""A skeleton at rest."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array

FORWARD = np.array([0.0, -1.0, 0.0])
"""Where a body at rest looks."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A body at rest: z up, looking along -y, left at +x, metres.

    Attributes:
        names: of the bones, parents before children.
        parents: index of each bone's parent, -1 for the root.
        heads: [bones, 3] where each bone begins.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Array

    def at(self, name: str) -> Array:
        """Head of a bone at rest, [3]."""
        return self.heads[self.names.index(name)]
