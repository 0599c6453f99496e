"""Framing mode: the stick figure on the small screen, to aim the camera without a monitor."""

from collections.abc import Sequence

from gymbox.camera.frame import Frame
from gymbox.display import Button, FramingDisplay, Status
from gymbox.events import Event, Framing
from gymbox.modes import Watcher
from gymbox.motion.framing import advise
from gymbox.motion.landmarks import BONES, Pose

VISIBLE = 0.5


class FramingMode:
    """Shows where the athlete stands and tells them where to go."""

    name = "framing"
    resumes = False

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._pose: Pose | None = None
        self._advice = ""
        self._aspect = 4 / 3

    def update(self, frame: Frame) -> Sequence[Event]:
        """An event whenever the advice changes."""
        self._pose = self._watcher.process(frame)
        height, width = frame.image.shape[:2]
        self._aspect = width / height
        advice = advise(self._pose)
        if advice == self._advice:
            return ()
        self._advice = advice
        return (Framing(t=frame.timestamp, advice=advice),)

    def press(self, button: Button, t: float) -> Sequence[Event]:  # noqa: ARG002 (nothing to do)
        """No button does anything here."""
        return ()

    def leave(self, t: float) -> Sequence[Event]:  # noqa: ARG002 (nothing is under way)
        """Forgets the advice, so that it is told anew next time."""
        self._advice = ""
        return ()

    def display(self, t: float, status: Status) -> FramingDisplay:  # noqa: ARG002 (no time in it)
        """The stick figure of the last frame."""
        return FramingDisplay(
            lines=stick_figure(self._pose),
            aspect=self._aspect,
            advice=self._advice or "nobody",
            status=status,
        )


def stick_figure(pose: Pose | None) -> tuple[tuple[float, float, float, float], ...]:
    """The visible bones as (x0, y0, x1, y1), each 0..1 of the picture.

    Rounded to half a pixel of the screen, so that a still athlete does not make it redraw.
    """
    if pose is None:
        return ()
    share = (pose.points[:, :2] / pose.size * 256).round() / 256
    return tuple(
        (float(share[a][0]), float(share[a][1]), float(share[b][0]), float(share[b][1]))
        for a, b in BONES
        if min(pose.visibility[a], pose.visibility[b]) >= VISIBLE
    )
