"""The sequence net: which exercise do the last seconds of poses show?

    net = SequenceNet()
    poses = net.window()
    while frame := camera.read():
        poses.add(frame.timestamp, tracker.process(frame))
        chances = dict(zip(net.labels, net.classify(poses.sample()), strict=True))

`PoseWindow.add` belongs into every frame and costs a copy; `sample` and `classify` may be called
as rarely as an answer is wanted, twice a second is plenty.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import ModelError
from gymbox.inference.manifest import find_model
from gymbox.inference.runtime import Network
from gymbox.motion.features import COUNT
from gymbox.motion.windows import PoseWindow, Window

_RANK = 3


class SequenceNet:
    """Tells exercises apart.

    Args:
        model: its name in the manifest.
        threads: how many threads one run may use; it is so small that one is best.
        models: folder of the models, if not the usual one.
        runtime: which TFLite runtime, if not the one that is installed.

    Raises:
        ModelError: the model is missing, damaged or made for other features, or there is no
            runtime for it.
    """

    def __init__(
        self,
        model: str = "sequence",
        *,
        threads: int = 1,
        models: Path | None = None,
        runtime: str | None = None,
    ) -> None:
        self.network = Network(find_model(model, models), threads=threads, runtime=runtime)
        card = self.network.card
        shape = card.input_shape
        if len(shape) != _RANK or shape[::2] != (1, COUNT):
            raise ModelError(
                f"the model {card.name} takes {shape}, the box makes windows of {COUNT} numbers",
                "bring back the models folder of this release",
            )
        self.labels = card.labels
        self.length = shape[1]

    def window(self) -> PoseWindow:
        """An empty window of the length that this network wants."""
        return PoseWindow(self.length)

    def classify(self, window: Window) -> NDArray[np.float32]:
        """The chance of each of `labels`; they sum to 1.

        Args:
            window: of `window()`. Nobody in it is allowed, and shows nothing known.
        """
        self.network.input()[0] = window.features()
        self.network.invoke()
        return np.array(self.network.output(1, len(self.labels))[0])
