"""Gym equipment that only stands about: each faces -y, stands on z = 0, amid x and y."""

import numpy as np

from tools.synth.mesh import Mesh, ball, box, cushion, join, moved, rod, tube, turned
from tools.synth.world import colours, props, stands, weights

Random = np.random.Generator


def rack(rng: Random) -> Mesh:
    """A power rack or half rack with a barbell."""
    frame, half, deep = colours.metal(rng), 0.56, float(rng.uniform(0.3, 1.2))
    tall = float(rng.uniform(1.8, 2.3))
    post = (0.07, 0.07, tall)
    parts = [
        box((x, y, tall / 2), post, frame, shine=0.3)
        for x in (-half, half)
        for y in (-deep / 2, deep / 2)
    ]
    parts += [
        box((0, y, tall - 0.04), (2 * half, 0.07, 0.07), frame) for y in (-deep / 2, deep / 2)
    ]
    parts += [
        box((x, 0, z), (0.07, deep + 0.1, 0.07), frame) for x in (-half, half) for z in (0.04, tall)
    ]
    hook, front = float(rng.uniform(0.9, 1.4)), -deep / 2 - 0.07
    parts += [
        box((x, front, hook - 0.04), (0.06, 0.1, 0.05), colours.thing(rng)) for x in (-half, half)
    ]
    bar = weights.barbell(weights.barbell_options(rng))
    return join([*parts, moved(bar, (0, front, hook))])


def dumbbell_rack(rng: Random) -> Mesh:
    """Two or three shelves of dumbbells."""
    frame, wide, tiers = colours.metal(rng), float(rng.uniform(0.9, 2.2)), int(rng.integers(2, 4))
    colour, style = colours.thing(rng), str(rng.choice(["hex", "round"]))
    parts = [box((x, 0, 0.45), (0.05, 0.45, 0.9), frame) for x in (-wide / 2, wide / 2)]
    for tier in range(tiers):
        z = 0.25 + 0.65 * tier / (tiers - 1)
        parts.append(box((0, 0.08 * tier - 0.08, z), (wide, 0.26, 0.03), frame))
        kg = float(rng.uniform(4, 20))
        for x in np.arange(-wide / 2 + 0.12, wide / 2 - 0.1, 0.19):
            one = weights.dumbbell({"kg": kg, "style": style, "colour": colour})
            kg *= 1.08
            parts.append(moved(one, turned(2, 90, (x, 0.08 * tier - 0.08, z + 0.09))))
    return join(parts)


def tower(rng: Random) -> Mesh:
    """A cable machine: a weight stack between two posts, with a bar to pull."""
    frame, tall = colours.metal(rng), float(rng.uniform(1.9, 2.3))
    wide, pad = float(rng.uniform(0.5, 0.9)), colours.thing(rng)
    parts = [box((x, 0.1, tall / 2), (0.08, 0.1, tall), frame) for x in (-wide / 2, wide / 2)]
    parts += [
        box((0, 0.1, tall), (wide + 0.08, 0.12, 0.1), frame),
        box((0, -0.1, 0.04), (wide + 0.2, 0.9, 0.08), frame),
        box((0, 0.1, 0.5), (0.6 * wide, 0.16, 0.9), weights.DARK),
        tube([(0, 0.1, tall), (0, -0.5, tall - 0.02)], 0.04, frame),
        rod((0, -0.5, tall), (0, -0.5, tall - 0.3), 0.006, weights.DARK, sides=6),
        rod((-0.4, -0.5, tall - 0.3), (0.4, -0.5, tall - 0.3), 0.014, weights.STEEL),
    ]
    if rng.random() < 0.6:  # noqa: PLR2004
        parts.append(cushion((0, -0.35, 0.5), (0.4, 0.36, 0.08), pad))
        parts.append(tube([(0, -0.35, 0.46), (0, -0.35, 0.06)], 0.04, frame))
    return join(parts)


def treadmill(rng: Random) -> Mesh:
    """A treadmill with its console at the back."""
    frame, body = colours.metal(rng), colours.thing(rng)
    return join(
        [
            cushion((0, 0, 0.12), (0.8, 1.7, 0.16), body, rounding=0.04),
            box((0, -0.05, 0.205), (0.5, 1.5, 0.012), weights.RUBBER),
            *(
                tube([(x, 0.7, 0.15), (x, 0.75, 1.15), (x, 0.1, 1.0)], 0.03, frame)
                for x in (-0.38, 0.38)
            ),
            cushion((0, 0.75, 1.25), (0.8, 0.08, 0.35), weights.DARK),
        ]
    )


