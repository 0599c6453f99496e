"""A shoot: people, room, camera and film of one clip, all decided before the first picture."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tools.synth.curves import Array
from tools.synth.mesh import Mesh
from tools.synth.moves import exercise as exercises
from tools.synth.moves.gear import Prop
from tools.synth.moves.session import idle_take, session
from tools.synth.moves.take import Take
from tools.synth.people.body import Body
from tools.synth.sets.bystanders import bystanders
from tools.synth.sets.order import Order
from tools.synth.sets.passers import View, passers
from tools.synth.sets.person import Person, person
from tools.synth.world import camera as cameras
from tools.synth.world import film as films
from tools.synth.world import props as things
from tools.synth.world import rooms
from tools.synth.world.camera import Camera
from tools.synth.world.film import Film
from tools.synth.world.pinhole import projection
from tools.synth.world.rooms import World

CROWN = 0.16
"""Metres that the hair may stand over the nose."""
FREE = 1.4
"""Metres about the athlete's reach in which nothing stands."""
BAR = 1.1
"""Metres from the middle of a barbell to its end."""
BESIDE = 1.5
"""Metres to either side of where somebody passes the athlete in which nothing stands."""
ELBOWS = 0.4
"""Metres that people take to either side."""


@dataclass(frozen=True, slots=True)
class Shoot:
    """Everything about one clip; the first person is the athlete.

    Attributes:
        order: what was asked for.
        people: who is there.
        props: of the athlete.
        meshes: of the props.
        world: the room.
        camera: where it stands and how it shakes.
        film: what it makes of the light.
        blur: pictures that are averaged into one.
        first: phase from the start pose to the turn, `eccentric` or `concentric`.
    """

    order: Order
    people: tuple[Person, ...]
    props: tuple[Prop, ...]
    meshes: tuple[Mesh, ...]
    world: World
    camera: Camera
    film: Film
    blur: int
    first: str = ""

    @property
    def frames(self) -> int:
        """Pictures in the clip."""
        return len(self.people[0].take.times)

    def matrix(self, frame: int) -> Array:
        """World to pixels [3, 4] of what is seen in a frame."""
        still = projection(self.camera.poses[0], self.camera.view, self.camera.size)
        return self.shake(frame) @ still

    def shake(self, frame: int) -> Array:
        """From the picture of the still camera to that of the shaking one, [3, 3].

        Only the turns count: of a hand's tremor, they move the picture far more than shifts do.
        """
        width, height = self.camera.size
        focal = height / 2 / np.tan(np.deg2rad(self.camera.view) / 2)
        inside = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1.0]])
        flip = np.diag([1.0, -1.0, -1.0])
        turn = self.camera.poses[frame, :3, :3].T @ self.camera.poses[0, :3, :3]
        return inside @ flip @ turn @ flip @ np.linalg.inv(inside)


def plan(
    order: Order,
    source: np.random.SeedSequence,
    *,
    handheld: float = 0.3,
    film: float = 1.0,
    blur: float = 0.3,
    hidden: float = 0.05,
    room: str | None = None,
) -> Shoot:
    """Decides everything; the same source gives the same shoot.

    Args:
        order: what the clip shall show.
        source: of chance.
        handheld: chance that the camera shakes.
        film: strength of noise, blur, compression and odd colours, 0..1.
        blur: chance that quick movements blur.
        hidden: chance that something stands before the lens.
        room: kind of room, any if None.
    """
    streams = iter(map(np.random.default_rng, source.spawn(8)))
    athlete = perform(order, next(streams))
    camera = place(order, athlete, next(streams), handheld=handheld)
    building, standing, looking, filming, passing = (next(streams) for _ in range(5))
    others = bystanders(order, athlete, camera, standing)
    passing_by = _passing(order, athlete, camera, passing)
    world = _world(athlete, camera, building, room, _room_for(passing_by))
    props = _dressed(athlete.take.props, looking)
    for one in passing_by:
        used = (replace(prop, poses=one.pose @ prop.poses) for prop in one.take.props)
        props += _dressed(tuple(used), passing)
    return Shoot(
        order=order,
        people=(athlete, *others, *passing_by),
        props=props,
        meshes=tuple(things.mesh(prop.kind, prop.options) for prop in props),
        world=world,
        camera=camera,
        film=films.sample(filming, order.size, strength=film, occluded=hidden),
        blur=2 if filming.random() < blur else 1,
        first=exercises.load(order.exercise).first if order.exercise else "",
    )


