"""The sample of a model: an input and what the model makes of it, for the self-test on the box.

A model of pictures is shown an athlete of the bundled clip, so that its outputs are as large as in
use; any other is given smooth random numbers. The sample has to say something: where an empty input
gives the same outputs, a runtime that ignores its input would pass.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import gymbox
from gymbox.bundles.sample import Sample, distance, key_of, run_on, thinned
from gymbox.camera.clip import ClipCamera
from gymbox.errors import GymboxError
from gymbox.inference.manifest import ModelCard
from gymbox.inference.runtime import Network

CLIP = Path(gymbox.__file__).parent / "demo" / "squats.mp4"
FRAMES = {
    127: (slice(210, 470), slice(90, 350)),  # at the bottom of the first squat, see squats.json
    88: (slice(130, 470), slice(30, 370)),  # upright before it
}
"""Where the athlete is: by number of the frame, rows and columns."""

SEED = 20261121
TOLERANCE = {"float32": 0.02, "float16": 0.02}
"""How far an output may be off on the box, see `sample.distance`.

Between ai-edge-litert 2.3 and tflite-runtime 2.14, each with XNNPACK and without, the pose networks
were 0.00001 apart at most, their 8-bit twins 0.045; a picture moved by one pixel is 0.03 to 0.3
off, an empty one 1."""

TOLERANCE_8_BIT = 0.15
LEAST_CONTRAST = 3.0
"""How many tolerances lie at least between the outputs for the sample and for an empty input."""

_PICTURE = 4  # axes of the input of a model of pictures: one, rows, columns, colours

Input = NDArray[np.float32] | NDArray[np.uint8]
Outputs = dict[tuple[int, ...], NDArray[np.float32]]


def make_sample(card: ModelCard) -> Sample:
    """Runs a model on the first input that says something.

    Raises:
        ModelError: the model does not run here.
        GymboxError: it gives the same whatever it is given.
    """
    network = Network(card)
    tolerance = TOLERANCE.get(card.quantisation, TOLERANCE_8_BIT)
    empty = _outputs(network, np.zeros(card.input_shape, np.float32))
    for given in sample_inputs(card):
        outputs = _outputs(network, given)
        contrast = max(distance(values, empty[shape]) for shape, values in outputs.items())
        if LEAST_CONTRAST * tolerance <= contrast < float("inf"):
            return Sample(given, outputs, tolerance)
    raise GymboxError(
        f"{card.name} gives the same for an athlete, for noise and for an empty input",
        "it has not learnt anything, or input_range in its entry is wrong",
    )


def sample_inputs(card: ModelCard) -> Iterator[Input]:
    """Pictures of the athlete if it is a model of pictures, smooth random numbers in any case."""
    shape = card.input_shape
    if len(shape) == _PICTURE and shape[-1] == len("RGB"):
        yield from _athletes(width=shape[2], height=shape[1])
    low, high = card.input_range
    steps = np.random.default_rng(SEED).normal(0.0, 0.1, shape)
    waves = np.sin(np.cumsum(steps, axis=min(1, len(shape) - 1)))
    yield (low + (high - low) * (waves + 1) / 2).astype(np.float32)


def sample_bytes(sample: Sample) -> bytes:
    """The sample as an `.npz` file; the same sample gives the same bytes."""
    key = "picture" if sample.input.dtype == np.uint8 else "input"
    arrays: dict[str, NDArray[np.generic]] = {
        key: sample.input,
        "tolerance": np.array(sample.tolerance, np.float32),
    }
    arrays |= {key_of(shape): values for shape, values in sorted(sample.outputs.items())}
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def _outputs(network: Network, given: Input) -> Outputs:
    run_on(network, given)
    return {shape: thinned(network.output(*shape)) for shape in network.output_shapes}


def _athletes(*, width: int, height: int) -> Iterator[NDArray[np.uint8]]:
    """The athlete of the bundled clip, [1, height, width, 3] RGB."""
    import cv2  # noqa: PLC0415 (heavy)

    with ClipCamera(CLIP) as camera:
        frames = [camera.read() for _ in range(max(FRAMES) + 1)]
    for number, place in FRAMES.items():
        frame = frames[number]
        if frame is None:
            raise GymboxError(f"{CLIP} has no frame {number}", "bring back the bundled clip")
        picture = cv2.resize(frame.image[place], (width, height), interpolation=cv2.INTER_AREA)
        yield np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)[np.newaxis]
