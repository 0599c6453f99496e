"""A stored sample: an input of a model, and what the model made of it where it was packed.

A runtime may load a model, run it without a word and compute nonsense: a kernel that is wrong on
this processor, a delegate that is broken. So every model in a bundle brings an `.npz` with

    picture   uint8, the shape of the input; 0..255 stands for the model's input range; or
    input     float32, the shape of the input
    tolerance float32, how far an output may be off, as a share of its own size
    out_1x195 float32, the output of that shape; of a large one every n-th value (`thinned`)
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import ModelError
from gymbox.inference.runtime import Network

OUTPUT = "out_"
MOST_VALUES = 2048
"""Of one output that are kept: heat maps would make a sample larger than its model."""

_SMALLEST = 1e-3  # below this an output is taken for this large, or 0 would allow no error at all


@dataclass(frozen=True, slots=True)
class Sample:
    """What to put into a model and what to expect.

    Attributes:
        input: float32 in the shape of the input, or uint8 for a picture.
        outputs: for the shape of each output its values, thinned.
        tolerance: how far they may be off, see `distance`.
    """

    input: NDArray[np.float32] | NDArray[np.uint8]
    outputs: dict[tuple[int, ...], NDArray[np.float32]]
    tolerance: float


def load_sample(path: Path) -> Sample:
    """Reads a sample.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return Sample(
                input=arrays["picture"] if "picture" in arrays else arrays["input"],
                outputs={
                    shape_of(key): np.asarray(arrays[key], np.float32)
                    for key in arrays
                    if key.startswith(OUTPUT)
                },
                tolerance=float(arrays["tolerance"]),
            )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"the sample {path} is damaged ({error})", "pack it anew") from error


def key_of(shape: tuple[int, ...]) -> str:
    """The name of an output in the file."""
    return OUTPUT + "x".join(map(str, shape))


def shape_of(key: str) -> tuple[int, ...]:
    """The shape of an output from its name in the file."""
    return tuple(int(size) for size in key.removeprefix(OUTPUT).split("x"))


def thinned(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """A flat copy, of a large array every n-th value."""
    step = -(-values.size // MOST_VALUES)
    return values.reshape(-1)[::step].copy()


def run_on(network: Network, given: NDArray[np.float32] | NDArray[np.uint8]) -> None:
    """Runs a network on the input of a sample."""
    low, high = network.card.input_range
    values = given.astype(np.float32)
    if given.dtype == np.uint8:
        values = low + (high - low) / 255 * values
    network.input()[:] = values
    network.invoke()


def distance(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """How far an output is off: root mean square of the difference, over that of the expected."""
    if found.shape != expected.shape or not np.isfinite(found).all():
        return float("inf")
    difference = _rms(found - expected)
    return difference / max(_rms(expected), _SMALLEST)


def furthest(network: Network, sample: Sample) -> float:
    """How far the worst output of a network is off on a sample."""
    run_on(network, sample.input)
    return max(
        distance(thinned(network.output(*shape)), expected)
        for shape, expected in sample.outputs.items()
    )


def _rms(values: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(np.square(values, dtype=np.float64))))
