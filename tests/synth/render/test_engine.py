from dataclasses import replace

import numpy as np
import pytest

from gymbox.errors import GymboxError
from tools.synth import mesh
from tools.synth.people import body, look
from tools.synth.world.lights import Lamp, Lights
from tools.synth.world.pinhole import look_at, projection, seen
from tools.synth.world.rooms import World

pytest.importorskip("moderngl", reason="the extra synth is not installed")
pytest.importorskip("anny", reason="the extra synth is not installed")
from tools.synth.render.engine import Renderer

pytestmark = pytest.mark.slow
SIZE, VIEW = (320, 240), 50.0
POSE = look_at(np.array([0.0, -3.2, 1.3]), np.array([0.0, 0.0, 0.9]))
Someone = tuple[body.Body, look.Look]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    try:
        return Renderer(SIZE)
    except GymboxError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def someone() -> Someone:
    sliders = {"gender": 0.0, "age": 0.68, "height": 0.4}
    return body.load(sliders), look.sample(np.random.default_rng(3), sliders)


def room(sun: tuple[float, float, float] = (0.5, -0.4, 0.77), lamps: int = 0) -> World:
    direction = np.array(sun) / np.linalg.norm(sun)
    grey = np.full(3, 0.35)
    lamp = Lamp(np.array([1.0, -2.0, 2.0]), np.full(3, 0.4), 2.0)
    lights = Lights(direction, np.full(3, 0.6), grey, 0.5 * grey, (lamp,) * lamps, 0.3)
    floor = mesh.panel((-3, -3, 0), (6, 0, 0), (0, 6, 0), colour=(0.7, 0.7, 0.7))
    wall = mesh.panel((-3, 3, 0), (6, 0, 0), (0, 0, 3), colour=(0.5, 0.6, 0.7))
    return World((floor, wall), lights)


def standing(someone: Someone, x: float = 0.0) -> np.ndarray:
    matrices = np.zeros((len(someone[0].skeleton.names), 3, 4), np.float32)
    matrices[:, :3, :3] = np.eye(3)
    matrices[:, 0, 3] = x
    return matrices


def test_the_same_scene_gives_the_same_bytes(renderer: Renderer, someone: Someone):
    pictures = []
    for _ in range(2):
        renderer.scene(room(), [someone])
        renderer.draw(POSE, VIEW, [standing(someone, 0.4)])
        pictures.append(renderer.draw(POSE, VIEW, [standing(someone)]).tobytes())
    other = Renderer(SIZE)
    other.scene(room(), [someone])
    pictures.append(other.draw(POSE, VIEW, [standing(someone)]).tobytes())
    renderer.scene(room(), [someone])
    pictures.append(renderer.draw(POSE, VIEW, [standing(someone)]).tobytes())
    assert len(set(pictures)) == 1


def test_labels_are_where_the_picture_changed(renderer: Renderer, someone: Someone):
    even = room()
    dark = replace(even, lights=replace(even.lights, sun_colour=np.zeros(3)))
    renderer.scene(dark)
    empty = renderer.draw(POSE, VIEW).astype(int)
    renderer.scene(dark, [someone, someone])
    picture = renderer.draw(POSE, VIEW, [standing(someone, -0.5), standing(someone, 0.6)])
    labels = renderer.labels()
    assert set(np.unique(labels)) == {0, 1, 2}
    changed = np.abs(picture - empty).max(axis=2) > 12
    either = (labels > 0) | changed
    assert ((labels > 0) & changed).sum() > 0.85 * either.sum()
    columns = [np.flatnonzero((labels == k).any(axis=0)).mean() for k in (1, 2)]
    assert columns[0] < SIZE[0] / 2 < columns[1]


def test_things_are_drawn_where_the_labels_project_them(renderer: Renderer):
    ball = mesh.ball((0, 0, 0), 0.06, (1.0, 0.0, 0.0), shine=0.0)
    renderer.scene(room(), [], [ball])
    place = np.array([[0.5, 0.2, 1.2]])
    pose = np.eye(4)
    pose[:3, 3] = place[0]
    picture = renderer.draw(POSE, VIEW, [], [pose]).astype(int)
    rows, columns = np.nonzero(picture[..., 0] > 2 * picture[..., 1] + 20)
    expected = seen(place, projection(POSE, VIEW, SIZE))[0, :2]
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx(tuple(expected), abs=0.7)


