"""The rig: joint angles of a whole clip to the turns and places of all bones."""

from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves import limbs
from tools.synth.moves.hands import curl, supinated
from tools.synth.moves.limbs import Limb
from tools.synth.moves.turns import rotation, turned
from tools.synth.skeleton import Skeleton

SIDES = ("L", "R")
SIGN = (1.0, -1.0)
SPINE = ("spine05", "spine04", "spine03", "spine02", "spine01")
NECK = ("neck01", "neck02", "neck03", "head")
LEG = ("upperleg01", "lowerleg01", "foot")
ARM = ("upperarm01", "lowerarm01", "wrist")
NECK_REACH = (-55.0, 50.0)
"""Degrees that the neck bends back and forward against the chest."""
SHRUG = 0.28
"""Degrees that the shoulder girdle lifts for each degree of the arm above 50."""

TRUNK = ("pitch", "roll", "heading", "spine", "side", "twist", "gaze", "turn_head", "hang")
LIMBS = (
    *("hip", "hip_out", "hip_turn", "knee", "ankle", "heel"),
    *("arm", "arm_plane", "arm_turn", "elbow", "hand", "wrist", "shrug", "fist"),
)
"""Angles that each side has of its own: `hip_l`, `hip_r` and so on."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Bones of a clip: [n, bones, 3, 3] turns of the body at rest, [n, bones, 3] heads, metres."""

    turns: Array
    heads: Array

    def __len__(self) -> int:
        return len(self.turns)


@dataclass(frozen=True, slots=True)
class Held:
    """Where limbs have to end; None leaves both to their angles.

    Attributes:
        feet: [n, 2, 3] ankles.
        soles: [n, 2, 3, 3] turns of the feet.
        hands: [n, 2, 3] wrists.
        palms: [n, 2, 3, 3] turns of the hands.
    """

    feet: Array | None = None
    soles: Array | None = None
    hands: Array | None = None
    palms: Array | None = None


