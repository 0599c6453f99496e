"""Augmented views of the pictures, already through the layers that are not trained.

These layers are two thirds of the work of training. Their output for some views of every picture is
kept on disk, and training draws from it.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from gymbox.inference.phase_net import square
from tools.convert.phase.augment import Affine, augment, framed
from tools.convert.phase.frames import Row
from tools.convert.phase.network import INPUT_RANGE, PhaseNetwork
from tools.convert.phase.shape import JOINTS, swapped

BATCH = 32
AS_FRAMED = 2
"""Views of each picture that are not augmented: the whole of it, and the athlete."""
Picture = NDArray[np.uint8]
Show = Callable[[int, int], None]


def scaled(pictures: Sequence[Picture]) -> torch.Tensor:
    """[n, 3, s, s] of INPUT_RANGE from pictures [s, s, 3] RGB."""
    low, high = INPUT_RANGE
    values = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float()
    return (values * ((high - low) / 255) + low).contiguous(memory_format=torch.channels_last)


def read(folder: Path, row: Row) -> Picture:
    """The picture of a row, RGB."""
    picture = cv2.imread(str(folder / row.file))
    return np.ascontiguousarray(picture[..., ::-1])


def plain(folder: Path, rows: Sequence[Row], size: int) -> Iterator[Picture]:
    """The pictures as the box would see them."""
    for row in rows:
        yield square(read(folder, row), size)


def _silent(_done: int, _of: int) -> None:
    """Shows nothing."""


def keep(
    folder: Path,
    rows: Sequence[Row],
    joints: NDArray[np.float32],
    network: PhaseNetwork,
    *,
    size: int,
    views: int,
    to: Path,
    seed: int = 0,
    show: Show = _silent,
) -> tuple[NDArray[np.float16], NDArray[np.float32]]:
    """What the lower layers make of some views of every picture.

    Args:
        folder: of the pictures.
        rows: which ones.
        joints: [rows, 13, 2] in them, as shares of width and height.
        network: with ImageNet's weights in its lower layers.
        size: of a view, pixels.
        views: of every picture: the whole of it, the athlete, and then augmented ones.
        to: the file to keep them in; what is there is taken as it is.
        seed: of the augmentation.
        show: is told how many are done.

    Returns:
        [rows * views, channels, size / 8, size / 8], mapped from disk, the views of a picture
        together; and [rows * views, 13, 2] the joints as shares of the view.
    """
    beside = to.with_suffix(".joints.npy")
    if to.is_file():
        return np.load(to, mmap_mode="r"), np.load(beside)
    network.eval()
    rng = np.random.default_rng(seed)
    draft = to.with_suffix(".part")
    target: NDArray[np.float16] | None = None
    batch: list[Picture] = []
    places = np.full((len(rows) * views, len(JOINTS), 2), np.nan, np.float32)
    done, count = 0, len(rows) * views
    for number, row in enumerate(rows):
        picture = read(folder, row)
        for view in range(views):
            seen, way = (
                framed(picture, row.box if view else None, size)
                if view < AS_FRAMED
                else augment(picture, row.box, size, rng)
            )
            batch.append(seen)
            places[number * views + view] = _moved(joints[number], picture.shape, way, size)
        if len(batch) < BATCH and number + 1 < len(rows):
            continue
        with torch.no_grad():
            deep = network.lower(scaled(batch)).half().numpy()
        if target is None:
            target = np.lib.format.open_memmap(
                draft, mode="w+", dtype=np.float16, shape=(count, *deep.shape[1:])
            )
        target[done : done + len(batch)] = deep
        done += len(batch)
        batch.clear()
        show(done, count)
    np.save(beside, places)
    draft.rename(to)
    return np.load(to, mmap_mode="r"), places


def _moved(
    joints: NDArray[np.float32], shape: tuple[int, ...], way: Affine, size: int
) -> NDArray[np.float32]:
    """Joints of a picture as shares of a view; a mirrored left is a right."""
    pixels = joints * (shape[1], shape[0])
    place = (pixels @ way[:, :2].T + way[:, 2]) / size
    place[np.any((place < 0) | (place > 1), axis=1)] = np.nan
    return swapped(place) if np.linalg.det(way[:, :2]) < 0 else place
