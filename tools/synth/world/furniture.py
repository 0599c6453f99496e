"""Furniture and household things: each faces -y, stands on z = 0, amid x and y."""

import numpy as np

from tools.synth.mesh import Mesh, ball, box, cushion, join, lathe, moved, rod, tube, turned
from tools.synth.world import colours, props

Random = np.random.Generator
DARK = (0.12, 0.12, 0.13)


def sofa(rng: Random) -> Mesh:
    """A sofa or an armchair."""
    seats = int(rng.integers(1, 4))
    colour, wide = np.array(colours.thing(rng)), 0.66 * seats
    parts = [
        cushion((0, 0, 0.2), (wide + 0.3, 0.85, 0.36), colour * 0.9, rounding=0.05, shine=0.02),
        cushion((0, 0.33, 0.55), (wide + 0.3, 0.2, 0.5), colour * 0.95, rounding=0.08, shine=0.02),
    ]
    parts += [
        cushion((x, 0, 0.42), (0.18, 0.85, 0.4), colour * 0.9, rounding=0.07, shine=0.02)
        for x in (-wide / 2 - 0.1, wide / 2 + 0.1)
    ]
    for k in range(seats):
        x = 0.66 * (k - (seats - 1) / 2)
        parts.append(
            cushion((x, -0.06, 0.42), (0.64, 0.66, 0.16), colour, rounding=0.06, shine=0.02)
        )
    if rng.random() < 0.5:  # noqa: PLR2004
        pillow = cushion((0, 0, 0), (0.42, 0.14, 0.42), colours.thing(rng), rounding=0.07, shine=0)
        parts.append(moved(pillow, turned(0, -20, (float(rng.uniform(-0.2, 0.2)), 0.12, 0.68))))
    return join(parts)


def shelf(rng: Random) -> Mesh:
    """A bookcase with books and boxes."""
    wood, wide = colours.wood(rng), float(rng.uniform(0.6, 1.4))
    tall, rows = float(rng.uniform(0.8, 2.1)), int(rng.integers(2, 6))
    parts = [box((x, 0, tall / 2), (0.03, 0.32, tall), wood) for x in (-wide / 2, wide / 2)]
    parts.append(box((0, 0.15, tall / 2), (wide, 0.02, tall), np.multiply(wood, 0.8)))
    for row in range(rows + 1):
        z = 0.04 + (tall - 0.06) * row / rows
        parts.append(box((0, 0, z), (wide, 0.32, 0.03), wood))
        x = -wide / 2 + 0.04
        while row < rows and x < wide / 2 - 0.1:
            thick = float(rng.uniform(0.02, 0.2))
            high = float(rng.uniform(0.4, 0.85)) * tall / rows
            if rng.random() < 0.8 and x + thick < wide / 2 - 0.03:  # noqa: PLR2004
                middle = (x + thick / 2, 0, z + 0.015 + high / 2)
                parts.append(box(middle, (thick * 0.95, 0.22, high), colours.thing(rng)))
            x += thick
    return join(parts)


def table(rng: Random) -> Mesh:
    """A table or a desk, with a thing or two on it."""
    wood, frame = colours.wood(rng), colours.metal(rng)
    w, d, h = (float(rng.uniform(*r)) for r in ((0.7, 1.6), (0.5, 0.8), (0.4, 0.78)))
    parts = [cushion((0, 0, h), (w, d, 0.035), wood, rounding=0.01)]
    parts += [
        rod((x, y, 0), (x, y, h), 0.025, frame, sides=10)
        for x in (-0.45 * w, 0.45 * w)
        for y in (-0.42 * d, 0.42 * d)
    ]
    if rng.random() < 0.5:  # noqa: PLR2004
        parts.append(box((0, 0.1, h + 0.24), (0.5, 0.03, 0.32), DARK, shine=0.5))
        parts.append(box((0, 0.12, h + 0.05), (0.06, 0.03, 0.1), DARK))
    parts.append(moved(props.mesh("bottle", props.sample(rng, "bottle")), (0.3 * w, 0, h + 0.018)))
    return join(parts)


