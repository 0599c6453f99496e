import numpy as np
import pytest

from tools.synth.skeleton import Skeleton


def _side(letter: str, x: float) -> list[tuple[str, str, tuple[float, float, float]]]:
    """A leg and an arm of a stick figure: bone, parent, head."""
    bones = [
        ("upperleg01", "root", (0.10 * x, 0.0, 0.92)),
        ("lowerleg01", "upperleg01", (0.14 * x, -0.03, 0.49)),
        ("foot", "lowerleg01", (0.17 * x, 0.0, 0.08)),
        ("toe3-1", "foot", (0.18 * x, -0.14, 0.02)),
        ("clavicle", "spine01", (0.02 * x, 0.0, 1.36)),
        ("upperarm01", "clavicle", (0.16 * x, 0.0, 1.34)),
        ("lowerarm01", "upperarm01", (0.34 * x, 0.0, 1.15)),
        ("wrist", "lowerarm01", (0.45 * x, -0.15, 1.03)),
    ]
    bones += [(f"finger{k}-1", "wrist", ((0.44 + 0.01 * k) * x, -0.25, 1.0)) for k in range(2, 6)]
    ends = {"root", "spine01"}
    return [
        (f"{bone}.{letter}", parent if parent in ends else f"{parent}.{letter}", head)
        for bone, parent, head in bones
    ]


@pytest.fixture(scope="session")
def stick() -> Skeleton:
    """A stick figure with the bones that the rig turns."""
    rows = [("root", "", (0.0, 0.0, 0.93))]
    chain = ["spine05", "spine04", "spine03", "spine02", "spine01"]
    chain += ["neck01", "neck02", "neck03", "head"]
    for k, bone in enumerate(chain):
        rows.append((bone, rows[-1][0], (0.0, 0.0, 0.93 + 0.08 * k)))
    rows += [*_side("L", 1.0), *_side("R", -1.0)]
    names = tuple(row[0] for row in rows)
    parents = tuple(names.index(row[1]) if row[1] else -1 for row in rows)
    return Skeleton(names, parents, np.array([row[2] for row in rows]))
