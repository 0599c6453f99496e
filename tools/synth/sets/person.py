"""Somebody in the picture: a body, what is worn, what happens, where."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.synth.curves import Array
from tools.synth.moves.take import Take
from tools.synth.people import body as bodies
from tools.synth.people import look as looks
from tools.synth.people import points, shapes
from tools.synth.people.body import Body
from tools.synth.people.look import Look


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the picture.

    Attributes:
        body: of what shape.
        look: what is worn.
        take: what happens.
        pose: [4, 4] from the take's place to the world.
        joints: [n, 33, 3] in the world.
    """

    body: Body
    look: Look
    take: Take
    pose: Array
    joints: Array


def person(
    rng: np.random.Generator, perform: Callable[[Body, np.random.Generator], Take]
) -> Person:
    """A body, what it wears and what it does, at the origin."""
    sliders = shapes.sample(rng)
    body = bodies.load(sliders)
    look = looks.sample(rng, sliders)
    take = perform(body, rng)
    joints = points.joints(body, take.placed.turns, take.placed.heads)
    return Person(body, look, take, np.eye(4), joints)