def test_people_throw_shadows_away_from_the_sun(renderer: Renderer, someone: Someone):
    renderer.scene(room(), [someone])
    with_one = renderer.draw(POSE, VIEW, [standing(someone)]).astype(int)
    nobody = renderer.labels() == 0
    renderer.scene(room())
    darker = (renderer.draw(POSE, VIEW).astype(int) - with_one).max(axis=2) > 15
    rows, columns = np.nonzero(darker & nobody)
    assert len(rows) > 300
    assert columns.mean() < SIZE[0] / 2 - 20
    lighter = (with_one - renderer.draw(POSE, VIEW).astype(int)).max(axis=2)
    assert lighter[nobody].max() < 60


def test_feet_darken_the_floor_they_stand_on_even_without_sun(renderer: Renderer, someone: Someone):
    even = room()
    even = replace(even, lights=replace(even.lights, sun_colour=np.zeros(3)))
    renderer.scene(even)
    empty = renderer.draw(POSE, VIEW).astype(int)
    renderer.scene(even, [someone])
    fallen = []
    for lift in (0.0, 0.5):
        bones = standing(someone)
        bones[:, 2, 3] += lift
        darker = (empty - renderer.draw(POSE, VIEW, [bones]).astype(int)).max(axis=2)
        fallen.append(int(((darker > 6) & (renderer.labels() == 0))[150:].sum()))
    assert fallen[0] > 60
    assert fallen[1] < fallen[0] / 5  # only the edges of the body itself


def test_a_prop_in_front_hides_the_person(renderer: Renderer, someone: Someone):
    board = mesh.box((0, -1.0, 0.9), (2.0, 0.02, 2.2))
    renderer.scene(room(), [someone], [board])
    renderer.draw(POSE, VIEW, [standing(someone)], [np.eye(4)])
    assert (renderer.labels([np.eye(4)]) == 1).sum() == 0


def test_the_room_is_drawn_anew_for_a_new_camera(renderer: Renderer, someone: Someone):
    elsewhere = look_at(np.array([1.5, -2.5, 1.0]), np.array([0.0, 0.0, 0.9]))
    renderer.scene(room(), [someone])
    renderer.draw(POSE, VIEW, [standing(someone)])
    moved = renderer.draw(elsewhere, VIEW, [standing(someone)])
    renderer.scene(room(), [someone])
    assert (moved == renderer.draw(elsewhere, VIEW, [standing(someone)])).all()


def test_lamps_add_light(renderer: Renderer, someone: Someone):
    means = []
    for lamps in (0, 1, 4):
        renderer.scene(room(lamps=lamps), [someone])
        means.append(renderer.draw(POSE, VIEW, [standing(someone)]).mean())
    assert means[0] + 2 < means[1] < means[2] - 2


@pytest.mark.parametrize("pattern", look.PATTERNS)
def test_every_pattern_shows_its_colours(renderer: Renderer, someone: Someone, pattern: str):
    one, worn = someone
    colours = ((0.9, 0.1, 0.1), (0.1, 0.1, 0.9), (0.1, 0.8, 0.1))
    cloth = look.Cloth("tee", 0.6, 0.01, colours, pattern, 0.08)
    plain = look.Cloth("shorts", 0.6, 0.01, ((0.1, 0.1, 0.1),) * 3)
    clad = replace(worn, top=cloth, bottom=plain, shoe=((0.1, 0.1, 0.1),) * 2)
    renderer.scene(room(), [(one, clad)])
    picture = renderer.draw(POSE, VIEW, [standing(someone)]).astype(int)
    picture = picture[renderer.labels() == 1]
    red = (picture[:, 0] > 1.6 * picture[:, 2]) & (picture[:, 0] > 2.2 * picture[:, 1])
    blue = (picture[:, 2] > 1.6 * picture[:, 0]) & (picture[:, 2] > 1.6 * picture[:, 1])
    assert red.mean() > 0.03
    assert (blue.mean() > 0.01) == (pattern != "plain")


def test_what_glows_shows_its_colour_in_the_dark(renderer: Renderer):
    dark = room()
    night = replace(dark.lights, sun_colour=np.zeros(3), sky=np.zeros(3), ground=np.zeros(3))
    means = []
    for glow in (0.0, 1.0):
        floor = replace(dark.meshes[0], glow=glow)
        renderer.scene(replace(dark, meshes=(floor,), lights=night))
        means.append(renderer.draw(POSE, VIEW)[-1].mean())
    assert means[0] == 0
    assert means[1] == pytest.approx(0.7 * 255, abs=3)


def test_only_what_has_a_shadow_throws_one(renderer: Renderer):
    floor = room().meshes[0]
    roof = mesh.box((0, 0, 3), (12, 12, 0.1))
    means = []
    for shadow in (True, False):
        renderer.scene(replace(room(), meshes=(floor, replace(roof, shadow=shadow))))
        means.append(renderer.draw(POSE, VIEW)[-1].mean())
    assert means[0] + 20 < means[1]
