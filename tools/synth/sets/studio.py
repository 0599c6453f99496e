"""Pictures of a shoot, one by one."""

from collections.abc import Iterator
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.synth.curves import Array
from tools.synth.people.body import Floats
from tools.synth.render.engine import Renderer
from tools.synth.sets.person import Person
from tools.synth.sets.shoot import Shoot
from tools.synth.world.film import averaged

Picture = NDArray[np.uint8]


@lru_cache(maxsize=4)
def renderer(size: tuple[int, int]) -> Renderer:
    """The renderer of this process for pictures of a size."""
    cv2.setNumThreads(1)
    return Renderer(size)


class Studio:
    """A shoot, ready to be drawn."""

    def __init__(self, shoot: Shoot) -> None:
        self._shoot = shoot
        self._renderer = renderer(shoot.camera.size)
        people = [(person.body, person.look) for person in shoot.people]
        self._renderer.scene(shoot.world, people, shoot.meshes)
        self._bones = [_bones(person) for person in shoot.people]
        self._film = shoot.film.metered(self._draw(0))

    def pictures(self) -> Iterator[Picture]:
        """All pictures, [h, w, 3] uint8 red, green, blue."""
        for frame in range(self._shoot.frames):
            yield self.picture(frame)

    def empty(self, frame: int) -> Picture:
        """The room without people and props."""
        nobody = [np.zeros_like(bones[0]) for bones in self._bones]
        nothing = [np.zeros((4, 4)) for _ in self._shoot.props]
        view = self._shoot.camera.view
        picture = self._renderer.draw(self._shoot.camera.poses[0], view, nobody, nothing)
        return self._film.develop(picture, frame)

    def picture(self, frame: int) -> Picture:
        """One picture as the camera took it."""
        shoot = self._shoot
        parts = [frame + k * self._film.shutter / shoot.blur for k in range(shoot.blur)]
        picture = averaged([self._draw(part) for part in parts])
        if shoot.camera.poses[frame] is not shoot.camera.poses[0]:
            shake = shoot.shake(frame)
            if not np.allclose(shake, np.eye(3), atol=1e-9):
                picture = cv2.warpPerspective(
                    picture, shake, shoot.camera.size, borderMode=cv2.BORDER_REPLICATE
                )
        return self._film.develop(picture, frame)

    def people(self, frame: int) -> NDArray[np.uint8]:
        """Who is seen where, [h, w]: 0 nobody, 1 the athlete, 2 and up the others."""
        self._draw(frame)
        labels = self._renderer.labels(self._props(frame))
        return cv2.warpPerspective(
            labels, self._shoot.shake(frame), self._shoot.camera.size, flags=cv2.INTER_NEAREST
        )

    def _draw(self, moment: float) -> Picture:
        """What the still camera sees between two frames, or at one."""
        shoot = self._shoot
        first = min(int(moment), shoot.frames - 1)
        second, share = min(first + 1, shoot.frames - 1), moment - first
        bones = [_mixed(bones, first, second, share) for bones in self._bones]
        props = [_mixed(prop.poses, first, second, share) for prop in shoot.props]
        return self._renderer.draw(shoot.camera.poses[0], shoot.camera.view, bones, props)

    def _props(self, frame: int) -> list[Array]:
        return [prop.poses[frame] for prop in self._shoot.props]


def _bones(person: Person) -> Floats:
    """Matrices [n, b, 3, 4] of a person's bones in the world."""
    placed = person.take.placed
    matrices = person.body.matrices(placed.turns, placed.heads)
    moved = np.einsum("ij,nbjk->nbik", person.pose[:3, :3].astype(np.float32), matrices)
    moved[..., 3] += person.pose[:3, 3]
    return np.ascontiguousarray(moved, np.float32)


def _mixed(values: Array, first: int, second: int, share: float) -> Array:
    """Between two frames; so near that mixing matrices bends nothing that can be seen."""
    if share == 0 or first == second:
        return values[first]
    return (1 - share) * values[first] + share * values[second]
