"""Small things an athlete uses or leaves about: mat, box, bottle, chair, towel."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tools.synth.mesh import Mesh, box, cushion, join, lathe, moved, rod, tube, turned

WOOD, BLUE, DARK = (0.72, 0.55, 0.36), (0.18, 0.36, 0.62), (0.15, 0.15, 0.16)

Options = Mapping[str, Any]


def mat(options: Options) -> Mesh:
    """A mat on the floor, long side along y; `length` (1.83), `width` (0.61), `thick` (0.01)."""
    size = [
        float(options.get(k, d)) for k, d in (("width", 0.61), ("length", 1.83), ("thick", 0.01))
    ]
    return cushion(
        (0, 0, size[2] / 2), size, options.get("colour", BLUE), rounding=size[2] / 2, shine=0.05
    )


def plyo_box(options: Options) -> Mesh:
    """A box to step or jump on, standing on z = 0; `size` [3] (0.6, 0.5, 0.45), `colour`."""
    size = np.asarray(options.get("size", (0.6, 0.5, 0.45)), float)
    colour = np.asarray(options.get("colour", WOOD), float)
    slot = (0.13, 0.004, 0.035)
    front = (0, size[1] / 2, 0.72 * size[2])
    slots = [box(np.multiply(front, (1, s, 1)), slot, DARK) for s in (-1, 1)]
    rim = [
        box((0, 0, z), (*(size[:2] + 0.004), 0.02), colour * 0.8) for z in (0.01, size[2] - 0.01)
    ]
    return join([box((0, 0, size[2] / 2), size - (0, 0, 0.01), colour), *rim, *slots])


def bottle(options: Options) -> Mesh:
    """A drinking bottle on z = 0; `height` (0.24), `radius` (0.036), `colour`, `cap`."""
    high, r = float(options.get("height", 0.24)), float(options.get("radius", 0.036))
    body = [
        (0, 0),
        (0.95 * r, 0),
        (r, 0.02),
        (r, 0.68 * high),
        (0.55 * r, 0.82 * high),
        (0, 0.82 * high),
    ]
    cap = [
        (0, 0.8 * high),
        (0.6 * r, 0.8 * high),
        (0.6 * r, 0.93 * high),
        (0.2 * r, high),
        (0, high),
    ]
    return join(
        [
            lathe(body, options.get("colour", BLUE), sides=18, shine=0.6),
            lathe(cap, options.get("cap", DARK), sides=14, smooth=False),
        ]
    )


def phone(options: Options) -> Mesh:
    """A telephone that lies on z = 0, its long side along x and its glass up; `colour`."""
    size = np.array([0.15, 0.072, 0.009])
    body = cushion((0, 0, size[2] / 2), size, options.get("colour", DARK), rounding=0.004)
    glass = box((0, 0, size[2]), (*(0.94 * size[:2]), 0.001), (0.03, 0.03, 0.04), shine=0.7)
    return join([body, glass])


def chair(options: Options) -> Mesh:
    """A chair that stands on z = 0, its back at +y; `seat` height (0.45), `colour`, `frame`."""
    high, colour = float(options.get("seat", 0.45)), options.get("colour", WOOD)
    frame = options.get("frame", DARK)
    back = moved(
        cushion((0, 0, 0), (0.4, 0.03, 0.24), colour), turned(0, -8, (0, 0.25, high + 0.33))
    )
    legs = [
        tube([(x, -0.18, high - 0.02), (1.1 * x, -0.21, 0.0)], 0.014, frame) for x in (-0.18, 0.18)
    ]
    rear = [
        tube([(1.1 * x, 0.24, 0.0), (x, 0.19, high), (x, 0.26, high + 0.44)], 0.014, frame)
        for x in (-0.18, 0.18)
    ]
    seat = cushion((0, 0, high - 0.02), (0.42, 0.42, 0.04), colour, rounding=0.015)
    return join([seat, back, *legs, *rear])


def stool(options: Options) -> Mesh:
    """A round stool that stands on z = 0; `seat` height (0.45), `colour`, `frame`."""
    high, frame = float(options.get("seat", 0.45)), options.get("frame", DARK)
    legs = [
        rod((0.1 * c, 0.1 * s, high - 0.03), (0.18 * c, 0.18 * s, 0), 0.014, frame)
        for c, s in ((1, 1), (1, -1), (-1, 1), (-1, -1))
    ]
    return join([rod((0, 0, high - 0.04), (0, 0, high), 0.17, options.get("colour", WOOD)), *legs])


def towel(options: Options) -> Mesh:
    """A folded towel that lies on z = 0; `size` [3] (0.34, 0.24, 0.05), `colour`."""
    size = np.asarray(options.get("size", (0.34, 0.24, 0.05)), float)
    colour = np.asarray(options.get("colour", (0.85, 0.85, 0.82)), float)
    layers = 3
    thick = size[2] / layers
    return join(
        cushion(
            (0.004 * (-1) ** k, 0.003 * k, thick * (k + 0.5)),
            (size[0], size[1], 1.05 * thick),
            colour * (1 - 0.05 * (k % 2)),
            rounding=thick / 2,
            shine=0.0,
        )
        for k in range(layers)
    )