def cabinet(rng: Random) -> Mesh:
    """Lockers or a cupboard with doors."""
    colour = np.array(colours.thing(rng) if rng.random() < 0.5 else colours.wood(rng))  # noqa: PLR2004
    doors, wide = int(rng.integers(1, 5)), float(rng.uniform(0.3, 0.5))
    tall, deep = float(rng.uniform(0.7, 2.0)), float(rng.uniform(0.35, 0.55))
    parts = [box((0, 0.01, tall / 2), (doors * wide, deep - 0.02, tall), colour * 0.85)]
    for k in range(doors):
        x = wide * (k - (doors - 1) / 2)
        parts.append(box((x, -deep / 2, tall / 2 + 0.03), (wide - 0.015, 0.02, tall - 0.1), colour))
        knob = (x + 0.36 * wide, -deep / 2 - 0.02, 0.55 * tall)
        parts.append(box(knob, (0.02, 0.02, 0.09), (0.7, 0.7, 0.7), shine=0.5))
    return join(parts)


def plant(rng: Random) -> Mesh:
    """A plant in a pot."""
    tall, green = (
        float(rng.uniform(0.5, 1.6)),
        colours.shade(rng, (0.2, 0.4), (0.4, 0.8), (0.2, 0.6)),
    )
    pot = [(0, 0), (0.11, 0), (0.16, 0.26), (0.15, 0.28), (0, 0.27)]
    parts = [lathe(pot, colours.thing(rng), smooth=False)]
    for _ in range(int(rng.integers(12, 26))):
        leaf = ball((0, 0, 0), 1, np.multiply(green, rng.uniform(0.7, 1.2)), sides=8, shine=0.1)
        size = tall * rng.uniform(0.1, 0.22)
        shape = np.diag([0.3 * size, 0.05 * size, size, 1.0])
        lean = float(rng.uniform(5, 75))
        turn = turned(2, float(rng.uniform(0, 360))) @ turned(0, lean)
        base = np.array([0, 0, 0.25 + rng.uniform(0.0, 0.8) * (tall - 0.4)])
        tip = turn[:3, 2] * size * 1.05
        bent = moved(_scaled(leaf, np.diag(shape)[:3]), turn)
        parts.append(moved(bent, base + tip))
        if base[2] > 0.35:  # noqa: PLR2004
            parts.append(rod((0, 0, 0.26), base, 0.006, np.multiply(green, 0.7), sides=5))
    return join(parts)


def lamp(rng: Random) -> Mesh:
    """A floor lamp."""
    tall, frame = float(rng.uniform(1.3, 1.8)), colours.metal(rng)
    shade = [(0, tall - 0.02), (0.2, tall - 0.24), (0.21, tall - 0.24), (0.13, tall), (0, tall)]
    return join(
        [
            rod((0, 0, 0), (0, 0, 0.03), 0.15, frame),
            rod((0, 0, 0), (0, 0, tall - 0.1), 0.012, frame, sides=8),
            lathe(shade, colours.wall(rng), smooth=False, shine=0),
        ]
    )


def bag(rng: Random) -> Mesh:
    """A sports bag on the floor."""
    colour, long = np.array(colours.thing(rng)), float(rng.uniform(0.4, 0.65))
    half = np.linspace(0, np.pi, 8)
    strap = np.stack([0.14 * np.cos(half), 0 * half - 0.08, 0.22 + 0.14 * np.sin(half)], 1)
    return join(
        [
            cushion((0, 0, 0.14), (long, 0.28, 0.28), colour, rounding=0.12, shine=0.05),
            tube(strap, 0.012, colour * 0.6),
            tube(strap * (1, -1, 1), 0.012, colour * 0.6),
        ]
    )


def cartons(rng: Random) -> Mesh:
    """A pile of boxes."""
    parts, z = [], 0.0
    for _ in range(int(rng.integers(1, 5))):
        size = rng.uniform((0.3, 0.3, 0.2), (0.6, 0.5, 0.45))
        colour = colours.shade(rng, (0.06, 0.1), (0.2, 0.5), (0.4, 0.8))
        place = (*rng.uniform(-0.04, 0.04, 2), z + size[2] / 2)
        parts.append(
            moved(box((0, 0, 0), size, colour), turned(2, float(rng.uniform(-9, 9)), place))
        )
        z += size[2]
    return join(parts)


def seat(rng: Random) -> Mesh:
    """A chair or a stool."""
    kind = str(rng.choice(["chair", "stool"]))
    return props.mesh(kind, props.sample(rng, kind))


def _scaled(mesh: Mesh, scale: np.ndarray) -> Mesh:
    """A solid stretched along its axes, [3]."""
    normals = mesh.normals / scale
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return Mesh(
        (mesh.vertices * scale).astype(np.float32),
        normals.astype(np.float32),
        mesh.faces,
        mesh.colours,
        shine=mesh.shine,
    )
