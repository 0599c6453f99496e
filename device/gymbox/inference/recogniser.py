"""Which exercise it is, by name, from the poses as they come."""

from collections.abc import Mapping

from gymbox.inference.runtime import Network
from gymbox.inference.sequence_net import SequenceNet
from gymbox.motion.landmarks import Pose


class Recogniser:
    """The sequence net and the window of poses that it looks at.

    Args:
        net: it.
    """

    def __init__(self, net: SequenceNet) -> None:
        self._net = net
        self._window = net.window()

    @property
    def network(self) -> Network:
        """What runs when the chances are asked for."""
        return self._net.network

    def fresh(self) -> "Recogniser":
        """Another one with the same net, that has seen nothing."""
        return Recogniser(self._net)

    def add(self, timestamp: float, pose: Pose | None) -> None:
        """Takes the next frame, at timestamp seconds; None if nobody was found in it."""
        self._window.add(timestamp, pose)

    def chances(self) -> Mapping[str, float]:
        """The chance of each exercise and of "unknown", together 1."""
        said = self._net.classify(self._window.sample()).tolist()
        return dict(zip(self._net.labels, said, strict=True))