class Figure:
    """A body in the angles of a clip, its root still at the origin.

    Args:
        skeleton: whose.
        angles: by name, [n] degrees: those of `TRUNK`, and those of `LIMBS` with _l and _r. Missing
            ones are 0. `pitch` leans the pelvis forward (90 lies face down), `roll` to the left;
            `spine` and `side` bend the trunk above it, `twist` turns it; `gaze` is the pitch of the
            head against the world; `hang` 0..1 makes the arms' angles count from the plumb line
            instead of the chest; `fist` 0..1 closes the hand.

    Attributes:
        pelvis: [n, 3, 3] turns.
        chest: [n, 3, 3] turns.
        hips, shoulders: [n, 2, 3] from the root, left first.
        legs, arms: left and right.
    """

    def __init__(self, skeleton: Skeleton, angles: dict[str, Array]) -> None:
        self.skeleton = skeleton
        self.n = len(next(iter(angles.values())))
        self._angles = angles
        self._zero = np.zeros(self.n)
        self.local = self._trunk()
        self.pelvis = self.local["root"]
        self._girdle = self._chain({})
        heads = self._heads(self._girdle)
        index = self._index
        self.chest = self._girdle[:, index("spine01")]
        self.hips = heads[:, [index(f"{LEG[0]}.{s}") for s in SIDES]]
        self.shoulders = heads[:, [index(f"{ARM[0]}.{s}") for s in SIDES]]
        self.legs = [limbs.leg(self.pelvis, SIGN[k], self._side(s)) for k, s in enumerate(SIDES)]
        frame = self._arm_frame()
        self.arms = [limbs.arm(frame, SIGN[k], self._side(s)) for k, s in enumerate(SIDES)]

    @property
    def angles(self) -> dict[str, Array]:
        """By name, [n] degrees, as given."""
        return dict(self._angles)

    def angle(self, name: str) -> Array:
        """[n] degrees, 0 where the clip has none."""
        return self._angles.get(name, self._zero)

    def lengths(self, chain: tuple[str, str, str], side: str = "L") -> tuple[float, float]:
        """Upper and lower half of a limb, metres."""
        a, b, c = self.rest(chain, side)
        return float(np.linalg.norm(b - a)), float(np.linalg.norm(c - b))

    def rest(self, chain: tuple[str, str, str], side: str) -> tuple[Array, Array, Array]:
        """The joints of a limb at rest."""
        a, b, c = (self.skeleton.at(f"{bone}.{side}") for bone in chain)
        return a, b, c

    def ankles(self) -> Array:
        """[n, 2, 3] from the root, by the angles alone."""
        return self._ends(self.hips, self.legs, LEG)

    def wrists(self) -> Array:
        """[n, 2, 3] from the root, by the angles alone."""
        return self._ends(self.shoulders, self.arms, ARM)

    def free_palms(self) -> Array:
        """Turns [n, 2, 3, 3] of hands that nothing holds."""
        lows = [
            limbs.bones(arm, self.rest(ARM, side), knee=False)[1]
            for arm, side in zip(self.arms, SIDES, strict=True)
        ]
        palms = [supinated(self, side, low) for side, low in zip(SIDES, lows, strict=True)]
        return np.stack(palms, axis=1)

    def free_soles(self) -> Array:
        """Turns [n, 2, 3, 3] of feet that nothing holds."""
        return np.stack(
            [
                limbs.bones(leg, self.rest(LEG, side), knee=True)[1]
                @ rotation(0, -self.angle(f"ankle_{side.lower()}"))
                for leg, side in zip(self.legs, SIDES, strict=True)
            ],
            axis=1,
        )

    def _ends(self, starts: Array, pair: list[Limb], chain: tuple[str, str, str]) -> Array:
        upper, lower = self.lengths(chain)
        return np.stack(
            [starts[:, k] + upper * limb.upper + lower * limb.lower for k, limb in enumerate(pair)],
            axis=1,
        )

    def place(self, root: Array, held: Held) -> Placed:
        """All bones, with the root at [n, 3] and the limbs where they have to be."""
        fixed: dict[str, Array] = {}
        for k, side in enumerate(SIDES):
            leg, arm = self.legs[k], self.arms[k]
            if held.feet is not None:
                line = held.feet[:, k] - root - self.hips[:, k]
                leg = limbs.reach(line, leg, self.lengths(LEG), knee=True)
            if held.hands is not None:
                line = held.hands[:, k] - root - self.shoulders[:, k]
                arm = limbs.reach(line, arm, self.lengths(ARM), knee=False)
            fixed |= self._limb(leg, LEG, side, knee=True)
            fixed |= self._limb(arm, ARM, side, knee=False)
            shin, forearm = fixed[f"lowerleg02.{side}"], fixed[f"lowerarm02.{side}"]
            sole = shin @ rotation(0, -self.angle(f"ankle_{side.lower()}"))
            fixed[f"foot.{side}"] = sole if held.soles is None else held.soles[:, k]
            palm = supinated(self, side, forearm)
            fixed[f"wrist.{side}"] = palm if held.palms is None else held.palms[:, k]
        turns = self._chain(fixed)
        return Placed(turns, self._heads(turns) + root[:, None])

    def _limb(
        self, limb: Limb, chain: tuple[str, str, str], side: str, *, knee: bool
    ) -> dict[str, Array]:
        high, low = limbs.bones(limb, self.rest(chain, side), knee=knee)
        stem = (chain[0][:-2], chain[1][:-2])
        turns = {f"{stem[0]}0{k}.{side}": high for k in (1, 2)}
        return turns | {f"{stem[1]}0{k}.{side}": low for k in (1, 2)}

    def _side(self, side: str) -> dict[str, Array]:
        return {name: self.angle(f"{name}_{side.lower()}") for name in LIMBS}

    def _arm_frame(self) -> Array:
        """What the arms' angles count from: the chest, or the plumb line as far as they hang."""
        hang = self.angle("hang")
        lean = (1 - hang) * (self.angle("pitch") + self.angle("spine"))
        upright = rotation(2, self.angle("heading") + self.angle("twist")) @ rotation(0, lean)
        return np.where(hang[:, None, None] > 0, upright, self.chest)

    def _trunk(self) -> dict[str, Array]:
        """Local turns of trunk, neck and fingers."""
        angle = self.angle
        heading = rotation(2, angle("heading"))
        turn = {"root": heading @ rotation(0, angle("pitch")) @ rotation(1, angle("roll"))}
        share = 1 / len(SPINE)
        vertebra = rotation(0, angle("spine") * share) @ rotation(1, angle("side") * share)
        turn |= dict.fromkeys(SPINE, vertebra @ rotation(2, angle("twist") * share))
        bend = np.clip(angle("gaze") - angle("pitch") - angle("spine"), *NECK_REACH)
        nod = rotation(0, bend / len(NECK)) @ rotation(2, angle("turn_head") / len(NECK))
        turn |= dict.fromkeys(NECK, nod)
        for sign, side in zip(SIGN, SIDES, strict=True):
            low = side.lower()
            lift = angle(f"shrug_{low}") + SHRUG * np.maximum(angle(f"arm_{low}") - 50.0, 0.0)
            turn[f"clavicle.{side}"] = rotation(1, -sign * lift)
            turn |= curl(self.skeleton, side, angle(f"fist_{low}"))
            # Toes stay on the floor when the heel leaves it.
            toes = rotation(0, -angle(f"heel_{low}"))
            turn |= {f"toe{k}-1.{side}": toes for k in range(1, 6)}
        return turn

    def _index(self, name: str) -> int:
        return self.skeleton.names.index(name)

    def _chain(self, fixed: dict[str, Array]) -> Array:
        """World turns [n, bones, 3, 3]; those of `fixed` are in the world already."""
        skeleton = self.skeleton
        turns = np.empty((self.n, len(skeleton.names), 3, 3))
        for k, (name, parent) in enumerate(zip(skeleton.names, skeleton.parents, strict=True)):
            if name in fixed:
                turns[:, k] = fixed[name]
            elif parent < 0:
                turns[:, k] = self.local[name]
            elif name in self.local:
                turns[:, k] = turns[:, parent] @ self.local[name]
            else:
                turns[:, k] = turns[:, parent]
        return turns

    def _heads(self, turns: Array) -> Array:
        """Where every bone begins, [n, bones, 3], the root at the origin."""
        skeleton = self.skeleton
        heads = np.zeros((self.n, len(skeleton.names), 3))
        for k, parent in enumerate(skeleton.parents):
            if parent >= 0:
                along = skeleton.heads[k] - skeleton.heads[parent]
                heads[:, k] = heads[:, parent] + turned(turns[:, parent], along)
        return heads
