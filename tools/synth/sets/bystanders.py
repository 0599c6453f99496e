"""People who stand about beside and behind the athlete."""

from dataclasses import replace

import numpy as np

from tools.synth.moves import idle
from tools.synth.moves.session import idle_take
from tools.synth.moves.take import Take
from tools.synth.people.body import Body
from tools.synth.sets.order import Order
from tools.synth.sets.person import Person, person
from tools.synth.world.camera import Camera

OTHERS = (1.9, 3.4)
"""Metres from the athlete at which they stand."""


def bystanders(
    order: Order, athlete: Person, camera: Camera, rng: np.random.Generator
) -> tuple[Person, ...]:
    """Other people beside and behind the athlete, never between him and the camera."""
    seconds = len(athlete.take.times) / order.fps
    away = np.arctan2(*-camera.eye[:2][::-1])
    people = []
    for k in range(order.others):
        side = away + np.deg2rad(rng.uniform(25, 75) * (1 if k % 2 else -1))
        far = rng.uniform(*OTHERS)

        def perform(body: Body, rng: np.random.Generator) -> Take:
            names = tuple(map(str, rng.choice(idle.names(), 3)))
            return idle_take(names, body.skeleton, rng, fps=order.fps, seconds=seconds)

        one = person(rng, perform)
        pose = np.eye(4)
        turn = rng.uniform(0, 2 * np.pi)
        c, s = np.cos(turn), np.sin(turn)
        pose[:2, :2] = [[c, -s], [s, c]]
        pose[:2, 3] = far * np.cos(side), far * np.sin(side)
        joints = one.joints @ pose[:3, :3].T + pose[:3, 3]
        people.append(replace(one, pose=pose, joints=joints))
    return tuple(people)
