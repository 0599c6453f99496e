"""Standing badly in the picture: only when it lasts is it worth a word."""

from gymbox.motion.framing import advise
from gymbox.motion.landmarks import Pose

ADVISE_AFTER = 1.0
"""Seconds for which somebody must stand badly before the screen says so."""


class FramingAdvice:
    """What to tell an athlete about their place in the picture."""

    def __init__(self) -> None:
        self._since = 0.0
        self._advice = ""

    def add(self, pose: Pose | None, t: float) -> str:
        """The advice at t seconds, "" for none; nobody is no one to talk to."""
        advice = "ok" if pose is None else advise(pose)
        if advice == "ok":
            self._advice, self._since = "", t
        elif t - self._since > ADVISE_AFTER:
            self._advice = advice
        return self._advice
