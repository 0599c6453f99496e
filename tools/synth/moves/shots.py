"""Shots: stretches of a take, one after the other, and the things in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves.gear import Prop
from tools.synth.moves.rig import Placed


@dataclass(frozen=True, slots=True)
class Shot:
    """[n] frames of a take.

    Attributes:
        placed: bones.
        phases: [n] `idle` or those of a set.
        depth: [n].
        props: what is used, by a name that is the same in all shots that use the same thing.
    """

    placed: Placed
    phases: list[str]
    depth: Array
    props: dict[str, Prop]

    def __len__(self) -> int:
        return len(self.placed)

    def backwards(self) -> "Shot":
        """The same from its end to its beginning."""
        props = {k: replace(p, poses=p.poses[::-1]) for k, p in self.props.items()}
        return Shot(
            Placed(self.placed.turns[::-1], self.placed.heads[::-1]),
            self.phases[::-1],
            self.depth[::-1],
            props,
        )

    def first(self, count: int) -> "Shot":
        """Its first frames."""
        props = {k: replace(p, poses=p.poses[:count]) for k, p in self.props.items()}
        placed = Placed(self.placed.turns[:count], self.placed.heads[:count])
        return Shot(placed, self.phases[:count], self.depth[:count], props)


def idle(placed: Placed, props: dict[str, Prop] | None = None) -> Shot:
    """A shot in which nothing is exercised."""
    return Shot(placed, ["idle"] * len(placed), np.zeros(len(placed)), props or {})


def joined(shots: Sequence[Shot]) -> Shot:
    """One shot after the other; what one of them uses stays where it is in the others."""
    names = dict.fromkeys(name for shot in shots for name in shot.props)
    return Shot(
        Placed(
            np.concatenate([s.placed.turns for s in shots]),
            np.concatenate([s.placed.heads for s in shots]),
        ),
        [phase for s in shots for phase in s.phases],
        np.concatenate([s.depth for s in shots]),
        {name: _through(shots, name) for name in names},
    )


def _through(shots: Sequence[Shot], name: str) -> Prop:
    """A thing in all shots; where none moves it, it stays where the last one left it."""
    using = [shot.props[name] for shot in shots if name in shot.props]
    poses, last = [], using[0].poses[0]
    for shot in shots:
        if name in shot.props:
            poses.append(shot.props[name].poses)
            last = poses[-1][-1] if len(poses[-1]) else last
        else:
            poses.append(np.tile(last, (len(shot), 1, 1)))
    # The set knows a thing's looks best, it is where its size follows from the athlete's.
    options: dict[str, object] = {}
    for prop in using:
        options |= prop.options
    return Prop(using[0].kind, np.concatenate(poses), options)
