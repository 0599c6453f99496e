"""A look as the block `Paint` of the shader."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.synth.people.body import Body
from tools.synth.people.look import PATTERNS, Cloth, Look

BARE_SCALP = 0.0


def block(body: Body, look: Look) -> bytes:
    """The uniform block, in the order of person.glsl."""
    eye, s = body.skeleton.at("eye.L"), _head(body)
    lips = body.skin[body.topology.lips]
    skin = linear(look.skin)
    lip = linear(look.skin) * [0.80, 0.52, 0.52]
    hips, neck = body.skeleton.at("upperleg01.L")[2], body.skeleton.at("neck01")[2]
    rows = [
        [*skin, 1.0],
        [*linear(look.hair), BARE_SCALP if look.cut == "bald" else 1.0],
        [*lip, 1.0],
        *([*linear(c), 1.0] for c in (look.sock, *look.shoe)),
        *([*linear(c or (0.0, 0.0, 0.0)), 1.0] for c in (look.cap, look.glasses)),
        *_colours(look.top),
        *_colours(look.bottom),
        _weave(look.top, look.seed),
        _weave(look.bottom, look.seed + 9.0),
        [*eye, s],
        [float(lips[:, 1].min()), float(lips[:, 2].mean()), _half_width(body), look.beard],
        [
            hips + 0.72 * (neck - hips),
            hips,
            float(body.skin[:, 1].min()),
            body.skeleton.at("upperarm01.L")[0],
        ],
    ]
    return np.array(rows, "<f4").tobytes()


def linear(colour: ArrayLike) -> NDArray[np.float64]:
    """SRGB to linear light, any shape (IEC 61966-2-1)."""
    c = np.asarray(colour, float)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004


def _head(body: Body) -> float:
    """Size of the head to an average one."""
    crown = body.skin[body.topology.named["crown"], 2]
    return float(crown - body.skeleton.at("eye.L")[2]) / 0.108


def _half_width(body: Body) -> float:
    """Of the mouth, metres."""
    named = body.topology.named
    return float(body.skin[named["mouth.L"], 0] - body.skin[named["mouth.R"], 0]) / 2 * 1.08


def _colours(cloth: Cloth) -> list[list[float]]:
    """Three colours of a cloth."""
    return [[*linear(c), 1.0] for c in cloth.colours]


def _weave(cloth: Cloth, seed: float) -> list[float]:
    """Pattern, metres of one repetition, seed."""
    return [float(PATTERNS.index(cloth.pattern)), cloth.scale, seed, 0.0]
