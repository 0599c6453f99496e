"""What every body of the model shares: its triangles, and vertices that have a name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.synth.people.simplify import simplify

Ints = NDArray[np.int64]
Points = NDArray[np.floating]

MOUTH_UV = ((0.74, 0.0), (0.94, 0.15))
"""Where the inside of the mouth lies in the model's texture: lowest and highest u and v."""
TONGUE_UV = ((0.60, 0.91), (0.67, 1.0))
EYE_UV = ((0.73, 0.90), (0.83, 1.0))
DRAWN = 8000
"""Triangles that are drawn of a body."""
EYEBALL_SEEN, FACE_DEEP = 0.004, 0.02
"""Metres: how far behind the front of its eyeballs, and its eyes, a face is seen."""
FACE_CARE = 15.0
"""How much more the shape of the face matters than that of the rest."""


@dataclass(frozen=True, slots=True)
class Topology:
    """Triangles and named vertices.

    Attributes:
        faces: [f, 3] all triangles of the outside, counter-clockwise.
        drawn: [g, 3] fewer triangles over the same vertices: what a picture of 480 rows needs.
        eyes: [v] bool: vertices of the eyeballs.
        lips: [k] vertices of the line where the lips meet, from the right corner to the left.
        named: vertices by name: nose, chin, crown, and with ".L" or ".R" mouth, ear, heel,
            big_toe, small_toe, lid_in, lid_out.
    """

    faces: Ints
    drawn: Ints
    eyes: NDArray[np.bool_]
    lips: Ints
    named: dict[str, int]

    @staticmethod
    def of(
        skin: Points, faces: Ints, uv: Points, uv_faces: Ints, heads: dict[str, Points]
    ) -> "Topology":
        """Finds them on an average body by geometry.

        Args:
            skin: [v, 3].
            faces: [f, 3].
            uv: [u, 2] texture coordinates.
            uv_faces: [f, 3] triangles in `uv`.
            heads: [3] where each bone begins, by name.
        """
        middle = uv[uv_faces].mean(axis=1)
        in_head = skin[faces].mean(axis=1)[:, 2] > heads["neck02"][2]
        mouth, tongue, eye = (
            _inside(middle, box) & in_head for box in (MOUTH_UV, TONGUE_UV, EYE_UV)
        )
        eyes = np.zeros(len(skin), bool)
        eyes[faces[eye]] = True
        outer = faces[~(mouth | tongue)]
        lips = np.intersect1d(faces[mouth], outer)
        lips = lips[np.argsort(skin[lips, 0], kind="stable")]
        corners = {"mouth.R": int(lips[0]), "mouth.L": int(lips[-1])}
        drawn = _drawn(skin, outer, eyes, heads)
        return Topology(outer, drawn, eyes, lips, _named(skin, heads, eyes) | corners)


def _inside(points: Points, box: tuple[tuple[float, float], tuple[float, float]]) -> Points:
    """Which points [n, 2] lie in a box."""
    low, high = np.array(box)
    return ((points >= low) & (points <= high)).all(axis=1)


def _drawn(skin: Points, faces: Ints, eyes: NDArray[np.bool_], heads: dict[str, Points]) -> Ints:
    """Simplified triangles; the face keeps more of its own, the backs of the eyeballs go."""
    eye = heads["eye.L"]
    behind = eyes[faces].all(axis=1) & (skin[faces, 1].mean(axis=1) > eye[1] - EYEBALL_SEEN)
    front = (skin[:, 2] > heads["neck02"][2]) & (skin[:, 1] < eye[1] + FACE_DEEP)
    return simplify(skin, faces[~behind], np.where(front, FACE_CARE, 1.0), DRAWN)


def _named(skin: Points, heads: dict[str, Points], eyes: NDArray[np.bool_]) -> dict[str, int]:
    """The outermost vertices of a region in some direction."""
    x, y, z = skin.T
    eye, neck = heads["eye.L"], heads["neck02"]
    above = (z > neck[2]) & ~eyes
    middle = np.abs(x) < 0.012  # noqa: PLR2004 - metres
    out = {
        "nose": _most(-y, above & middle & (z < eye[2] - 0.01)),
        "chin": _most(-y - 0.5 * z, above & middle & (z < eye[2] - 0.085)),
        "crown": _most(z, above),
    }
    for letter, sign in (("L", 1.0), ("R", -1.0)):
        side = x * sign
        ankle = heads[f"foot.{letter}"]
        foot = (side > 0) & (z < ankle[2])
        lid = above & (np.abs(z - eye[2]) < 0.012) & (y < eye[1] + 0.02)  # noqa: PLR2004
        across = (side - abs(eye[0])) / 0.0165
        out |= {
            f"ear.{letter}": _most(side, above & (np.abs(z - eye[2]) < 0.05)),  # noqa: PLR2004
            f"heel.{letter}": _most(y, foot & (z < ankle[2] - 0.03)),
            f"big_toe.{letter}": _most(-y - 0.6 * side, foot),
            f"small_toe.{letter}": _most(side - 0.6 * y, foot),
            f"lid_in.{letter}": _most(-np.abs(across + 1) + 3 * (eye[1] - y), lid),
            f"lid_out.{letter}": _most(-np.abs(across - 1) + 3 * (eye[1] - y), lid),
        }
    return out


def _most(value: Points, among: NDArray[np.bool_]) -> int:
    """Index of the greatest value among some."""
    return int(np.argmax(np.where(among, value, -np.inf)))
