"""People who walk through the picture while the athlete trains, stop there, or train behind.

Everything is planned as the camera sees it: x metres to the right of where it looks, y metres away
from it. Whoever passes keeps to a depth of their own, nearer than all that the athlete and the
things he uses ever reach, or farther; so nobody walks through anybody.
"""

from dataclasses import dataclass, replace

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves import exercise as exercises
from tools.synth.moves import manner as manners
from tools.synth.moves import walk as walks
from tools.synth.moves.session import session
from tools.synth.moves.shots import idle
from tools.synth.moves.take import Take
from tools.synth.moves.walk import Walk
from tools.synth.people import body as bodies
from tools.synth.people import look as looks
from tools.synth.people import points, shapes
from tools.synth.people.body import Body
from tools.synth.sets.person import Person
from tools.synth.world.camera import Camera

KINDS = ("front", "behind", "stop", "train")
"""Walks by before the athlete, or behind; comes and stays behind; trains behind."""
CLOSE = 0.75
"""Metres from the lens at which somebody may cross."""
FAR = 2.6
"""Metres from the lens beyond which nobody crosses who is to hide the athlete."""
GAP = 0.45
"""Metres, front to back, between the athlete's reach and the middle of somebody who walks."""
LANE = (0.55, 0.95)
"""Metres from one who walks behind to the next, front to back."""
DEEP = 0.5
"""Metres by which one who trains stands farther away still."""
ASIDE = (0.3, 1.5)
"""Metres beside the athlete, as the camera sees it, at which somebody stops or trains."""
BEYOND = 0.7
"""Metres beyond the edge of the picture at which a walk begins and ends."""
TRAINED = (
    ("squat", "arms_out"),
    ("squat", "back_bar"),
    ("lunge", "plain"),
    ("lateral_raise", "plain"),
    ("biceps_curl", "plain"),
)
"""Exercises and variants of those who train behind."""


@dataclass(frozen=True, slots=True)
class View:
    """What the camera sees of the floor.

    Attributes:
        pose: [4, 4] from x to the right, y away and z up of the lens's spot on the floor to the
            world.
        spread: metres from the middle of the picture to its edge, for each metre of depth.
        near: metres away of the nearest that the athlete reaches.
        far: of the farthest.
        column: metres to the right for each metre of depth at which the athlete is seen.
    """

    pose: Array
    spread: float
    near: float
    far: float
    column: float

    @classmethod
    def of(cls, camera: Camera, athlete: Array, things: Array) -> "View":
        """The view of a camera.

        Args:
            camera: that looks.
            athlete: [m, 3] all joints of all frames, in the world.
            things: [k, 3] all places of what the athlete uses.
        """
        still = camera.poses[0]
        ahead = -still[:2, 2] / np.linalg.norm(still[:2, 2])
        pose = np.eye(4)
        pose[:2, :2] = [[ahead[1], ahead[0]], [-ahead[0], ahead[1]]]
        pose[:2, 3] = camera.eye[:2]
        back = np.linalg.inv(pose)
        body = athlete @ back[:3, :3].T + back[:3, 3]
        away = np.concatenate([body[:, 1], (things @ back[:3, :3].T + back[:3, 3])[:, 1]])
        middle = np.median(body[:, :2], axis=0)
        width, height = camera.size
        return cls(
            pose=pose,
            spread=float(np.tan(np.deg2rad(camera.view) / 2) * width / height),
            near=float(away.min()),
            far=float(away.max()),
            column=float(middle[0] / middle[1]),
        )


def passers(
    kinds: tuple[str, ...],
    view: View,
    rng: np.random.Generator,
    *,
    times: Array,
    busy: tuple[float, float],
) -> tuple[Person, ...]:
    """People of these kinds, each at a depth of their own.

    Args:
        kinds: of `KINDS`.
        view: of the camera.
        rng: source of chance.
        times: [n] seconds of the frames.
        busy: seconds between which the set is under way: then they are before or behind the
            athlete.
    """
    lane = view.far + GAP
    people = []
    for kind in sorted(kinds, key=KINDS.index):
        moment = float(rng.uniform(*busy))
        if kind == "front":
            away = float(rng.uniform(CLOSE, max(min(view.near - GAP, FAR), CLOSE)))
        else:
            away = lane + float(rng.uniform(0, LANE[0])) + DEEP * (kind == "train")
            lane = away + float(rng.uniform(*LANE))
        people.append(
            _train(view, away, rng, times)
            if kind == "train"
            else _walk(view, away, rng, times, moment, stops=kind == "stop")
        )
    return tuple(people)


def _walk(
    view: View, away: float, rng: np.random.Generator, times: Array, moment: float, *, stops: bool
) -> Person:
    """Somebody who walks by at a depth and passes the athlete at a moment, or stops beside him."""
    sliders = shapes.sample(rng)
    body = bodies.load(sliders)
    skeleton = body.skeleton
    side = float(rng.choice([-1.0, 1.0]))
    edge = view.spread * away + BEYOND
    athlete = view.column * away
    goal = athlete + side * float(rng.uniform(*ASIDE)) if stops else side * edge
    path = np.array([[-side * edge, away], [goal, away]])
    gait, manner = walks.sample(skeleton, rng), manners.sample(skeleton, rng)
    ground = manner.ground(path[-1]) if stops else None
    falls = walks.footfalls(path, gait, None, ground)
    takes = walks.seconds(falls, gait)
    share = abs(athlete - path[0, 0]) / abs(goal - path[0, 0])
    walk = Walk(skeleton, manner, gait, falls, start=False, end=stops)
    own = np.clip(times - moment + share * takes, 0, takes)
    shot = idle(walk.play(own, times))
    take = Take(times, skeleton, shot.placed, "unknown", shot.depth, shot.phases)
    return _placed(body, looks.sample(rng, sliders), take, view.pose)


def _train(view: View, away: float, rng: np.random.Generator, times: Array) -> Person:
    """Somebody who trains at a depth, beside the athlete as the camera sees it."""
    sliders = shapes.sample(rng)
    body = bodies.load(sliders)
    name, variant = TRAINED[rng.integers(len(TRAINED))]
    fps = 1 / float(np.diff(times).mean())
    take = session(
        exercises.load(name, variant),
        body.skeleton,
        rng,
        fps=fps,
        count=2 + int(times[-1] / 2),
    )
    count = len(times)
    take = replace(
        take,
        times=times,
        placed=replace(
            take.placed, turns=take.placed.turns[:count], heads=take.placed.heads[:count]
        ),
        props=tuple(replace(prop, poses=prop.poses[:count]) for prop in take.props),
    )
    turn = rng.uniform(0, 2 * np.pi)
    c, s = np.cos(turn), np.sin(turn)
    spot = np.eye(4)
    spot[:2, :2] = [[c, -s], [s, c]]
    beside = float(rng.choice([-1.0, 1.0])) * float(rng.uniform(*ASIDE))
    spot[:2, 3] = view.column * away + beside, away
    return _placed(body, looks.sample(rng, sliders), take, view.pose @ spot)


def _placed(body: Body, look: looks.Look, take: Take, pose: Array) -> Person:
    joints = points.joints(body, take.placed.turns, take.placed.heads)
    return Person(body, look, take, pose, joints @ pose[:3, :3].T + pose[:3, 3])
