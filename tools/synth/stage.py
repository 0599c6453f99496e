"""An offscreen stage: lamps, a camera and triangles, drawn by pyrender on OSMesa (no display)."""

import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError
from tools.synth.camera import camera_pose
from tools.synth.curves import Array

LAMPS = (
    ((-0.7, -0.6, 1.3), (255, 244, 228), 2.6),
    ((0.9, -0.8, 0.5), (220, 232, 255), 1.1),
    ((0.2, 1.0, 0.9), (255, 250, 240), 1.0),
)
"""Direction to the lamp, colour, intensity."""
ADVICE = "set up the venv of docs/demo-clip.md"


def _pyrender() -> Any:  # noqa: ANN401 - a module without types
    """The renderer, on OSMesa.

    Raises:
        GymboxError: pyrender or the system library is missing.
    """
    os.environ.setdefault("PYOPENGL_PLATFORM", "osmesa")
    try:
        import pyrender  # noqa: PLC0415 - needs PYOPENGL_PLATFORM first
    except ModuleNotFoundError as error:
        raise GymboxError(f"drawing needs {error.name}", ADVICE) from error
    except (ImportError, AttributeError) as error:
        raise GymboxError("OSMesa is missing", "sudo apt install libosmesa6") from error
    return pyrender


def _ordered_node(gl: Any) -> Any:  # noqa: ANN401
    """A class of scene nodes whose hash is their `place`.

    pyrender keeps nodes in sets, so with the usual hash (the address) the lamps add up in another
    order in every run, and colours differ in the last bit.
    """
    return type("OrderedNode", (gl.Node,), {"__hash__": lambda node: node.place})


class Stage:
    """Draws one scene at a time.

    Args:
        pose: camera to world, [4, 4].
        view: vertical angle of view, degrees.
        size: width and height of the pictures.

    Raises:
        GymboxError: pyrender or OSMesa is missing.
    """

    def __init__(self, pose: Array, view: float, size: tuple[int, int]) -> None:
        self._gl = _pyrender()
        self._node = _ordered_node(self._gl)
        self._pose = pose
        self._view = view
        try:
            self._renderer = self._gl.OffscreenRenderer(*size)
        except (ImportError, OSError, AttributeError) as error:
            raise GymboxError("OSMesa does not start", "sudo apt install libosmesa6") from error
        self.clear(0.0)

    def clear(self, ambient: float) -> None:
        """Starts an empty scene with camera and lamps under this much light from everywhere."""
        gl = self._gl
        self._scene = gl.Scene(bg_color=[0, 0, 0, 0], ambient_light=[ambient] * 3)
        camera = gl.PerspectiveCamera(yfov=np.deg2rad(self._view), znear=0.1, zfar=30)
        self._put(self._pose, camera=camera)
        for direction, colour, power in LAMPS:
            lamp = gl.DirectionalLight(color=np.array(colour) / 255, intensity=power)
            self._put(camera_pose(np.array(direction), np.zeros(3)), light=lamp)

    def add(
        self,
        vertices: Array,
        normals: Array,
        faces: NDArray[np.int64],
        *,
        colours: Array | None = None,
        uv: Array | None = None,
        texture: NDArray[np.uint8] | None = None,
    ) -> None:
        """Adds triangles of a dull stuff.

        Args:
            vertices: [v, 3] metres.
            normals: [v, 3].
            faces: [f, 3].
            colours: [v, 4] linear, multiplied with the texture.
            uv: [v, 2] texture coordinates.
            texture: [h, w, 3] red, green, blue.
        """
        gl = self._gl
        picture = None if texture is None else gl.Texture(source=texture, source_channels="RGB")
        material = gl.MetallicRoughnessMaterial(
            baseColorFactor=[1.0] * 4,
            baseColorTexture=picture,
            metallicFactor=0.05,
            roughnessFactor=0.9,
        )
        part = gl.Primitive(
            positions=vertices,
            normals=normals,
            indices=faces,
            color_0=colours,
            texcoord_0=uv,
            material=material,
        )
        self._put(np.eye(4), mesh=gl.Mesh([part]))

    def _put(self, pose: Array, **thing: Any) -> None:  # noqa: ANN401
        """Adds a camera, light or mesh behind what is there already."""
        node = self._node(matrix=pose, **thing)
        node.place = len(self._scene.nodes)
        self._scene.add_node(node)

    def draw(self) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Colour [h, w, 3] and depth [h, w] in metres, 0 where nothing is."""
        flags = self._gl.RenderFlags.SKIP_CULL_FACES
        colour, depth = self._renderer.render(self._scene, flags=flags)
        return colour, depth