def alone(shoot: Shoot) -> Shoot:
    """The same with nobody but the athlete."""
    athlete = shoot.people[0]
    count = len(athlete.take.props)
    return replace(shoot, people=(athlete,), props=shoot.props[:count], meshes=shoot.meshes[:count])


def perform(order: Order, rng: np.random.Generator) -> Person:
    """The athlete at work, whoever may look."""
    return person(rng, _performance(order))


def _performance(order: Order) -> Callable[[Body, np.random.Generator], Take]:
    def act(body: Body, rng: np.random.Generator) -> Take:
        if order.exercise is None:
            return idle_take(order.before, body.skeleton, rng, fps=order.fps, seconds=order.seconds)
        return session(
            exercises.load(order.exercise, order.variant),
            body.skeleton,
            rng,
            fps=order.fps,
            count=order.count,
            partials=order.partials,
            faults=order.faults,
            before=order.before,
            after=order.after,
        )

    return act


def place(
    order: Order, athlete: Person, rng: np.random.Generator, *, handheld: float, every: int = 1
) -> Camera:
    """A camera that sees all of the set; what comes before and after may leave the picture.

    Args:
        order: where it shall stand.
        athlete: who is to be seen.
        rng: source of chance.
        handheld: chance that the camera shakes.
        every: look only at every so many frames to find the distance.
    """
    working = np.array([phase != "idle" for phase in athlete.take.phases])
    joints = athlete.joints[working if working.any() else slice(None)][::every]
    crown = joints[:, 0] + [0.0, 0.0, CROWN]
    return cameras.sample(
        rng,
        np.concatenate([joints.reshape(-1, 3), crown]),
        frames=len(athlete.take.times),
        fps=order.fps,
        size=order.size,
        azimuth=order.azimuth,
        height=order.height,
        diagonal=order.view,
        nearest=order.nearest,
        things=_bar_ends(athlete.take.props),
        crop=order.crop,
        handheld=handheld,
    )


def _bar_ends(props: tuple[Prop, ...]) -> Array:
    """Where the plates of barbells are, [k, 3]: seen from the side, they come nearest."""
    ends = [
        bar.poses[:, :3, 3] + end * BAR * bar.poses[:, :3, 0]
        for bar in props
        if bar.kind == "barbell"
        for end in (-1, 1)
    ]
    return np.concatenate([*ends, np.empty((0, 3))])


def _world(
    athlete: Person, camera: Camera, rng: np.random.Generator, room: str | None, free: float
) -> World:
    joints = athlete.joints.reshape(-1, 3)
    wide = float(np.percentile(np.linalg.norm(joints[:, :2], axis=1), 99))
    tall = float(joints[:, 2].max())
    return rooms.sample(
        rng,
        keep_free=max(FREE, min(wide + 0.3, 2.4), free),
        eye=camera.eye,
        clear=max(2.3, tall + 0.25),
        kind=room,
    )


def _room_for(passing_by: tuple[Person, ...]) -> float:
    """Metres about the athlete in which others walk, and some to either side of where they do."""
    near = [np.linalg.norm(one.joints[:, 0, :2], axis=1).min() for one in passing_by]
    return float(np.hypot(max(near), BESIDE)) + ELBOWS if near else 0.0


def _passing(
    order: Order, athlete: Person, camera: Camera, rng: np.random.Generator
) -> tuple[Person, ...]:
    """Who walks through the picture during the set, and who trains behind."""
    if not order.passers:
        return ()
    view = View.of(camera, athlete.joints.reshape(-1, 3), _bar_ends(athlete.take.props))
    reps = athlete.take.reps
    busy = (reps[0].begin, reps[-1].end) if reps else tuple(athlete.take.times[[0, -1]])
    return passers(order.passers, view, rng, times=athlete.take.times, busy=busy)


def _dressed(props: tuple[Prop, ...], rng: np.random.Generator) -> tuple[Prop, ...]:
    """The props with a look that is drawn for each kind."""
    kinds = sorted({prop.kind for prop in props})
    drawn = {kind: things.sample(rng, kind) for kind in kinds}
    return tuple(_looking(prop, drawn[prop.kind]) for prop in props)


def _looking(prop: Prop, look: dict[str, Any]) -> Prop:
    """The prop with the look of its kind; what the exercise says goes first."""
    options: dict[str, Any] = {**look, **prop.options}
    radius = options.pop("radius", None)
    if prop.kind == "barbell" and radius:
        plates = options.get("plates") or [{"radius": radius, "width": 0.05}]
        largest = max(plate["radius"] for plate in plates)
        options["plates"] = [
            {**plate, "radius": plate["radius"] * radius / largest} for plate in plates
        ]
    return replace(prop, options=options)
