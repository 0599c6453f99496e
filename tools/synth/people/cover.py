"""Which part of a body lies under which cloth, as fields over its rest vertices.

Each field is a signed distance in metres, roughly: above 0 inside, below 0 outside. The renderer
draws the border where the interpolated field crosses 0, so hems are sharper than triangles.
"""

# ruff: noqa: PLR2004 - the measures of the clothes are what this module is about

from dataclasses import dataclass, replace

import numpy as np

from tools.synth.people.body import Body, Floats
from tools.synth.people.look import Look

FAR = 0.2
"""Metres; fields end here."""
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
FOREARM = ARM[1:]
LEG = ("upperleg", "lowerleg", "foot", "toe")


@dataclass(frozen=True, slots=True)
class Cover:
    """Fields over the rest vertices, each [v] float32.

    Attributes:
        top: the shirt.
        bottom: what is worn on the legs.
        sock: the socks.
        hair: the scalp.
        beard: jaw and upper lip.
        arm: share that arm bones move, 0..1.
        head: share that neck and head bones move, 0..1.
    """

    top: Floats
    bottom: Floats
    sock: Floats
    hair: Floats
    beard: Floats
    arm: Floats
    head: Floats


def cover(body: Body, look: Look, shape: Floats | None = None) -> Cover:
    """Where the clothes and the hair of a look lie on a body.

    Args:
        body: who.
        look: what they wear.
        shape: [v, 3] rest vertices with the cloth standing off, so that hems are level there;
            the skin unless told.
    """
    worn = body if shape is None else replace(body, skin=shape)
    arm, head = body.share_of(ARM), body.share_of(("neck", "head", "eye"))
    leg_at, leg_long = along_leg(worn)
    trunk_only = 0.25 * (0.5 - arm)
    waist = body.skeleton.at("spine05")[2] + _waist(body)
    bottom = np.minimum(waist - worn.skin[:, 2], trunk_only)
    bottom = np.minimum(bottom, (look.bottom.length - leg_at) * leg_long)
    sock = np.minimum((leg_at - look.socks) * leg_long, trunk_only)
    return Cover(
        top=_end(_top(worn, look, arm)),
        bottom=_end(bottom),
        sock=_end(sock),
        hair=_end(_hair(body)),
        beard=_end(_beard(body)),
        arm=arm,
        head=head,
    )


def along_arm(body: Body) -> tuple[Floats, float]:
    """How far down the arm: 0 shoulder, 1 elbow, 2 wrist, [v]; metres of one such step."""
    return _along(body, ("upperarm01.L", "lowerarm01.L", "wrist.L"))


def along_leg(body: Body) -> tuple[Floats, float]:
    """How far down the leg: 0 hip, 1 knee, 2 ankle, [v]; metres of one such step."""
    return _along(body, ("upperleg01.L", "lowerleg01.L", "foot.L"))


def bust(body: Body) -> Floats:
    """The foremost place of the chest on the body's left, [3]."""
    x, y, z = body.skin.T
    low, high = body.skeleton.at("spine02")[2], body.skeleton.at("upperarm01.L")[2]
    chest = (x > 0.03) & (z > low) & (z < high) & (body.share_of(ARM) < 0.1)
    return body.skin[np.argmin(np.where(chest, y, np.inf))]


def _along(body: Body, names: tuple[str, str, str]) -> tuple[Floats, float]:
    """Steps along two bones in a row, the same on both sides."""
    side = body.skin * [1, 1, 1]
    side[:, 0] = np.abs(side[:, 0])
    a, b, c = (body.skeleton.at(name) for name in names)
    first = (side - a) @ (b - a) / ((b - a) @ (b - a))
    second = (side - b) @ (c - b) / ((c - b) @ (c - b))
    steps = np.clip(first, -1.0, 1.0) + np.clip(second, 0.0, 1.4)
    return steps.astype(np.float32), float(np.linalg.norm(c - a) / 2)


def _waist(body: Body) -> float:
    """How far above the root the trousers end, metres."""
    return 0.055 * body.height / 1.75


def _top(body: Body, look: Look, arm: Floats) -> Floats:
    """The shirt."""
    if look.top.kind == "bare":
        return np.full(len(body.skin), -FAR, np.float32)
    at, scale = body.skeleton.at, body.height / 1.75
    x, z = np.abs(body.skin[:, 0]), body.skin[:, 2]
    neck, shoulder = at("neck01"), at("upperarm01.L")
    hem = at("spine05")[2] - 0.045 * scale
    if look.top.kind == "bra":
        hem = bust(body)[2] - 0.065 * scale
    collar = np.linalg.norm((body.skin - neck - [0, -0.03 * scale, 0]) * [1, 0.85, 1.1], axis=1)
    trunk = np.minimum(z - hem, collar - 0.083 * scale)
    chin = body.skin[body.topology.named["chin"], 2]
    trunk = np.minimum(trunk, min(neck[2] + 0.032 * scale, chin - 0.025 * scale) - z)
    if look.top.kind in ("tee", "long"):
        arm_at, arm_long = along_arm(body)
        sleeve = (look.top.length - arm_at) * arm_long
        return np.minimum(trunk, np.where(arm > 0.02, sleeve, FAR))
    # Straps: cut out around the arm, and deeper at the neck.
    hole = np.minimum(0.3 * (0.4 - arm), 0.72 * shoulder[0] - x + 0.9 * (shoulder[2] - z).clip(0))
    low = 0.035 if look.top.kind == "tank" else 0.06
    front = np.hypot(x / 0.075, (z - neck[2] - 0.01) / (0.075 + low)) - 1
    hole = np.minimum(hole, 0.08 * scale * front)
    return np.minimum(trunk, hole)


def _hair(body: Body) -> Floats:
    """The scalp, above a line from the forehead over the ears to the nape."""
    y, z, s = _head_axes(body)
    line = z - (0.070 - 1.0 * (y - 0.020).clip(0))
    nape = np.minimum(y - 0.105, z + 0.062)
    return s * np.maximum(line, nape)


def _beard(body: Body) -> Floats:
    """Below the cheekbones and in front of the ears, and on the upper lip."""
    y, z, s = _head_axes(body)
    x = np.abs(body.skin[:, 0]) / s
    mouth = (body.skin[body.topology.lips, 2].mean() - body.skeleton.at("eye.L")[2]) / s
    jaw = np.minimum(mouth + 0.014 + 0.28 * (x - 0.030).clip(0) - z, 0.080 - y)
    jaw = np.minimum(jaw, z - mouth + 0.075)
    return s * np.minimum(jaw, np.hypot(x / 1.6, z - mouth) - 0.011)


def _head_axes(body: Body) -> tuple[Floats, Floats, float]:
    """Behind and above the eyes in metres of an average head, [v] each; the head's size to it."""
    eye, crown = body.skeleton.at("eye.L"), body.skin[body.topology.named["crown"]]
    s = float(crown[2] - eye[2]) / 0.108
    return (body.skin[:, 1] - eye[1]) / s, (body.skin[:, 2] - eye[2]) / s, s


def _end(field: Floats) -> Floats:
    """Ends a field at FAR."""
    return np.clip(field, -FAR, FAR).astype(np.float32)
