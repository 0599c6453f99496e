"""A take: what one athlete does in one clip, with everything that is true of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves import reps as repetitions
from tools.synth.moves import style
from tools.synth.moves.anchors import anchored, at_arms_length
from tools.synth.moves.exercise import Exercise
from tools.synth.moves.feet import Stand, stand
from tools.synth.moves.gear import Prop, grounded, take_up
from tools.synth.moves.reps import Rep
from tools.synth.moves.rig import Figure, Held, Placed
from tools.synth.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Take:
    """An athlete in [n] moments, exercising at the origin and looking along -y.

    Attributes:
        times: [n] seconds.
        skeleton: whose.
        placed: bones.
        exercise: as the device has it, `unknown` for everything else.
        depth: [n] 0 the start pose, 1 the turn.
        phases: [n] `start`, `out`, `turn`, `back` or `idle`.
        reps: on the clock of `times`.
        faults: strength 0..1 by name.
        props: what is used.
    """

    times: Array
    skeleton: Skeleton
    placed: Placed
    exercise: str
    depth: Array
    phases: list[str]
    reps: tuple[Rep, ...] = ()
    faults: dict[str, float] = field(default_factory=dict)
    props: tuple[Prop, ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """A set, and how its bodies were placed: root [n, 3], what holds the limbs, the stance."""

    take: Take
    figure: Figure
    root: Array
    held: Held
    stand: Stand


def perform(
    exercise: Exercise,
    skeleton: Skeleton,
    rng: np.random.Generator,
    *,
    fps: float,
    count: int = 5,
    partials: Sequence[float] = (),
    faults: dict[str, float] | None = None,
    before: float = 1.0,
    after: float = 1.0,
) -> Take:
    """A set of an exercise, from the start pose to the start pose; see `work`."""
    return work(
        exercise,
        skeleton,
        rng,
        fps=fps,
        count=count,
        partials=partials,
        faults=faults,
        before=before,
        after=after,
    ).take


def work(
    exercise: Exercise,
    skeleton: Skeleton,
    rng: np.random.Generator,
    *,
    fps: float,
    count: int = 5,
    partials: Sequence[float] = (),
    faults: dict[str, float] | None = None,
    before: float = 1.0,
    after: float = 1.0,
    plan: tuple[Rep, ...] = (),
) -> Worked:
    """A set of an exercise.

    Args:
        exercise: what.
        skeleton: whose.
        rng: of this athlete and set.
        fps: moments a second.
        count: complete repetitions.
        partials: depths of those that turn round early.
        faults: strength 0..1 by name.
        before: seconds in the start pose.
        after: the same, when it is done.
        plan: the repetitions from 0 s on, instead of those that `count` and `partials` ask for.
    """
    faults = faults or {}
    reach = split = 1.0
    for name, strength in faults.items():
        reach *= 1 + strength * (exercise.faults[name].reach - 1)
        split *= 1 + strength * (exercise.faults[name].split - 1)
    plan = plan or repetitions.sample(exercise, rng, count=count, partials=partials, reach=reach)
    plan = tuple(rep.shifted(before) for rep in plan)
    end = (plan[-1].end if plan else before) + after
    times = np.arange(round(end * fps)) / fps
    depth, way = repetitions.depths(plan, times), repetitions.ways(plan, times)
    angles = style.angles(exercise, depth, way, faults=faults, rng=rng)
    style.sway(angles, times, rng, rng.uniform(0.4, 1.6))
    stance = stand(exercise, skeleton, rng)
    stance = replace(stance, split=stance.split * split)
    figure, root, held = anchored(skeleton, angles, exercise, stance)
    root = grounded(figure, root, exercise.hold, depth)
    held, props = take_up(figure, root, held, exercise)
    if exercise.anchor == "hands":
        root = at_arms_length(figure, root, held)
    take = Take(
        times=times,
        skeleton=skeleton,
        placed=figure.place(root, held),
        exercise=exercise.name,
        depth=depth,
        phases=repetitions.phases(plan, times),
        reps=plan,
        faults=faults,
        props=props,
    )
    return Worked(take, figure, root, held, stance)
