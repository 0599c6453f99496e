from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from gymbox.errors import GymboxError
from tools.synth import mesh
from tools.synth.mesh import Mesh
from tools.synth.world import furniture, machines, props

CIRCLE = np.linspace(0, 2 * np.pi, 33)
RING = np.stack([np.cos(CIRCLE), np.sin(CIRCLE), 0 * CIRCLE], 1)
RING[-1] = RING[0]
SOLIDS = {
    "box": (mesh.box((1, 2, 3), (1, 2, 3)), 6.0),
    "cushion": (mesh.cushion((1, 2, 3), (1, 2, 0.5), rounding=0.05), 0.99),
    "rod": (mesh.rod((1, 2, 3), (1, 2, 5), 0.5, sides=64), np.pi / 2),
    "cone": (mesh.rod((0, 0, 0), (3, 0, 0), 1, sides=64, taper=0.5), np.pi * 1.75),
    "ball": (mesh.ball((1, 2, 3), 1, stretch=(1, 2, 1), sides=64), np.pi * 8 / 3),
    "lathe": (mesh.lathe([(0, 0), (1, 0.5), (0, 1)], sides=64), np.pi / 3),
    "tube": (mesh.tube([(0, 0, 0), (1, 0, 0), (2, 0, 0)], 0.1, sides=64), np.pi * 0.02),
    "ring": (mesh.tube(RING, 0.1, sides=64), 2 * np.pi**2 * 0.01),
}
THINGS = {
    **{name: solid for name, (solid, _) in SOLIDS.items()},
    **{kind: props.mesh(kind) for kind in props.KINDS},
    "loaded": props.mesh("barbell", props.sample(np.random.default_rng(1), "barbell")),
    "round": props.mesh("dumbbell", {"style": "round"}),
    "discs": props.mesh("dumbbell", {"style": "plates"}),
    "inclined": props.mesh("bench", {"incline": 60}),
    "hung": props.mesh("pull_up_bar", {"style": "ceiling"}),
    "on a wall": props.mesh("pull_up_bar", {"style": "wall"}),
}
MAKERS = [
    *(machines.rack, machines.dumbbell_rack, machines.tower, machines.treadmill),
    *(machines.bicycle, machines.plate_tree, machines.bells, machines.balls, machines.wall_bars),
    *(machines.bench, machines.steps, furniture.sofa, furniture.shelf, furniture.table),
    *(furniture.cabinet, furniture.plant, furniture.lamp, furniture.bag, furniture.cartons),
    furniture.seat,
]


def volume(solid: Mesh) -> float:
    """What a closed solid holds, in cubic metres; below 0 where it is inside out."""
    a, b, c = np.moveaxis(solid.vertices[solid.faces].astype(float), 1, 0)
    return float(np.einsum("fi,fi", a, np.cross(b, c)) / 6)


def open_edges(solid: Mesh) -> int:
    """Edges that do not run once each way."""
    places = np.round(solid.vertices.astype(float), 5)
    _, index = np.unique(places, axis=0, return_inverse=True)
    faces = index.reshape(-1)[solid.faces]
    edges = Counter(
        (int(a), int(b)) for pair in ([0, 1], [1, 2], [2, 0]) for a, b in faces[:, pair] if a != b
    )
    return sum(edges[b, a] != count for (a, b), count in edges.items())


def facing(solid: Mesh) -> float:
    """Share of the corners whose normal agrees with the side its face turns outwards."""
    a, b, c = np.moveaxis(solid.vertices[solid.faces].astype(float), 1, 0)
    flat = np.cross(b - a, c - a)
    return float((np.einsum("fi,fvi->fv", flat, solid.normals[solid.faces]) > -1e-9).mean())


