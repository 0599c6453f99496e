"""On toes and hands: the elbows say how high, the whole body turns about the ankles."""

from typing import Any

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves.feet import Stand, soles, spots
from tools.synth.moves.hands import flat
from tools.synth.moves.rig import ARM, SIGN, Figure, Held
from tools.synth.skeleton import Skeleton

WRIST = 0.05
"""Height of the wrist over the floor that the palm lies on, metres."""


def solve(
    skeleton: Skeleton, angles: dict[str, Array], place: dict[str, Any], standing: Stand
) -> tuple[Figure, Array, Held]:
    """Turns the figure so that its shoulders are as far over its hands as the elbows say.

    `place.grip` is how far the hands are apart, in widths of the shoulders; `place.ahead` how far
    they are ahead of the shoulders at the top, metres. The pitch of the key poses is where the
    turning begins; hips and knees keep their angles.
    """
    figure = Figure(skeleton, angles)
    ankles, turns = soles(figure, standing, spots(standing, skeleton))
    middle = ankles.mean(axis=1)
    line = (figure.shoulders - figure.ankles()).mean(axis=1)
    long = np.linalg.norm(line[:, 1:], axis=-1)
    half = abs(figure.shoulders[0, 0, 0]) * place["grip"]
    apart = half - abs(figure.shoulders[0, 0, 0])
    reach = np.sqrt(np.maximum(_arm(figure) ** 2 - apart**2, 0.01))

    top = int(np.argmax(reach))
    rise = (WRIST + reach[top] - middle[top, 2]) / long[top]
    hands = middle[top, 1] - long[top] * np.cos(np.arcsin(np.clip(rise, -1, 1))) - place["ahead"]
    # In the plane of the body: from the ankles to the hands, and the shoulders over them.
    to_hands = np.stack([middle[:, 1] - hands, WRIST - middle[:, 2]], axis=-1)
    far = np.linalg.norm(to_hands, axis=-1)
    cosine = (long**2 + far**2 - reach**2) / (2 * long * far)
    angle = np.arctan2(to_hands[:, 1], to_hands[:, 0]) + np.arccos(np.clip(cosine, -1, 1))
    now = np.arctan2(line[:, 2], -line[:, 1])

    pitch = figure.angle("pitch") + np.rad2deg(now - angle)
    figure = Figure(skeleton, angles | {"pitch": pitch})
    root = middle - figure.ankles().mean(axis=1)
    wrists = np.array([[sign * half, hands, WRIST] for sign in SIGN])
    held = Held(
        feet=ankles,
        soles=turns,
        hands=np.broadcast_to(wrists, (figure.n, 2, 3)),
        palms=np.stack([np.broadcast_to(flat(skeleton, s), (figure.n, 3, 3)) for s in "LR"], 1),
    )
    return figure, root, held


def _arm(figure: Figure) -> Array:
    """From shoulder to wrist with the elbows bent as they are, [n] metres."""
    upper, lower = figure.lengths(ARM)
    elbow = np.deg2rad((figure.angle("elbow_l") + figure.angle("elbow_r")) / 2)
    return np.sqrt(upper**2 + lower**2 + 2 * upper * lower * np.cos(elbow))
