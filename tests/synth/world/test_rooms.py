import numpy as np
import pytest

from tools.synth.mesh import Mesh, panel
from tools.synth.world import camera, lights, rooms, textures
from tools.synth.world.clutter import LENS

BODY = np.array([[x, y, z] for x in (-0.6, 0.6) for y in (-0.4, 0.4) for z in (0.0, 2.1)])
FREE = 1.1


def drawn(seed: int, **options: object) -> tuple[camera.Camera, rooms.World]:
    rng = np.random.default_rng(seed)
    seen_by = camera.sample(rng, BODY)
    return seen_by, rooms.sample(rng, keep_free=FREE, eye=seen_by.eye, **options)


def standing(world: rooms.World) -> np.ndarray:
    """All points on the floor's plan that furniture covers, by the edges of its faces, [n, 2]."""
    things = [m for m in world.meshes if m.shadow and np.ptp(m.vertices[:, 2]) > 0.1]
    corners = np.concatenate([m.vertices[m.faces] for m in things] or [np.zeros((0, 3, 3))])
    share = np.linspace(0, 1, 12)[:, None, None, None]
    return (corners * share + np.roll(corners, 1, axis=1) * (1 - share)).reshape(-1, 3)[:, :2]


@pytest.mark.parametrize("seed", range(20))
def test_nothing_stands_near_the_athlete_or_before_the_camera(seed: int):
    seen_by, world = drawn(seed)
    places = standing(world)
    for share in np.linspace(0, 1, 9):
        middle = share * seen_by.eye[:2]
        gap = np.linalg.norm(places - middle, axis=1).min(initial=np.inf)
        skirting = 0.05
        assert gap > FREE * (1 - share) + min(LENS, rooms.WALL_GAP) * share - skirting


@pytest.mark.parametrize("seed", range(20))
def test_no_wall_stands_between_camera_and_athlete(seed: int):
    seen_by, world = drawn(seed)
    for target in BODY:
        assert not any(hit(m, seen_by.eye, target) for m in world.meshes if not m.shadow)


def hit(mesh: Mesh, start: np.ndarray, end: np.ndarray) -> bool:
    """Whether a straight line meets one of the faces before its end (Moeller and Trumbore)."""
    a, b, c = np.moveaxis(mesh.vertices[mesh.faces].astype(float), 1, 0)
    ray = end - start
    across = np.cross(ray, c - a)
    size = np.einsum("fi,fi->f", b - a, across)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = np.einsum("fi,fi->f", start - a, across) / size
        v = np.cross(start - a, b - a) @ ray / size
        t = np.einsum("fi,fi->f", np.cross(start - a, b - a), c - a) / size
    return bool(((u >= 0) & (v >= 0) & (u + v <= 1) & (t > 0) & (t < 0.98)).any())


def test_a_wall_in_the_way_is_noticed():
    wall = panel((-1, -1, 0), (2, 0, 0), (0, 0, 2))
    assert hit(wall, np.array([0.0, -2, 1]), np.array([0.0, 0, 1]))
    assert not hit(wall, np.array([0.0, -2, 1]), np.array([0.0, -1.5, 1]))


def test_the_same_seed_gives_the_same_room_and_another_gives_another():
    first, again, other = (drawn(seed)[1] for seed in (3, 3, 4))
    assert len(first.meshes) == len(again.meshes)
    for a, b in zip(first.meshes, again.meshes, strict=True):
        assert a.vertices.tobytes() == b.vertices.tobytes()
        assert a.colours.tobytes() == b.colours.tobytes()
        assert (a.texture is None) == (b.texture is None)
        assert a.texture is None or a.texture.tobytes() == b.texture.tobytes()
    np.testing.assert_array_equal(first.lights.sun, again.lights.sun)
    assert not np.array_equal(first.lights.sun, other.lights.sun)


@pytest.mark.parametrize("kind", rooms.KINDS)
def test_every_kind_has_a_floor_under_athlete_and_camera(kind: str):
    seen_by, world = drawn(1, kind=kind)
    assert world.kind == kind
    for place in (np.array([0.02, 0.01, 1.0]), seen_by.eye + 0.01):
        below = place * (1, 1, 0) - (0, 0, 0.5)
        assert any(hit(m, place, below) for m in world.meshes if m.texture is not None)


def test_the_ceiling_leaves_room():
    _, world = drawn(2, kind="home", clear=3.4)
    assert max(m.vertices[:, 2].max() for m in world.meshes) >= 3.5 - 1e-6


@pytest.mark.parametrize("outdoors", [False, True])
def test_light_is_sane(*, outdoors: bool):
    for seed in range(50):
        light = lights.sample(np.random.default_rng(seed), outdoors=outdoors, window=90.0)
        assert np.linalg.norm(light.sun) == pytest.approx(1)
        assert light.sun[2] > 0
        assert len(light.lamps) <= 4
        whole = light.sun_colour + light.sky + light.ground
        assert (whole > 0.1).all()
        assert (whole < 4).all()
        assert all((lamp.colour > 0).all() for lamp in light.lamps)


@pytest.mark.parametrize(
    "maker",
    sorted(
        {*textures.GYM_FLOORS, *textures.YARD_FLOORS, *textures.HOME_WALLS, *textures.HOME_FLOORS},
        key=lambda m: m.__name__,
    ),
    ids=lambda m: m.__name__,
)
def test_every_texture_is_a_picture_with_something_on_it(maker: textures.Maker):
    picture = maker(np.random.default_rng(5)).picture.astype(float)
    assert picture.shape == (textures.SIZE, textures.SIZE, 3)
    assert picture.std() > 0


def test_noise_has_no_edge_where_it_repeats():
    noise = textures.grain(np.random.default_rng(0), 20)
    inside = np.abs(np.diff(noise, axis=1)).mean()
    assert np.abs(noise[:, 0] - noise[:, -1]).mean() < 2 * inside
    assert noise.std() == pytest.approx(1, abs=1e-3)
