import numpy as np

from tools.synth.people.normals import normals
from tools.synth.people.simplify import simplify


def ball(rings: int = 24, sides: int = 32) -> tuple[np.ndarray, np.ndarray]:
    """A closed unit sphere with one vertex at each pole."""
    polar = np.linspace(0, np.pi, rings + 1)[1:-1, None]
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)[None]
    x, y = np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn)
    z = np.broadcast_to(np.cos(polar), x.shape)
    rows = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    vertices = np.concatenate([rows, [[0, 0, 1], [0, 0, -1]]])
    faces, last = [], (rings - 2) * sides
    for j in range(sides):
        k = (j + 1) % sides
        faces += [(len(rows), j, k), (len(rows) + 1, last + k, last + j)]
        for i in range(0, last, sides):
            faces += [(i + j, i + sides + j, i + k), (i + k, i + sides + j, i + sides + k)]
    return vertices, np.array(faces)


def volume(vertices: np.ndarray, faces: np.ndarray) -> float:
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    return float((a * np.cross(b, c)).sum() / 6)


def test_a_ball_of_a_third_of_the_triangles_is_still_a_closed_ball():
    vertices, faces = ball()
    few = simplify(vertices, faces, np.ones(len(vertices)), len(faces) // 3)
    assert len(few) <= len(faces) // 3
    edges = np.concatenate([few[:, [0, 1]], few[:, [1, 2]], few[:, [2, 0]]])
    there, back = (
        {tuple(e) for e in edges.tolist()},
        {tuple(e) for e in edges[:, ::-1].tolist()},
    )
    assert len(there) == len(edges)
    assert there == back
    assert volume(vertices, few) > 0.97 * volume(vertices, faces) > 0


def test_what_matters_keeps_more_triangles():
    vertices, faces = ball()
    care = np.where(vertices[:, 0] > 0, 50.0, 1.0)
    few = simplify(vertices, faces, care, len(faces) // 4)
    right = (vertices[few, 0].mean(axis=1) > 0).mean()
    assert right > 0.6


def test_borders_stay():
    vertices, faces = ball()
    half = faces[vertices[faces, 2].mean(axis=1) > 0.0]
    few = simplify(vertices, half, np.ones(len(vertices)), 60)
    rim = np.flatnonzero(np.abs(vertices[:, 2]) < 1e-9)
    assert np.isin(rim, few).all()


def test_normals_of_a_ball_point_outwards():
    vertices, faces = ball()
    assert (normals(vertices, faces) * vertices).sum(axis=1).min() > 0.99
