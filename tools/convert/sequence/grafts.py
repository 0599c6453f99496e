"""Real people with the arms of synthetic ones.

Nearly all clips of real people show one of five exercises, so whoever is real and lifts the arms
becomes one who does a pull-up. Here real athletes, as they were in one frame of a clip or in a
photograph, stand, hang or sit still while their arms press, curl, raise or pull as synthetic ones
do. Pull-ups lift the body: arms that do one on a body that stays show nothing known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.convert.sequence.labels import LABELS, UNKNOWN
from tools.convert.sequence.stills import sway
from tools.convert.sequence.store import Store, Track

Floats = NDArray[np.float32]

ARMS_ALONE = frozenset(
    LABELS.index(name) for name in ("shoulder_press", "biceps_curl", "lateral_raise")
)
"""What arms do by themselves, whatever the body does."""
DONORS = ARMS_ALONE | {LABELS.index("pull_up"), LABELS.index(UNKNOWN)}
UPRIGHT = 0.8
"""How much of the torso's length points up, at least."""
_SHOULDERS, _HIPS = slice(3, 5), slice(9, 11)
_ARM = ((3, 5, 7), (4, 6, 8))
"""Places in `features.JOINTS`: shoulder, elbow and wrist, left and right."""
_SHORTEST = 0.15


@dataclass(frozen=True, slots=True)
class Host:
    """A real person in one moment.

    Attributes:
        pose: [joints, channels].
        group: the scene of the clip, or the photograph.
    """

    pose: Floats
    group: str


def hosts(
    real: Store, photographs: dict[str, Floats], count: int, rng: np.random.Generator
) -> list[Host]:
    """Upright people: so many moments of clips at most, and all photographs."""
    found = [Host(pose, f"photograph {name}") for name, pose in photographs.items()]
    for track in rng.integers(len(real), size=count).tolist():
        frames = np.flatnonzero(real.found[real.begin[track] : real.begin[track + 1]])
        if len(frames):
            pose = real.rows[real.begin[track] + int(rng.choice(frames))].astype(np.float32)
            found.append(Host(pose, str(real.group[track])))
    return [host for host in found if upright(host.pose)]


def grafted(
    people: Sequence[Host], donors: Sequence[Store], count: int, rng: np.random.Generator
) -> list[Track]:
    """So many tracks of real bodies with moving arms, fewer if donors do not stand upright."""
    ready = [
        (store, track)
        for store in donors
        for track in np.flatnonzero(np.isin(store.label, sorted(DONORS))).tolist()
    ]
    tracks = []
    for _ in range(count if ready and people else 0):
        store, track = ready[int(rng.integers(len(ready)))]
        part = slice(int(store.begin[track]), int(store.begin[track + 1]))
        arms = store.rows[part].astype(np.float32)
        if upright(np.median(arms, axis=0)):
            host = people[int(rng.integers(len(people)))]
            label = int(store.label[track])
            tracks.append(
                Track(
                    rows=_joined(host.pose, arms, rng).astype(np.float16),
                    found=store.found[part],
                    fps=float(store.fps[track]),
                    label=label if label in ARMS_ALONE else LABELS.index(UNKNOWN),
                    active=store.active[part],
                    depth=store.depth[part],
                    group=host.group,
                    name=f"{host.group} with the arms of {store.name[track]}",
                    size=(640, 480),
                )
            )
    return tracks


def upright(pose: Floats) -> bool:
    """Whether the torso stands."""
    torso = pose[_HIPS, 2:5].mean(axis=0) - pose[_SHOULDERS, 2:5].mean(axis=0)
    return bool(torso[1] > UPRIGHT * max(float(np.linalg.norm(torso)), _SHORTEST))


def _joined(body: Floats, arms: Floats, rng: np.random.Generator) -> Floats:
    """[n, joints, channels] the body swaying, its arms as those of the other, turned with it."""
    out = body + sway((len(arms), *body.shape), body, rng)
    turn = _heading(body) - _heading(np.median(arms, axis=0))
    cosine, sine = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    size = _torso(body) / _torso(np.median(arms, axis=0))
    pixels = float(body[:, :2].std(axis=0).sum() / max(body[:, 2:4].std(axis=0).sum(), 0.1))
    for shoulder, *rest in _ARM:
        for joint in rest:
            x, y, z = np.moveaxis(arms[:, joint, 2:5] - arms[:, shoulder, 2:5], -1, 0) * size
            moved = np.stack([x * cosine - z * sine, y, x * sine + z * cosine], axis=-1)
            out[:, joint, 2:5] = out[:, shoulder, 2:5] + moved
            out[:, joint, :2] = out[:, shoulder, :2] + moved[:, :2] * pixels
            out[:, joint, 5] = arms[:, joint, 5]
    return out


def _heading(pose: Floats) -> float:
    """Angle about the vertical of the line from the right to the left shoulder and hip."""
    across = pose[3, 2:5] - pose[4, 2:5] + pose[9, 2:5] - pose[10, 2:5]
    return float(np.arctan2(across[2], across[0]))


def _torso(pose: Floats) -> float:
    torso = pose[_SHOULDERS, 2:5].mean(axis=0) - pose[_HIPS, 2:5].mean(axis=0)
    return max(float(np.linalg.norm(torso)), _SHORTEST)
