"""What surrounds a set: standing about, walking, getting into the exercise and out of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves import idle as idles
from tools.synth.moves import manner as manners
from tools.synth.moves import walk as walks
from tools.synth.moves import ways
from tools.synth.moves.exercise import Exercise
from tools.synth.moves.gear import Prop
from tools.synth.moves.keys import Key
from tools.synth.moves.score import Played, Sway, play
from tools.synth.moves.shots import Shot, idle
from tools.synth.moves.stops import Goal, Scene
from tools.synth.moves.walk import Walk
from tools.synth.skeleton import Skeleton

WANDER = "wander"
LEAVING = ("walk_out", "walk_past")
"""Movements after which nobody is there."""


class Lounge:
    """One athlete between sets, at home where he stands about.

    Args:
        skeleton: whose.
        rng: of this athlete.
        fps: frames a second.
        home: [2] x and y.
        crowded: whether there is no room for a bench or a rack at home.
    """

    def __init__(
        self,
        skeleton: Skeleton,
        rng: np.random.Generator,
        fps: float,
        home: Array,
        *,
        crowded: bool = False,
    ) -> None:
        self._crowded = crowded
        self._skeleton, self._rng, self._fps, self._home = skeleton, rng, fps, home
        self._manner = manners.sample(skeleton, rng)
        self._gait = walks.sample(skeleton, rng)
        self._ground = self._manner.ground(home)
        self._known: dict[str, idles.Way] = {}
        self._lies: Array | None = None

    def pass_time(
        self,
        names: Sequence[str],
        frame: int,
        *,
        first: bool,
        last: bool,
        until: float = np.inf,
    ) -> list[Shot]:
        """Idle movements one after the other, from standing about to standing about.

        Somebody walks in only at the beginning of a take, out only at its end, and past only if
        that is all; otherwise, and instead of what needs furniture where there is no room for it,
        he goes a few steps and comes back.

        Args:
            names: of the movements.
            frame: of the clip, with which they begin.
            first: whether they are the beginning of the take.
            last: whether they are its end.
            until: frames that have to be filled: nobody leaves before them, and no further
                movement begins after them.
        """
        shots: list[Shot] = []
        for k, name in enumerate(names):
            now = sum(map(len, shots))
            if now >= until:
                break
            begins, ends = first and k == 0, last and k == len(names) - 1
            fits = {"walk_in": begins, "walk_out": ends, "walk_past": begins and ends}
            bulky = idles.load(name).seat or idles.load(name).item.get("rack")
            fit = fits.get(name, True) and not (bulky and self._crowded)
            shot = self._one(name if fit else WANDER, frame + now)
            if name in LEAVING and len(shot) < until - now < np.inf:
                shot = self._one(WANDER, frame + now)
            shots.append(shot)
        return shots

    def get_in(self, way: ways.Way, begin: Goal, exercise: Exercise, frame: int) -> Shot:
        """From standing about to the first moment of a set."""
        return self._approach(way, begin, exercise, frame, leaving=False)

    def get_out(self, way: ways.Way, end: Goal, exercise: Exercise, frame: int) -> Shot:
        """From the last moment of a set to standing about."""
        return self._approach(way, end, exercise, frame, leaving=True).backwards()

    def _approach(
        self, way: ways.Way, goal: Goal, exercise: Exercise, frame: int, *, leaving: bool
    ) -> Shot:
        pace = self._manner.pace * float(self._rng.uniform(0.9, 1.1))
        arrive = Key(
            seconds=way.last / pace,
            pose=goal.angles,
            on_set=(1.0, 1.0),
            free=(0.0, 0.0) if goal.ground is not None else (1.0, 1.0),
            hands=("set", "set") if goal.hands is not None else ("free", "free"),
            take=way.take,
        )
        keys = [self._manner.standing(), *(k.timed(1 / pace) for k in way.keys), arrive]
        times = self._clock(keys)
        clip = (frame + np.arange(len(times))) / self._fps
        clip = clip[::-1] if leaving else clip
        hold = exercise.hold if exercise.hold.get("kind") in {"barbell", "dumbbells"} else None
        scene = Scene(self._skeleton, self._ground, goal, hold, self._lies)
        played = play(scene, keys, times, self._sway(clip), to_goal=True)
        lies = played.stops.lies
        if lies is not None and lies.bar is not None and not way.take:
            self._lies = lies.bar[0]
        props = {f"set {k}": prop for k, prop in enumerate(played.props)}
        if way.rack and self._lies is not None:
            stands = ways.rack(self._lies, behind=exercise.anchor == "seat")
            props["rack"] = replace(stands, poses=np.tile(stands.poses, (len(times), 1, 1)))
        return idle(played.placed, props)

    def _one(self, name: str, frame: int) -> Shot:
        movement = idles.load(name)
        if movement.walk:
            return self._walk(movement, frame)
        if movement.name not in self._known:
            way = idles.sample(movement, self._manner.neutral, self._rng)
            self._known[movement.name] = way
        way = self._known[movement.name]
        stand = self._manner.standing()
        keys = [stand, *way.keys, replace(stand, seconds=way.back)]
        times = self._clock(keys)
        clip = (frame + np.arange(len(times))) / self._fps
        scene = Scene(self._skeleton, self._ground, hold=way.hold)
        played = play(scene, keys, times, self._sway(clip), to_goal=False)
        props = {f"{movement.name} {k}": prop for k, prop in enumerate(played.props)}
        if movement.seat:
            props[f"{movement.name} seat"] = _seat(movement, played, len(times))
        lies = played.stops.lies
        if movement.item.get("rack") and lies is not None and lies.bar is not None:
            stands = ways.rack(lies.bar[0])
            poses = np.tile(stands.poses, (len(times), 1, 1))
            props[f"{movement.name} rack"] = replace(stands, poses=poses)
        return idle(played.placed, props)

    def _walk(self, movement: idles.Idle, frame: int) -> Shot:
        table = movement.walk
        side = self._rng.choice([-1.0, 1.0]) if movement.mirror else 1.0
        points = np.array(table["points"], float) * [side, 1.0]
        points = points * self._rng.uniform(0.85, 1.1) + self._home
        start, end = bool(table.get("start")), bool(table.get("end"))
        falls = walks.footfalls(
            points, self._gait, self._ground if start else None, self._ground if end else None
        )
        walk = Walk(self._skeleton, self._manner, self._gait, falls, start, end)
        count = int(walks.seconds(falls, self._gait) * self._fps)
        times = np.arange(count) / self._fps
        return idle(walk.play(times, frame / self._fps + times))

    def _clock(self, keys: Sequence[Key]) -> Array:
        """Frame times of a movement, so many that its last key is one frame past its end."""
        seconds = sum(key.seconds + key.hold for key in keys) - keys[0].seconds
        count = max(round(seconds * self._fps), 2)
        return np.arange(count) / count * seconds

    def _sway(self, clip: Array) -> Sway:
        return lambda name: self._manner.sway(name, clip)


def _seat(movement: idles.Idle, played: Played, count: int) -> Prop:
    """What is sat on, below the root where it is lowest; its long side goes across."""
    root = played.stops.root[int(np.argmin(played.stops.root[:, 2]))]
    pose = np.eye(4)
    pose[:2, :2] = [[0.0, -1.0], [1.0, 0.0]]
    pose[:2, 3] = root[:2]
    poses = np.tile(pose, (count, 1, 1))
    return Prop(movement.seat["kind"], poses, movement.seat.get("options", {}))
