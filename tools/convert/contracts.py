"""What the box expects of a model for each of its tasks.

A new task is one more entry of `CONTRACTS`; convert, package and the documentation read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gymbox.errors import UsageError
from gymbox.motion.features import COUNT
from tools.convert.sources.source import ConvertError, Shape

EXERCISES = (
    *("squat", "push_up", "deadlift", "bench_press", "shoulder_press", "biceps_curl", "pull_up"),
    *("lunge", "leg_extension", "sit_up", "dip", "lateral_raise"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """One side of an input: from `least` to `most`, both allowed."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}..{self.most}"


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of input that a task takes.

    Attributes:
        features: what the numbers are: `picture`, or the name of a way to describe landmarks.
        sizes: of each side, the batch of one first.
        input_range: lowest and highest value; None for pictures, where the model decides.
        made: whether the box of today makes such inputs; if not it can only keep the model.
    """

    features: str
    sizes: tuple[Size, ...]
    input_range: tuple[float, float] | None = None
    made: bool = True

    def __str__(self) -> str:
        return f"[{', '.join(str(size) for size in self.sizes)}] {self.features}"

    def fits(self, shape: Shape) -> bool:
        """Whether a shape is of this form; open sides fit any size."""
        return len(shape) == len(self.sizes) and all(
            side is None or size.least <= side <= size.most
            for side, size in zip(shape, self.sizes, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Contract:
    """One task of the box.

    Attributes:
        task: its name on the command line.
        words: its name in the manifest.
        forms: the inputs that it may take.
        outputs: `classes`, one probability for each label; or the shapes that the device reads; or
            None where those are the model's own affair.
        labels: what the outputs may be called; None if they are free.
        every_label: whether all of them have to be there.
        metric: the figure that says how good a model is.
    """

    task: str
    words: str
    forms: tuple[Form, ...]
    outputs: str | tuple[tuple[int, ...], ...] | None
    labels: tuple[str, ...] | None
    every_label: bool
    metric: str

    @property
    def classifies(self) -> bool:
        """Whether the output is one probability a label."""
        return self.outputs == "classes"

    def form(self, shape: Shape) -> Form:
        """The form that a shape is of.

        Raises:
            ConvertError: it is of none.
        """
        for form in self.forms:
            if form.fits(shape):
                return form
        wanted = " or ".join(str(form) for form in self.forms)
        raise ConvertError(
            f"the model takes {_words(shape)}, a {self.task} model takes {wanted}",
            "check --task and --input-shape",
        )

    def check_labels(self, labels: Sequence[str]) -> tuple[str, ...]:
        """The labels as given, if the task knows them.

        Raises:
            UsageError: there are none, one is there twice, missing or unknown.
        """
        known = self.labels
        if not labels:
            hint = f"in the order of the outputs: --labels {','.join(known or ('a', 'b'))}"
            raise UsageError(f"what do the outputs of the {self.task} model mean?", hint)
        if len(set(labels)) != len(labels):
            raise UsageError("a label is there twice", f"look at --labels {','.join(labels)}")
        strange = [label for label in labels if known is not None and label not in known]
        if strange:
            raise UsageError(
                f"a {self.task} model has no label {strange[0]}", f"it has {', '.join(known or ())}"
            )
        missing = sorted(set(known or ()) - set(labels)) if self.every_label else []
        if missing:
            raise UsageError(
                f"a {self.task} model needs the label {missing[0]}",
                f"it has {', '.join(known or ())}",
            )
        return tuple(labels)


def _picture(least: int, most: int) -> Form:
    side = Size(least, most)
    return Form("picture", (_ONE, side, side, Size(3, 3)))


def _words(shape: Shape) -> str:
    return "[" + ", ".join("?" if side is None else str(side) for side in shape) + "]"


_ONE = Size(1, 1)
_WINDOW = Size(5, 120)

CONTRACTS = {
    contract.task: contract
    for contract in (
        Contract(
            task="phase",
            words="repetition phase",
            forms=(_picture(96, 224),),
            outputs="classes",
            labels=("up", "down", "neither"),
            every_label=True,
            metric="frame accuracy",
        ),
        Contract(
            task="sequence",
            words="exercise sequence",
            forms=(
                # 33 landmarks, each x, y, z and visibility; x and y over the picture's size.
                Form("image-landmarks", (_ONE, _WINDOW, Size(132, 132)), (0.0, 1.0), made=False),
                Form("window-features", (_ONE, _WINDOW, Size(COUNT, COUNT)), (-1.0, 1.0)),
            ),
            outputs="classes",
            labels=(*EXERCISES, "unknown"),
            every_label=False,
            metric="macro F1",
        ),
        Contract(
            task="pose_landmark",
            words="body landmarks",
            forms=(_picture(256, 256),),
            outputs=((1, 1), (1, 195), (1, 64, 64, 39), (1, 117)),
            labels=None,
            every_label=False,
            metric="median distance",
        ),
        Contract(
            task="equipment",
            words="gym equipment",
            forms=(_picture(96, 384),),
            outputs="classes",
            labels=None,
            every_label=False,
            metric="accuracy",
        ),
        Contract(
            task="exercise_detector",
            words="exercise detection",
            forms=(_picture(160, 640),),
            outputs=None,
            labels=None,
            every_label=False,
            metric="mAP@50",
        ),
    )
}
