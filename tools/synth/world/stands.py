"""Benches, bars on stands and the leg extension machine.

Who uses them looks along -y. Heights are metres above the floor.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tools.synth.mesh import Mesh, cushion, join, moved, rod, tube, turned

LEATHER, FRAME, STEEL = (0.13, 0.13, 0.14), (0.16, 0.17, 0.18), (0.72, 0.73, 0.75)
BENCH_TOP, PAD = 0.43, 0.08
KNEE = 0.075
"""Metres that the knee's middle is above the seat."""

Options = Mapping[str, Any]


def bench(options: Options) -> Mesh:
    """A bench with its top at 0.43, long side along y, centred.

    Options: `length` (1.2), `width` (0.28), `incline` of the back part in degrees (0: flat),
    `colour` of the pads, `frame` colour. An inclined back starts at y = 0.14 behind the seat.
    """
    length, wide = float(options.get("length", 1.2)), float(options.get("width", 0.28))
    colour, frame = options.get("colour", LEATHER), options.get("frame", FRAME)
    incline = float(options.get("incline", 0))
    z = BENCH_TOP - PAD / 2
    foot = 0.42 * length
    if incline:
        back = cushion((0, 0.38, PAD / 2), (wide, 0.76, PAD), colour)
        pads = [
            cushion((0, -0.1, z), (wide, 0.44, PAD), colour),
            moved(back, turned(0, incline, (0, 0.14, BENCH_TOP - PAD))),
            rod((0, 0.3, z - 0.1), _along(0.14, BENCH_TOP - PAD, incline, 0.5), 0.022, frame),
        ]
    else:
        pads = [cushion((0, 0, z), (wide, length, PAD), colour)]
    legs = [
        tube([(0, -foot, z), (0, -foot, 0.05)], 0.028, frame),
        tube([(0, foot, z), (0, foot, 0.05)], 0.028, frame),
        tube([(0, -foot, 0.3), (0, foot, 0.3)], 0.028, frame),
        tube([(-0.22, -foot, 0.03), (0.22, -foot, 0.03)], 0.03, frame),
        tube([(-0.22, foot, 0.03), (0.22, foot, 0.03)], 0.03, frame),
    ]
    return join([*pads, *legs])


def pull_up_bar(options: Options) -> Mesh:
    """A bar along x through the origin, with what holds it.

    Options: `height` of the bar above the floor (2.2), `width` between the posts (1.3), `style`:
    stand, ceiling or wall; `ceiling`, metres above the bar (0.4); `colour` of the frame.
    """
    high, wide = float(options.get("height", 2.2)), float(options.get("width", 1.3))
    colour, style = options.get("colour", FRAME), options.get("style", "stand")
    half = wide / 2
    bar = rod((-half, 0, 0), (half, 0, 0), 0.016, options.get("bar", STEEL), shine=0.5)
    if style == "stand":
        held = [
            part
            for x in (-half, half)
            for part in (
                tube([(x, 0, 0.04), (x, 0, 0.03 - high)], 0.032, colour),
                tube([(x, -0.55, 0.03 - high), (x, 0.55, 0.03 - high)], 0.032, colour),
                tube([(x, 0.5, 0.03 - high), (x, 0.02, 0.7 - high)], 0.022, colour),
            )
        ]
        held.append(tube([(-half, 0.5, 0.03 - high), (half, 0.5, 0.03 - high)], 0.028, colour))
    elif style == "ceiling":
        up = float(options.get("ceiling", 0.4))
        held = [tube([(x, 0, 0), (x, 0, up)], 0.024, colour) for x in (-half * 0.9, half * 0.9)]
    else:
        held = [
            tube([(x, 0, 0), (x, 0.6, 0), (x, 0.6, 0.2)], 0.022, colour)
            for x in (-half * 0.9, half * 0.9)
        ]
    return join([bar, *held])


def rack(options: Options) -> Mesh:
    """Two posts ahead (y < 0) of a bar along x, with hooks that reach under it; z = 0 is the floor.

    Options: `height` of the bar (1.4); `width` between the posts (1.16); `colour`.
    """
    high, half = float(options.get("height", 1.4)), float(options.get("width", 1.16)) / 2
    colour, back = options.get("colour", FRAME), -0.09
    parts = []
    for x in (-half, half):
        parts += [
            tube([(x, back, 0.0), (x, back, max(high + 0.25, 0.5))], 0.03, colour),
            tube([(x, back - 0.35, 0.03), (x, back + 0.3, 0.03)], 0.03, colour),
            tube([(x, back, high - 0.03), (x, 0.02, high - 0.03), (x, 0.03, high)], 0.012, STEEL),
        ]
    parts.append(tube([(-half, back - 0.3, 0.03), (half, back - 0.3, 0.03)], 0.025, colour))
    return join(parts)


