"""What a classifier said about samples whose truth is known: the one file that reports read."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gymbox.errors import GymboxError, InputError, UsageError

_SUM_TOLERANCE = 0.02  # int8 networks give probabilities in steps of 1/256
_DAMAGE = (
    *(OSError, EOFError, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)  # what numpy and zipfile raise on a file that is cut off, altered or of another kind


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """Samples with their true class and the probabilities that a classifier gave them.

    Attributes:
        labels: names of the classes, in the order of the columns of `scores`.
        truth: [n] integer, the index of the true class.
        scores: [n, classes] float, probabilities; every row sums to 1.
        sources: [n] text, the recording or athlete that a sample comes from. Samples of one source
            are alike, so confidence intervals are taken over sources.
        samples: [n] text, the name of a sample, such as a clip and a frame ("row_3@120").

    Raises:
        UsageError: the parts do not fit together, or the scores are no probabilities.
    """

    labels: tuple[str, ...]
    truth: NDArray[np.integer]
    scores: NDArray[np.floating]
    sources: NDArray[np.str_]
    samples: NDArray[np.str_]

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise UsageError(f"these are no predictions: {problem}", "make the predictions anew")

    def __len__(self) -> int:
        return len(self.truth)

    @classmethod
    def of(
        cls,
        labels: Sequence[str],
        truth: ArrayLike,
        scores: ArrayLike,
        sources: Sequence[str],
        samples: Sequence[str],
    ) -> Self:
        """Predictions from lists or arrays of any kind."""
        return cls(
            labels=tuple(labels),
            truth=np.asarray(truth, np.int64),
            scores=np.asarray(scores, np.float32).reshape(-1, len(labels)),
            sources=np.asarray(sources, np.str_),
            samples=np.asarray(samples, np.str_),
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads what `save` wrote.

        Raises:
            InputError: the file is missing, damaged, or holds something else.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                fields = [arrays[name] for name in cls.__slots__]
            return cls.of(fields[0].tolist(), *fields[1:])
        except FileNotFoundError as error:
            raise InputError(f"{path} is not there", "check the path") from error
        except _DAMAGE as error:
            raise InputError(f"{path} holds no predictions ({error})", "make it anew") from error
        except GymboxError as error:
            raise InputError(f"{path} is damaged: {error.problem}", error.advice) from error

    def save(self, path: Path) -> None:
        """Writes an .npz file, compressed; folders are made as needed."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                labels=np.asarray(self.labels, np.str_),
                truth=self.truth,
                scores=self.scores,
                sources=self.sources,
                samples=self.samples,
            )

    @property
    def predicted(self) -> NDArray[np.intp]:
        """[n], the index of the most probable class."""
        best: NDArray[np.intp] = np.argmax(self.scores, axis=1)
        return best

    @property
    def confidence(self) -> NDArray[np.floating]:
        """[n], the probability of the most probable class: what the box shows."""
        highest: NDArray[np.floating] = self.scores.max(axis=1)
        return highest

    @property
    def correct(self) -> NDArray[np.bool_]:
        """[n], whether the most probable class is the true one."""
        right: NDArray[np.bool_] = self.predicted == self.truth
        return right

    def same_samples(self, other: "Predictions") -> bool:
        """Whether the other ones are about the same samples, in the same order and classes."""
        return (
            self.labels == other.labels
            and np.array_equal(self.samples, other.samples)
            and np.array_equal(self.sources, other.sources)
            and np.array_equal(self.truth, other.truth)
        )

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Self:
        """The predictions of some samples, by index or by mask."""
        return type(self)(
            self.labels,
            self.truth[rows],
            self.scores[rows],
            self.sources[rows],
            self.samples[rows],
        )

    def _problems(self) -> Iterator[str]:
        """What is wrong, the worst first; later checks rely on the earlier ones."""
        count, classes = len(self.truth), len(self.labels)
        if not count:
            yield "there are no samples"
        if len(set(self.labels)) != classes:
            yield "a label stands there twice"
        if self.scores.shape != (count, classes):
            yield f"{self.scores.shape} scores for {count} samples of {classes} classes"
        if self.sources.shape != (count,) or self.samples.shape != (count,):
            yield "not every sample has a source and a name"
        if not ((self.truth >= 0) & (self.truth < classes)).all():
            yield "a true class has no label"
        if not ((self.scores >= 0) & (self.scores <= 1 + _SUM_TOLERANCE)).all():
            yield "a score is not between 0 and 1"
        if np.abs(self.scores.sum(axis=1) - 1).max() > _SUM_TOLERANCE:
            yield "the scores of a sample do not sum to 1"
