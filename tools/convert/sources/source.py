"""What every format gives: a network that can say what it takes, run, and become TFLite."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError

Shape = tuple[int | None, ...]
"""None where a size is left open."""


class ConvertError(GymboxError):
    """A model cannot be made fit for the box."""


@dataclass(frozen=True, slots=True)
class Source:
    """A trained network with one input.

    Attributes:
        kind: the format, in words.
        shape: of the input as the box would give it (pictures [1, H, W, C]); None if the file does
            not say.
        predict: runs the network in its own framework: one input of the box's shape -> its outputs.
        to_tflite: the float32 .tflite file for an input of this shape.
    """

    kind: str
    shape: Shape | None
    predict: Callable[[NDArray[np.float32]], list[NDArray[np.float32]]]
    to_tflite: Callable[[tuple[int, ...]], bytes]


@dataclass(frozen=True, slots=True)
class Hints:
    """What a user may add to a file that does not say it all.

    Attributes:
        builder: `module:function` that makes the network without its weights.
        custom: `module:Class` of layers that are not the framework's own.
        trust: whether code inside the file may run: pickled classes, Lambda layers.
        shape: of the input, for files that leave it open.
    """

    builder: str | None = None
    custom: tuple[str, ...] = ()
    trust: bool = False
    shape: tuple[int, ...] | None = None


def first_line(error: BaseException) -> str:
    """What an exception says, in one line of a readable length."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or [type(error).__name__])[0][:160]
