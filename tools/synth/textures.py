"""Procedural textures for the room, each [h, w, 3] uint8 in red, green, blue."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
FLECKS = 0.006
"""Share of the rubber's dots that are light."""


def _grain(rng: np.random.Generator, shape: tuple[int, int], blur: float) -> NDArray[np.float32]:
    """Noise of unit deviation, soft over `blur` pixels, [h, w]."""
    noise = cv2.GaussianBlur(rng.normal(0, 1, shape).astype(np.float32), (0, 0), blur)
    return noise / noise.std()


def _tinted(colour: tuple[int, int, int], light: NDArray[np.float32]) -> Picture:
    """A colour under varying light."""
    return np.clip(np.array(colour, np.float32) * light[..., None], 0, 255).astype(np.uint8)


def rubber(rng: np.random.Generator, size: int = 1400, tile: int = 200) -> Picture:
    """Grey rubber tiles with speckles and thin joints."""
    light = 1 + 0.03 * _grain(rng, (size, size), 1.0) + 0.03 * _grain(rng, (size, size), 60)
    picture = _tinted((112, 114, 118), light)
    fleck = rng.random((size, size)) < FLECKS
    picture[cv2.dilate(fleck.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = (150, 154, 160)
    for k in range(0, size, tile):
        picture[k : k + 2] = picture[:, k : k + 2] = (84, 86, 90)
    return picture


def planks(
    rng: np.random.Generator, width: int = 900, height: int = 700, board: int = 70
) -> Picture:
    """Wooden boards along x."""
    light = np.ones((height, width), np.float32)
    for k in range(0, height, board):
        rows = slice(k, min(k + board, height))
        fibre = cv2.GaussianBlur(
            rng.normal(0, 1, (light[rows].shape[0], width)).astype(np.float32),
            (0, 0),
            sigmaX=40,
            sigmaY=1.2,
        )
        light[rows] += rng.normal(0, 0.05) + 0.05 * fibre / fibre.std()
        light[k : k + 2] *= 0.72
    return _tinted((176, 142, 106), light)


def plaster(rng: np.random.Generator, width: int, height: int, low: float) -> Picture:
    """A painted wall: warm white, and sage with a stripe up to the share `low` of its height."""
    light = 1 + 0.012 * _grain(rng, (height, width), 2) + 0.018 * _grain(rng, (height, width), 50)
    down = np.linspace(1.04, 0.93, height, dtype=np.float32)[:, None]
    light = light * down * _pools(width, height)
    light[-int(0.03 * height) :] *= 0.9
    picture = _tinted((226, 221, 210), light)
    edge = int(height * (1 - low))
    picture[edge:] = _tinted((146, 168, 164), light)[edge:]
    picture[edge : edge + max(height // 70, 3)] = (226, 128, 84)
    return picture


def _pools(width: int, height: int) -> NDArray[np.float32]:
    """Soft pools of light that ceiling lamps throw on a wall, and darker ends, [h, w]."""
    x = np.linspace(0, 1, width, dtype=np.float32)[None]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    pools = sum(
        np.exp(-(((x - at) / 0.10) ** 2) - ((y - 0.05) / 0.45) ** 2) for at in (0.17, 0.5, 0.83)
    )
    ends = 1 - 0.22 * np.exp(-x / 0.03) - 0.15 * np.exp(-(1 - y) / 0.05)
    return np.float32((0.93 + 0.16 * pools) * ends)


def bricks(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Whitewashed bricks."""
    light = 1 + 0.02 * _grain(rng, (height, width), 2)
    tall, wide = 26, 76
    for row, y in enumerate(range(0, height, tall)):
        for x in range(-(row % 2) * wide // 2, width, wide):
            light[y : y + tall, max(x, 0) : max(x + wide, 0)] *= rng.normal(1.0, 0.035)
            light[y : y + tall, max(x, 0) : max(x + 3, 0)] *= 0.86
        light[y : y + 3] *= 0.86
    return _tinted((198, 191, 182), light * _pools(width, height))


def poster(width: int = 300, height: int = 400) -> Picture:
    """An abstract poster: rising bars under a sun."""
    picture = np.full((height, width, 3), (44, 58, 78), np.uint8)
    cv2.circle(
        picture, (int(width * 0.62), int(height * 0.3)), width // 5, (240, 176, 92), -1, cv2.LINE_AA
    )
    for k, tall in enumerate((0.18, 0.28, 0.36, 0.5, 0.62)):
        left = int(width * (0.12 + 0.16 * k))
        top = int(height * (0.92 - tall))
        shade = (226, 92, 58) if k == 4 else (150 + 14 * k, 178 + 8 * k, 176 + 6 * k)  # noqa: PLR2004
        cv2.rectangle(
            picture, (left, top), (left + int(width * 0.11), int(height * 0.92)), shade, -1
        )
    cv2.rectangle(picture, (0, 0), (width - 1, height - 1), (236, 232, 224), width // 24)
    return picture
