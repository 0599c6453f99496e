"""The script of a clip: what the athlete does and when, read from TOML."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gymbox.errors import InputError
from tools.synth.gait import Step, walk_in, walk_out

COMPLETE_DEPTH = 0.8
"""A repetition at least this deep is labelled complete."""

JOINTS = ("knee", "shin", "lean", "round", "arm", "arm_out", "elbow", "look")


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition on the clock of the clip, seconds.

    Attributes:
        begin: leaves the standing pose.
        turn: the deepest moment (the middle of the stay at the bottom).
        end: stands again.
        depth: share of the full way, 0..1.
        early: see `curves.ease`.
        bottom: seconds at the bottom.
    """

    begin: float
    turn: float
    end: float
    depth: float
    early: float
    bottom: float

    @property
    def partial(self) -> bool:
        """Whether the rep turns round before it is complete."""
        return self.depth < COMPLETE_DEPTH


@dataclass(frozen=True, slots=True)
class Script:
    """A whole clip.

    Attributes:
        data: the TOML as read, for sizes and sliders.
        steps: footfalls in order; those with equal start and end are where the feet begin.
        reps: repetitions in order.
        arrived: the time at which both feet stand where the squats happen.
        leaves: the time at which the first foot leaves that place.
        seconds: length of the clip.
    """

    data: dict[str, Any]
    steps: tuple[Step, ...]
    reps: tuple[Rep, ...]
    arrived: float
    leaves: float
    seconds: float

    @property
    def frames(self) -> int:
        """Pictures in the clip."""
        return round(self.seconds * self.data["fps"])


def read(path: Path) -> Script:
    """Reads a script.

    Raises:
        InputError: the file is missing, not TOML, or lacks a part.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return plan(data)
    except OSError as error:
        raise InputError(f"{path} cannot be read", "name a script such as demo.toml") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not TOML ({error})", "correct that line") from error
    except KeyError as error:
        raise InputError(f"{path} lacks {error}", "see tools/synth/demo.toml") from error


def plan(data: dict[str, Any]) -> Script:
    """Puts everything on one clock."""
    timing = data["timing"]
    steps = walk_in(data, timing["empty_before"])
    arrived = steps[-1].end
    reps: list[Rep] = []
    now = arrived + timing["stand_before"]
    for r in data["reps"]:
        turn = now + r["down"] + r["bottom"] / 2
        end = now + r["down"] + r["bottom"] + r["up"]
        reps.append(Rep(now, turn, end, r["depth"], r["early"], r["bottom"]))
        now = end + r["rest"]
    leaves = reps[-1].end + timing["stand_after"]
    out = walk_out(data, leaves)
    seconds = out[-1].end + timing["empty_after"]
    return Script(data, (*steps, *out), tuple(reps), arrived, leaves, seconds)