def bicycle(rng: Random) -> Mesh:
    """An exercise bicycle, seen from its side when it faces +x."""
    frame, body = colours.metal(rng), colours.thing(rng)
    parts = [
        rod((0.4, -0.05, 0.35), (0.4, 0.05, 0.35), 0.26, body, sides=28),
        tube([(-0.35, 0, 0.05), (0.4, 0, 0.35), (0.45, 0, 1.05)], 0.035, frame),
        tube([(0.05, 0, 0.22), (-0.25, 0, 0.9)], 0.03, frame),
        cushion((-0.27, 0, 0.93), (0.28, 0.2, 0.07), weights.DARK),
        tube([(0.45, -0.22, 1.1), (0.45, 0.22, 1.1)], 0.016, weights.DARK),
    ]
    parts += [tube([(x, -0.25, 0.04), (x, 0.25, 0.04)], 0.035, frame) for x in (-0.4, 0.45)]
    return join(parts)


def plate_tree(rng: Random) -> Mesh:
    """Plates on a stand, or leaning in a row."""
    frame, radius = colours.metal(rng), float(rng.uniform(0.14, 0.225))
    parts = [tube([(0, 0, 0.02), (0, 0, 1.1)], 0.035, frame)]
    parts += [tube([(-0.25, y, 0.03), (0.25, y, 0.03)], 0.03, frame) for y in (-0.2, 0.2)]
    parts.append(tube([(0, -0.2, 0.03), (0, 0.2, 0.03)], 0.03, frame))
    for z in (0.3, 0.85):
        for side in (-1, 1):
            parts.append(rod((0, 0, z), (side * 0.22, 0, z), 0.02, weights.STEEL))
            for k in range(rng.integers(0, 4)):
                one = weights.plate(radius * 0.95, 0.04, weights.BUMPERS[rng.integers(5)])
                parts.append(moved(one, (side * (0.07 + 0.044 * k), 0, z)))
    return join(parts)


def bells(rng: Random) -> Mesh:
    """A row of kettlebells on the floor."""
    count, colour = int(rng.integers(1, 6)), colours.thing(rng)
    return join(
        moved(
            weights.kettlebell({"radius": 0.08 + 0.01 * k, "colour": colour}),
            turned(2, float(rng.uniform(-30, 30)), (0.3 * (k - (count - 1) / 2), 0, 0)),
        )
        for k in range(count)
    )


def balls(rng: Random) -> Mesh:
    """A gym ball, or two medicine balls."""
    if rng.random() < 0.5:  # noqa: PLR2004
        r = float(rng.uniform(0.25, 0.38))
        return ball((0, 0, r), r, colours.thing(rng), sides=32)
    sizes = rng.uniform(0.11, 0.18, 2)
    return join(
        ball((x, 0, r), float(r), colours.thing(rng))
        for x, r in zip((-0.2, 0.2), sizes, strict=True)
    )


def wall_bars(rng: Random) -> Mesh:
    """Swedish wall bars."""
    wood, tall = colours.wood(rng), float(rng.uniform(2.1, 2.4))
    parts = [box((x, 0.05, tall / 2), (0.04, 0.12, tall), wood) for x in (-0.45, 0.45)]
    parts += [
        rod((-0.45, 0, z), (0.45, 0, z), 0.018, wood, sides=10) for z in np.arange(0.15, tall, 0.16)
    ]
    return join(parts)


def bench(rng: Random) -> Mesh:
    """A bench, flat or inclined, alongside the wall or square to it."""
    options = props.sample(rng, "bench") | {"incline": float(rng.choice([0, 0, 45, 70]))}
    return moved(stands.bench(options), turned(2, float(rng.choice([0, 90]))))


def steps(rng: Random) -> Mesh:
    """One or two boxes to jump on."""
    low = props.mesh("box", props.sample(rng, "box"))
    if rng.random() < 0.5:  # noqa: PLR2004
        return low
    high = props.mesh("box", {"size": (0.5, 0.45, 0.3), "colour": colours.thing(rng)})
    return join([low, moved(high, (0, 0, 0.45))])