def dip_bars(options: Options) -> Mesh:
    """Two bars along y at z = 0 on a stand.

    Options: `apart`, metres from bar to bar (0.52); `height` above the floor (1.25), `length`
    (0.6), `colour`. The posts stand behind, at
    y > 0, so that legs hang free; the grips reach forward from them.
    """
    high, length = float(options.get("height", 1.25)), float(options.get("length", 0.6))
    colour = options.get("colour", FRAME)
    back, floor = length / 2, 0.035 - high
    half = float(options.get("apart", 0.52)) / 2
    parts = []
    for x in (-half, half):
        wide = x * 1.25
        parts += [
            tube([(x, -back, 0), (x, back, 0), (wide, back + 0.08, 0)], 0.019, STEEL),
            rod((x, -0.12, 0), (x, 0.12, 0), 0.022, LEATHER, shine=0.05),
            tube([(wide, back + 0.08, 0.1), (wide, back + 0.08, floor)], 0.032, colour),
            tube([(wide, back + 0.35, floor), (wide, -back, floor)], 0.032, colour),
        ]
    across, y = half * 1.25, back + 0.08
    parts += [tube([(-across, y, z), (across, y, z)], 0.028, colour) for z in (floor, -0.45 * high)]
    return join(parts)


def leg_extension(options: Options) -> Mesh:
    """A leg extension machine on the floor; its lever turns about x at (0, 0, `seat` + 0.075).

    Options: `seat`, height of the seat's top (0.55); `depth` of the seat (0.42); `recline` of the
    back in degrees (12); `colour` of the pads; `frame` colour. The seat's front edge is at
    y = 0.03, its back at y = 0.03 + depth.
    """
    high, deep = float(options.get("seat", 0.55)), float(options.get("depth", 0.42))
    colour, frame = options.get("colour", LEATHER), options.get("frame", FRAME)
    recline = float(options.get("recline", 12))
    rear, knee = 0.03 + deep, high + KNEE
    back = moved(
        cushion((0, PAD / 2, 0.3), (0.34, PAD, 0.52), colour),
        turned(0, -recline, (0, rear, high)),
    )
    stack = cushion((0, rear + 0.36, 0.38), (0.26, 0.18, 0.68), frame, rounding=0.02)
    parts = [
        cushion((0, 0.03 + deep / 2, high - PAD / 2), (0.42, deep, PAD), colour),
        back,
        stack,
        tube([(0, 0.1, high - PAD), (0, 0.1, 0.03)], 0.035, frame),
        tube([(0, rear, high - PAD), (0, rear + 0.05, 0.03)], 0.035, frame),
        tube([(0, -0.25, 0.04), (0, rear + 0.36, 0.04)], 0.04, frame),
        tube([(-0.3, rear - 0.1, 0.04), (0.3, rear - 0.1, 0.04)], 0.04, frame),
        tube([(-0.3, -0.25, 0.04), (0.3, -0.25, 0.04)], 0.035, frame),
        tube([(0, rear, high - PAD), (0, rear + 0.16, high + 0.3)], 0.03, frame),
        rod((0.24, 0, knee), (0.32, 0, knee), 0.05, STEEL),
        tube([(0.28, 0, knee), (0.28, 0.12, high - 0.1), (0, 0.12, high - 0.1)], 0.025, frame),
    ]
    for x in (-0.29, 0.29):
        up = high + 0.08
        handle = [(x, 0.22, high - 0.1), (x, 0.22, up), (x, 0.38, up)]
        parts += [
            tube(handle, 0.016, STEEL),
            tube([(x, 0.22, high - 0.1), (0, 0.22, high - 0.1)], 0.016, frame),
        ]
    return join(parts)


def leg_extension_lever(options: Options) -> Mesh:
    """The lever of a leg extension machine: pivot at the origin, hanging down along -z.

    Options: `length` from the pivot to the roller's middle (0.38); `front`, metres from the
    lever's line forward (-y) to that middle (0.1); `colour` of the roller; `frame` colour.
    """
    down, front = float(options.get("length", 0.38)), float(options.get("front", 0.1))
    frame = options.get("frame", STEEL)
    return join(
        [
            tube(
                [(0.3, 0, 0), (0.3, -front * 0.5, -down * 0.7), (0.3, -front, -down)], 0.022, frame
            ),
            rod((-0.2, -front, -down), (0.3, -front, -down), 0.014, STEEL),
            rod((-0.2, -front, -down), (0.2, -front, -down), 0.05, options.get("colour", LEATHER)),
            rod((0.26, 0, 0), (0.34, 0, 0), 0.04, frame),
        ]
    )


def _along(y: float, z: float, degrees: float, far: float) -> np.ndarray:
    """The point `far` metres up an incline that starts at (0, y, z), [3]."""
    return np.array(
        [0, y + far * np.cos(np.deg2rad(degrees)), z + far * np.sin(np.deg2rad(degrees))]
    )
