"""The recipe: which sets there are and what is in them, read from TOML."""

import tomllib
import zlib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from gymbox.errors import InputError
from tools.synth.moves import exercise as exercises

DEFAULT = Path(__file__).parents[1] / "recipe.toml"
KINDS = ("clips", "pictures", "sequences")
CHANCE = "chance"

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spec:
    """One set; ranges are [least, most], shares and chances 0..1.

    Attributes:
        name: of the set.
        seed: of the recipe and the set together.
        kind: `clips`, `pictures` with phase, exercise and boxes, or `sequences` of landmarks.
        count: how many clips, shoots that pictures are taken of, or shards of sequences.
        stills: pictures of a shoot, or cameras that look at a performance.
        exercises: names, each as often as the others; a name twice comes twice as often.
        unknown: share of clips in which nothing is trained.
        reps: complete repetitions.
        partial: chance of a repetition that turns round early, once or twice in a clip.
        short: depths of those, least and most.
        faults: chance of a fault, or two.
        variants: those of the exercises that may come, all if none is named.
        seconds: length of clips in which nothing is trained.
        idle: chance of something else before the set, and after it.
        before: what comes before, "chance" in the recipe leaves it to `idle`.
        after: the same for after.
        tail: seconds of the empty room at the end.
        room: kind of room, any if none is named.
        first: number of the first item.
        others: chance of another person, and of a second one.
        passers: kinds of people who walk through the picture, one or two of them in each clip; a
            kind twice comes twice as often. See `passers.KINDS`.
        alone: the very same clips with nobody else in the picture.
        sizes: of the pictures, [width, height] each.
        fps: frames a second to choose from.
        azimuth: ranges of the camera's side in degrees, by exercise or `any`.
        height: of the camera, metres.
        view: diagonal angle of view, degrees.
        nearest: metres that the lens keeps from every joint.
        crop: chance that the athlete sticks out of the picture.
        handheld: chance that the camera shakes.
        film: strength of noise, blur, compression and odd colours.
        blur: chance that quick movements blur.
        hidden: chance that something stands before the lens.
    """

    name: str
    seed: int
    kind: str
    count: int
    stills: int = 6
    exercises: tuple[str, ...] = ()
    unknown: float = 0.1
    reps: tuple[int, int] = (1, 8)
    partial: float = 0.15
    short: Range = (0.22, 0.42)
    faults: float = 0.3
    variants: tuple[str, ...] = ()
    seconds: float = 12.0
    idle: float = 0.5
    before: tuple[str, ...] | None = None
    after: tuple[str, ...] | None = None
    tail: float = 0.0
    room: str | None = None
    first: int = 0
    others: float = 0.3
    passers: tuple[str, ...] = ()
    alone: bool = False
    sizes: tuple[tuple[int, int], ...] = ((640, 480),)
    fps: tuple[float, ...] = (15.0,)
    azimuth: dict[str, tuple[Range, ...]] = field(default_factory=dict)
    height: Range = (0.2, 2.0)
    view: Range = (50.0, 110.0)
    nearest: float = 0.6
    crop: float = 0.1
    handheld: float = 0.3
    film: float = 1.0
    blur: float = 0.3
    hidden: float = 0.05

    def source(self, index: int) -> np.random.SeedSequence:
        """Where the chance of item `index` comes from: no item depends on the others."""
        return np.random.SeedSequence(
            (self.seed, zlib.crc32(self.name.encode()), self.first + index)
        )


def read(path: Path = DEFAULT) -> dict[str, Spec]:
    """Reads the sets of a recipe, by name.

    Raises:
        InputError: the file is missing, not TOML, or names something unknown.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read", "name a recipe such as recipe.toml") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not TOML ({error})", "correct that line") from error
    common, seed, sets = table.get("common", {}), table.get("seed", 0), table.get("sets", {})
    return {name: _spec(name, seed, {**common, **_values(sets, name)}) for name in sets}


def _values(sets: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """What a set says, on top of what the set says that it is `like`."""
    values = dict(sets[name])
    model = values.pop("like", None)
    if model is None:
        return values
    if model not in sets or "like" in sets[model]:
        raise InputError(f"the set {name} is like {model}", "name a set that is like no other")
    return {**sets[model], **values}


def _spec(name: str, seed: int, table: dict[str, Any]) -> Spec:
    known = {entry.name for entry in fields(Spec)} - {"name", "seed"}
    unknown = set(table) - known
    if unknown:
        raise InputError(
            f"the set {name} has {', '.join(sorted(unknown))}",
            f"known are {', '.join(sorted(known))}",
        )
    if table.get("kind") not in KINDS or "count" not in table:
        raise InputError(f"the set {name} lacks kind or count", f"kinds are {', '.join(KINDS)}")
    values = {key: _frozen(value) for key, value in table.items() if value != CHANCE}
    values["exercises"] = values.get("exercises") or exercises.names()
    wrong = set(values["exercises"]) - {*exercises.names(), *exercises.extra_names()}
    if wrong:
        raise InputError(
            f"the set {name} has the exercise {', '.join(sorted(wrong))}",
            f"known are {', '.join(exercises.names())}",
        )
    return Spec(name=name, seed=seed, **values)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Lists as tuples, all the way down."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
