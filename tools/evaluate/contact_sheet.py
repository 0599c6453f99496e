"""Pictures in rows, each over its caption."""

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from gymbox.inference.phase_net import square
from tools.evaluate.pictures import Picture

TILE, BAND, GAP = 200, 34, 6
"""Pixels: side of a picture, height of the two lines under it, between the tiles."""
PAPER = 250
"""Grey of the paper."""


def save(tiles: Iterable[tuple[Picture, str, str]], path: Path, columns: int = 6) -> None:
    """Writes a PNG file of pictures with two lines under each."""
    drawn = [_tile(*tile) for tile in tiles]
    blank = np.full_like(drawn[0], PAPER)
    columns = min(columns, len(drawn))
    drawn += [blank] * (-len(drawn) % columns)
    rows = [np.hstack(drawn[i : i + columns]) for i in range(0, len(drawn), columns)]
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))


def _tile(picture: Picture, first: str, second: str) -> Picture:
    tile = np.full((TILE + BAND + GAP, TILE + GAP, 3), PAPER, np.uint8)
    tile[:TILE, :TILE] = square(picture, TILE)
    for line, words in enumerate((first, second)):
        place = (2, TILE + 13 + 15 * line)
        cv2.putText(
            tile, words, place, cv2.FONT_HERSHEY_SIMPLEX, 0.38, (40, 40, 40), 1, cv2.LINE_AA
        )
    return tile
