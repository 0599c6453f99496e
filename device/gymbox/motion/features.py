"""What the sequence net is told about a window of poses.

One row of a window is a frame as `row` makes it: the joints that say what an athlete does, where
they are in the picture and in space, and how well they are seen. `features` turns a window of rows
into numbers that do not depend on where the athlete stands, how tall he is or which way he faces:

    body      joints in space over the length of the torso, the hips' middle the origin, turned
              about the vertical so that the athlete faces the same way; down stays down, because
              gravity tells lying from standing
    angles    joint angles in space and in the picture, how steep limbs and torso are, how high
              and how wide apart the hands and feet are
    speeds    change of the angles by time
    travel    how hips, hands and feet move through the picture, in body lengths: what hangs or
              pulls itself up differs from what pulls a bar down
    seen      visibility of the joints, and whether anybody was found

`image_features` are plain picture coordinates, as published recognisers take them, to compare with.

The training uses this very module. Everything works on any number of windows at once.
"""

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark, Pose

Floats = NDArray[np.float32]

JOINTS: tuple[Landmark, ...] = (
    Landmark.NOSE,
    *(Landmark.LEFT_EAR, Landmark.RIGHT_EAR),
    *(Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    *(Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW),
    *(Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST),
    *(Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    *(Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE),
    *(Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE),
    *(Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX),
)
"""The joints of a row, in its order."""

CHANNELS = 6
"""Of each joint: x and y in pixels, x, y and z in metres, visibility."""

_INDEX = list(JOINTS)
_AT = {joint: place for place, joint in enumerate(JOINTS)}
_PAIRS = tuple((at, at + 1) for at in range(1, len(JOINTS), 2))
_SHOULDERS, _ELBOWS, _WRISTS, _HIPS, _KNEES, _ANKLES, _FEET = (
    slice(k, k + 2) for k in range(3, 17, 2)
)
_PICTURE, _SPACE, _SEEN = slice(0, 2), slice(2, 5), 5
_DOWN = 1
"""The axis that points down, in the picture and in space."""
_SHORTEST = 0.15
"""Metres: no torso is shorter, whatever the network says."""
_LIMIT = 4.0
"""Torso lengths beyond which a coordinate is a mistake."""
_FASTEST = 3.0
"""Limit of speeds and travel, for the same reason."""


def row(pose: Pose) -> Floats:
    """What a window keeps of a pose: [joints, channels], see `JOINTS` and `CHANNELS`."""
    out = np.empty((len(JOINTS), CHANNELS), np.float32)
    out[:, _PICTURE] = pose.points[_INDEX, :2]
    out[:, _SPACE] = pose.world[_INDEX]
    out[:, _SEEN] = pose.visibility[_INDEX]
    return out


def rows(points: Floats, world: Floats, visibility: Floats) -> Floats:
    """The same of many poses at once: [..., 33, 3], [..., 33, 3] and [..., 33]."""
    return np.concatenate(
        [points[..., _INDEX, :2], world[..., _INDEX, :], visibility[..., _INDEX, None]], axis=-1
    ).astype(np.float32)


def mirrored(window: Floats) -> Floats:
    """The rows of the same movement with left and right exchanged."""
    order = np.arange(len(JOINTS))
    for left, right in _PAIRS:
        order[left], order[right] = right, left
    out = window[..., order, :].copy()
    out[..., [0, 2]] *= -1.0
    return out


def features(window: Floats, found: NDArray[np.bool_], rate: float) -> Floats:
    """Describes windows.

    Args:
        window: [..., t, joints, channels] rows; what they hold where nobody was found is ignored.
        found: [..., t] where somebody was.
        rate: rows a second.

    Returns:
        [..., t, `COUNT`] float32, about -1..1; zeros where nobody was found.
    """
    present = found[..., None].astype(np.float32)
    safe = np.where(found[..., None, None], window, np.float32(0))
    body, angles, travel = _body(safe, present), _angles(safe), _travel(safe, present)
    both = present.copy()
    both[..., 1:, :] *= present[..., :-1, :]
    both[..., 0, :] = 0.0
    speeds = _speeds(angles, rate) * both
    travel = np.concatenate([travel, _speeds(travel, rate) * both], axis=-1)
    parts = [body, angles, speeds, travel, safe[..., _SEEN]]
    return np.concatenate([*(part * present for part in parts), present], axis=-1)


def image_features(window: Floats, found: NDArray[np.bool_], size: tuple[float, float]) -> Floats:
    """Picture coordinates over the picture's size, and visibility: [..., t, 3 * joints + 1].

    Args:
        window: as for `features`.
        found: likewise.
        size: width and height of the picture, pixels; or arrays that broadcast with [..., t].
    """
    present = found[..., None].astype(np.float32)
    safe = np.where(found[..., None, None], window, np.float32(0))
    scale = np.stack(np.broadcast_arrays(*size), axis=-1)[..., None, :].astype(np.float32)
    flat = (safe[..., _PICTURE] / scale - 0.5).reshape(*safe.shape[:-2], -1)
    return np.concatenate([flat * present, safe[..., _SEEN], present], axis=-1)


def _body(window: Floats, present: Floats) -> Floats:
    """[..., t, 3 * joints] joints in space as the module's text says."""
    space = window[..., _SPACE]
    centred = space - _middle(space, _HIPS)[..., None, :]
    torso = np.linalg.norm(_middle(centred, _SHOULDERS), axis=-1)[..., None]
    scale = np.maximum(_mean(torso, present), _SHORTEST)[..., None, None]
    across = (space[..., _SHOULDERS.start, :] - space[..., _SHOULDERS.start + 1, :]) + (
        space[..., _HIPS.start, :] - space[..., _HIPS.start + 1, :]
    )
    across = _mean(across, present)
    turn = np.arctan2(across[..., 2], across[..., 0])
    cosine, sine = np.cos(turn)[..., None, None], np.sin(turn)[..., None, None]
    x, y, z = (centred[..., axis] for axis in range(3))
    turned = np.stack([x * cosine + z * sine, y, z * cosine - x * sine], axis=-1) / scale
    return np.asarray(np.clip(turned, -_LIMIT, _LIMIT).reshape(*window.shape[:-2], -1) / 2)


def _angles(window: Floats) -> Floats:
    """[..., t, n] angles and heights of each frame alone."""
    space, flat = window[..., _SPACE], window[..., _PICTURE]
    hips, shoulders = _middle(space, _HIPS), _middle(space, _SHOULDERS)
    torso = np.maximum(np.linalg.norm(shoulders - hips, axis=-1), _SHORTEST)[..., None]
    wrists, ankles = space[..., _WRISTS, :], space[..., _ANKLES, :]
    heights = [
        (shoulders[..., None, _DOWN] - wrists[..., _DOWN]) / torso,
        (hips[..., None, _DOWN] - wrists[..., _DOWN]) / torso,
        (hips[..., None, _DOWN] - ankles[..., _DOWN]) / torso,
        (space[..., _KNEES, _DOWN] - hips[..., None, _DOWN]) / torso,
    ]
    apart = [_apart(space[..., part, :]) / torso for part in (_WRISTS, _ELBOWS, _KNEES, _ANKLES)]
    near = np.linalg.norm(wrists - shoulders[..., None, :], axis=-1) / torso
    spread = np.clip(np.concatenate([*heights, *apart, near], axis=-1), -_LIMIT, _LIMIT) / 2
    return np.concatenate([_bends(space), _bends(flat), _steepness(space), spread], axis=-1)


def _bends(points: Floats) -> Floats:
    """[..., t, 10] angles of elbows, shoulders, hips, knees and ankles: 1 straight, -1 folded."""
    chains = (
        (_SHOULDERS, _ELBOWS, _WRISTS),
        (_ELBOWS, _SHOULDERS, _HIPS),
        (_SHOULDERS, _HIPS, _KNEES),
        (_HIPS, _KNEES, _ANKLES),
        (_KNEES, _ANKLES, _FEET),
    )
    a, joint, c = (
        np.concatenate([points[..., chain[k], :] for chain in chains], axis=-2) for k in range(3)
    )
    u, v = _unit(a - joint), _unit(c - joint)
    cosine = np.clip((u * v).sum(axis=-1), -1.0, 1.0)
    return np.asarray(np.arccos(cosine) * np.float32(2 / np.pi) - 1)


def _steepness(space: Floats) -> Floats:
    """[..., t, 11] by how much limbs, torso and head point down: 1 down, 0 level, -1 up."""
    bones = (
        (_SHOULDERS, _ELBOWS),
        (_ELBOWS, _WRISTS),
        (_HIPS, _KNEES),
        (_KNEES, _ANKLES),
        (_SHOULDERS, _HIPS),
    )
    limbs = np.concatenate([space[..., b, :] - space[..., a, :] for a, b in bones], axis=-2)
    head = (_middle(space, _SHOULDERS) - space[..., _AT[Landmark.NOSE], :])[..., None, :]
    return _unit(np.concatenate([limbs, head], axis=-2))[..., _DOWN]


def _travel(window: Floats, present: Floats) -> Floats:
    """[..., t, 8] where hips, shoulders, hands and feet are in the picture.

    From where the hips are on average, in lengths of torso and thigh in space at the picture's
    scale: that scale comes from how large all of the body looks, which no turn of a limb changes.
    """
    flat, space = window[..., _PICTURE], window[..., _SPACE]
    size = _extent(flat) / np.maximum(_extent(space[..., :2]), _SHORTEST)
    torso = np.linalg.norm(_middle(space, _SHOULDERS) - _middle(space, _HIPS), axis=-1)
    unit = np.maximum(_mean((size * torso)[..., None], present), 1.0)[..., None, :]
    places = np.stack([_middle(flat, part) for part in (_HIPS, _SHOULDERS, _WRISTS, _ANKLES)], -2)
    start = _mean(_middle(flat, _HIPS), present)[..., None, None, :]
    moved = ((places - start) / unit[..., None]).reshape(*window.shape[:-2], -1)
    return np.asarray(np.clip(moved / 2, -_FASTEST, _FASTEST))


def _extent(points: Floats) -> Floats:
    """[..., t] how far the joints are from their middle, root of the mean square."""
    apart = points - points.mean(axis=-2, keepdims=True)
    return np.asarray(np.sqrt((apart**2).sum(axis=-1).mean(axis=-1)))


def _speeds(values: Floats, rate: float) -> Floats:
    """Change from row to row, a second; the first has none."""
    out = np.zeros_like(values)
    np.subtract(values[..., 1:, :], values[..., :-1, :], out=out[..., 1:, :])
    return np.clip(out * np.float32(rate / 2), -_FASTEST, _FASTEST)


def _mean(values: Floats, present: Floats) -> Floats:
    """[..., n] the mean over the rows in which somebody was found."""
    return np.asarray((values * present).sum(axis=-2) / np.maximum(present.sum(axis=-2), 1.0))


def _middle(points: Floats, pair: slice) -> Floats:
    return np.asarray((points[..., pair.start, :] + points[..., pair.start + 1, :]) * 0.5)


def _apart(pair: Floats) -> Floats:
    return np.asarray(np.linalg.norm(pair[..., 0, :] - pair[..., 1, :], axis=-1)[..., None])


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6))


PARTS = {
    "body": 3 * len(JOINTS),
    "angles": 10 + 10 + 11 + 14,
    "speeds": 10 + 10 + 11 + 14,
    "travel": 16,
    "seen": len(JOINTS) + 1,
}
"""How many numbers each part of the features has, in their order."""

COUNT = sum(PARTS.values())
"""Numbers in a row of the features."""


def columns(*names: str) -> slice | NDArray[np.intp]:
    """Which numbers belong to the parts of these names."""
    ends = np.cumsum(list(PARTS.values()))
    begins = dict(zip(PARTS, ends - list(PARTS.values()), strict=True))
    return np.concatenate([np.arange(begins[n], begins[n] + PARTS[n]) for n in names])