@pytest.mark.parametrize("name", THINGS)
def test_solids_are_closed_and_not_inside_out(name: str):
    thing = THINGS[name]
    assert open_edges(thing) == 0
    assert volume(thing) > 0
    assert facing(thing) > 0.999
    np.testing.assert_allclose(np.linalg.norm(thing.normals, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("name", SOLIDS)
def test_solids_hold_what_geometry_says(name: str):
    solid, expected = SOLIDS[name]
    assert volume(solid) == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda m: m.__name__)
def test_furniture_is_closed_and_stands_on_the_floor(maker: Callable[[np.random.Generator], Mesh]):
    for seed in range(4):
        thing = maker(np.random.default_rng(seed))
        assert open_edges(thing) == 0
        assert facing(thing) > 0.999
        assert -0.02 < thing.vertices[:, 2].min() < 0.05


def test_an_open_solid_is_noticed():
    whole = mesh.box((0, 0, 0), (1, 1, 1))
    torn = Mesh(whole.vertices, whole.normals, whole.faces[1:], whole.colours)
    assert open_edges(torn) == 3


def test_moving_turns_vertices_and_normals_alike():
    solid = mesh.moved(mesh.box((1, 0, 0), (2, 1, 1)), mesh.turned(2, 90, (0, 0, 5)))
    np.testing.assert_allclose(solid.vertices.min(axis=0), (-0.5, 0, 4.5), atol=1e-6)
    np.testing.assert_allclose(solid.vertices.max(axis=0), (0.5, 2, 5.5), atol=1e-6)
    assert facing(solid) == 1


def test_a_panel_faces_along_cross_up_and_shows_its_picture_upright():
    picture = np.zeros((4, 4, 3), np.uint8)
    wall = mesh.panel((0, 0, 0), (1, 0, 0), (0, 0, 1), texture=picture, repeat=(3, 2))
    np.testing.assert_allclose(wall.normals, [(0, -1, 0)] * 4)
    assert wall.uv is not None
    np.testing.assert_allclose(wall.uv[0], (0, 2))
    np.testing.assert_allclose(wall.uv[2], (3, 0))
    assert facing(wall) == 1


def test_only_what_is_of_a_kind_can_be_joined():
    plain = mesh.box((0, 0, 0), (1, 1, 1))
    papered = mesh.panel((0, 0, 0), (1, 0, 0), (0, 1, 0), texture=np.zeros((2, 2, 3), np.uint8))
    glowing = mesh.panel((0, 0, 0), (1, 0, 0), (0, 1, 0), glow=1)
    for group in ([], [plain, papered], [plain, glowing]):
        with pytest.raises(ValueError, match="joined"):
            mesh.join(group)
    pair = mesh.join([plain, mesh.moved(plain, (3, 0, 0))])
    assert volume(pair) == pytest.approx(2)


def test_props_have_the_sizes_that_exercises_rely_on():
    bench = props.mesh("bench")
    assert bench.vertices[:, 2].max() == pytest.approx(0.43)
    assert np.ptp(bench.vertices[:, 1]) > np.ptp(bench.vertices[:, 0])
    plates = [{"radius": 0.225}]
    loaded = props.mesh("barbell", {"plates": plates})
    np.testing.assert_allclose(loaded.vertices.max(axis=0), (1.1, 0.225, 0.225), atol=1e-3)
    dips = props.mesh("dip_bars", {"height": 1.3})
    assert dips.vertices[:, 2].min() == pytest.approx(-1.3, abs=0.01)
    grips = dips.vertices[np.abs(dips.vertices[:, 2]) < 0.03]
    assert np.abs(grips[:, 0]).min() == pytest.approx(0.26 - 0.022, abs=1e-3)
    wide = props.mesh("dip_bars", {"apart": 0.7}).vertices
    assert np.abs(wide[np.abs(wide[:, 2]) < 0.03][:, 0]).min() == pytest.approx(0.328, abs=1e-3)
    bar = props.mesh("pull_up_bar", {"height": 2.4})
    assert bar.vertices[:, 2].min() == pytest.approx(-2.4, abs=0.01)
    heavy, light = (props.mesh("dumbbell", {"kg": kg}).vertices for kg in (20, 5))
    assert np.ptp(heavy[:, 2]) > 1.4 * np.ptp(light[:, 2])


@pytest.mark.parametrize("kind", props.KINDS)
def test_drawn_options_make_a_mesh_and_repeat(kind: str):
    for seed in range(5):
        options = props.sample(np.random.default_rng(seed), kind)
        assert options == props.sample(np.random.default_rng(seed), kind)
        assert open_edges(props.mesh(kind, options)) == 0


def test_an_unknown_prop_is_told():
    with pytest.raises(GymboxError, match="anvil"):
        props.mesh("anvil")
    with pytest.raises(GymboxError, match="anvil"):
        props.sample(np.random.default_rng(0), "anvil")
