"""A take: one labelled example, and what was asked for when it was recorded.

`take.json` holds the attributes of `Take`; `row` gives the line of a table in the form of clips.csv
that the tools read.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from gymbox.errors import InputError

NONE, UNKNOWN = "none", "unknown"
"""Exercises that are none: rest and daily life, and something that has no name here."""
ACTIVITIES = ("walking", "standing", "sitting", "drinking", "setting up", "stretching")
"""What athletes do between their sets: examples of `NONE`."""
DIRECTIONS = (
    "front",
    "front left",
    "left",
    "back left",
    "back",
    "back right",
    "right",
    "front right",
)
"""Where the camera stands, seen from the athlete: left is the athlete's own."""
HEIGHTS = ("low", "middle", "high")
"""How high it stands: below the knee, up to the chest, above the chest."""
VERSION = 2
"""Of take.json. Version 1 had no `called`."""

COLUMNS = (
    *("file", "exercise", "reps", "reps_min", "reps_max", "strict", "scene", "rendered", "view"),
    *("people", "notes", "source", "licence"),
    *("camera", "height", "counted", "seconds", "pictures"),
)
"""Those of clips.csv, and some of our own."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be recorded.

    Attributes:
        athlete: number, from 1.
        exercise: name of a profile, `UNKNOWN` or `NONE`.
        activity: one of `ACTIVITIES` where there is no exercise.
        reps: repetitions asked for.
        direction: one of `DIRECTIONS`; "" where there is no exercise.
        height: one of `HEIGHTS`.
        pictures: the athlete has agreed to pictures of this take.
    """

    athlete: int = 1
    exercise: str = "squat"
    activity: str = ""
    reps: int = 5
    direction: str = "front"
    height: str = "middle"
    pictures: bool = False

    @property
    def idle(self) -> bool:
        """Nothing is trained."""
        return self.exercise == NONE


@dataclass(frozen=True, slots=True)
class Mark:
    """A repetition as the box counted it: seconds since the first frame of the take."""

    start: float
    turn: float
    end: float
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One labelled example.

    Attributes:
        name: of its folder.
        box: a random word for the box that recorded it.
        recorded: wall clock, UTC, ISO 8601.
        athlete: number on that box.
        exercise: name of a profile, `UNKNOWN` or `NONE`.
        activity: one of `ACTIVITIES` where there is no exercise.
        called: what something `UNKNOWN` is, in the owner's words; "" while nobody has said.
        direction: where the camera stood, "" where there is no exercise.
        height: of the camera.
        asked: repetitions asked for.
        counted: complete repetitions that the box counted.
        reps: complete repetitions as the athlete has said; None while nobody was asked.
        go: seconds since the first frame at which the box said go.
        seconds: length of the recording.
        frames: how many.
        seen: share of them in which somebody was found.
        ended: why it ended: "rest", "button", "gone", "limit", "left": the mode or the box was.
        size: (width, height) of the frames, pixels.
        model: which networks found the landmarks.
        marks: the repetitions that the box counted, partial ones included.
        pictures: how many are kept.
    """

    name: str
    box: str = ""
    recorded: str = ""
    athlete: int
    exercise: str
    activity: str = ""
    called: str = ""
    direction: str = ""
    height: str = ""
    asked: int = 0
    counted: int = 0
    reps: int | None = None
    go: float = 0.0
    seconds: float
    frames: int
    seen: float
    ended: str
    size: tuple[int, int]
    model: str = ""
    marks: tuple[Mark, ...] = ()
    pictures: int = 0

    @property
    def what(self) -> str:
        """What it shows, in a few words."""
        if self.exercise == UNKNOWN:
            return self.called or "something else"
        return self.activity or self.exercise

    @property
    def scene(self) -> str:
        """What must not be split between training and judging: the athlete."""
        return f"{self.box}-a{self.athlete}"

    def as_json(self) -> str:
        """The text of take.json."""
        return json.dumps({"version": VERSION, **asdict(self)}, indent=1)


def parse(text: str, where: str) -> Take:
    """A take from the text of take.json.

    Args:
        text: of the file.
        where: its name, for the error.

    Raises:
        InputError: it is no such text, or from a newer Gymbox.
    """
    try:
        table = json.loads(text)
        version = table.pop("version")
        if version not in {1, VERSION}:
            raise InputError(f"{where} is of version {version}, not {VERSION}", "update Gymbox")
        return _take(table)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{where} is no take ({error})", "take its folder away") from error


def _take(table: Mapping[str, Any]) -> Take:
    unknown = set(table) - {entry.name for entry in fields(Take)}
    if unknown:
        raise ValueError(f"unknown {min(unknown)}")
    width, height = table["size"]
    marks = tuple(Mark(**mark) for mark in table["marks"])
    return Take(**{**table, "size": (int(width), int(height)), "marks": marks})


def view(direction: str) -> str:
    """A direction in the words of clips.csv, which does not tell left from right."""
    side, _, oblique = direction.partition(" ")
    if oblique:
        return f"{side} oblique"
    return "side" if side in {"left", "right"} else side


def row(take: Take) -> dict[str, object]:
    """The line of the take in a table of `COLUMNS`.

    Only what the athlete has confirmed has repetitions, and only that of an exercise is fit for
    judging.
    """
    trained = take.exercise not in {NONE, UNKNOWN}
    reps = "" if take.reps is None else take.reps
    notes = "" if trained else take.what
    return {
        "file": f"{take.name}.npz",
        "exercise": UNKNOWN if take.exercise == NONE else take.exercise,
        **dict.fromkeys(("reps", "reps_min", "reps_max"), reps),
        "strict": int(trained and take.reps is not None),
        "scene": take.scene,
        "rendered": 0,
        "view": view(take.direction),
        "people": 1,
        "notes": notes,
        "source": f"box {take.box}",
        "licence": "the athlete's own",
        "camera": take.direction,
        "height": take.height,
        "counted": take.counted,
        "seconds": round(take.seconds, 2),
        "pictures": take.pictures,
    }


def rep_ends(take: Take) -> list[int]:
    """The frames at which repetitions end, where box and athlete agree on how many there are.

    Frames as the tools take them: of as many frames a second as the take has on the whole, for a
    live camera gives them unevenly.
    """
    ends = [mark.end for mark in take.marks if not mark.partial]
    if take.reps != len(ends) or not take.seconds:
        return []
    rate = (take.frames - 1) / take.seconds
    return [round(end * rate) for end in ends]
