"""A counter that tests move by hand, and the repetitions that it finds."""

from dataclasses import dataclass, replace

from gymbox.reps.counter import RepDone


@dataclass(frozen=True)
class HandCounter:
    """State of a counter that sees what the test wants it to see."""

    armed: bool = False
    away: bool = False
    progress: float = 0.0
    pending: RepDone | None = None

    def rested(self) -> "HandCounter":
        """After a set the start pose is asked for again."""
        return replace(self, armed=False, pending=None)


def rep_done(
    end: float,
    *,
    partial: bool = False,
    rom: float = 0.9,
    tempo: tuple[float, float, float, float] = (1.5, 0.0, 1.0, 0.5),
) -> RepDone:
    """A repetition of two seconds."""
    return RepDone(
        start=end - 2.0,
        turn=end - 1.0,
        end=end,
        partial=partial,
        rom=rom,
        tempo=tempo,
        confidence=0.8,
    )
