"""The fitted model of the box's pose step, and what it makes of true joints."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import InputError
from tools.synth.sensor import channels, gaps, smoothing
from tools.synth.sensor.channels import Floats, Recorded
from tools.synth.sensor.features import Features, features
from tools.synth.sensor.layer import Layer, extended, slow

MODEL = Path(__file__).parent / "blazepose.npz"
FAR = 4.0
"""Standard deviations beyond which a feature says no more."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Functions of the features that errors are linear in.

    Attributes:
        centre, spread: [p] of all features.
        waves: [q, m] random Fourier features of the pose; shifts: [m] radians.
    """

    centre: Floats
    spread: Floats
    waves: Floats
    shifts: Floats

    def pose(self, given: Features) -> Floats:
        """Random features [n, m] of the pose; their products are a Gaussian kernel of it."""
        q = len(self.waves)
        at = (given.pose - self.centre[:q]) / self.spread[:q]
        return np.asarray(np.sqrt(2 / len(self.shifts)) * np.cos(at @ self.waves + self.shifts))

    def __call__(self, given: Features, waves: Floats) -> Floats:
        """All functions [n, f]: one, the features themselves, and the random ones `waves`."""
        straight = (np.concatenate([given.pose, given.rest], axis=1) - self.centre) / self.spread
        straight = np.clip(straight, -FAR, FAR)
        scale = np.sqrt(len(self.shifts) / 2)
        return np.concatenate([np.ones((len(waves), 1)), straight, scale * waves], axis=1)


@dataclass(frozen=True, slots=True)
class Sensor:
    """The model.

    Attributes:
        basis: what mean and scale of the errors are linear in.
        slow: errors that last for a quarter of a second and more.
        jitter: what comes on top, which depends on them as well.
        gaps: when nobody is found.
    """

    basis: Basis
    slow: Layer
    jitter: Layer
    gaps: gaps.Gaps

    def observe(
        self, truth: Recorded, rng: np.random.Generator, *, noise: float = 1.0
    ) -> dict[str, NDArray[np.generic]]:
        """What the box might record of a clip.

        Args:
            truth: `points`, `visibility`, `world`, `scale`, `t`, `fps` and `size` of the clip.
            rng: source of chance.
            noise: how strong the errors are; at 0 everything is found where it is.
        """
        given = features(truth)
        waves = self.basis.pose(given).astype(np.float32)
        made = self.basis(given, waves).astype(np.float32)
        times = np.asarray(truth["t"], float)
        errors = slow(self.slow.draw(rng, given.clock, waves, made), times)
        errors += self.jitter.draw(rng, given.clock, waves, extended(made, errors))
        errors[:, : channels.VISIBILITY.start] *= noise
        found = self.gaps.draw(rng, truth) if noise else np.ones(len(made), bool)
        # Where a joint is behind the camera, the athlete stands at the lens.
        found &= ~np.isnan(truth["points"]).any(axis=(1, 2))
        raw = channels.unpack(truth, errors, found)
        return smoothing.smoothed(truth, raw) if noise else raw

    def save(self, path: Path) -> None:
        """Writes the model; half precision is plenty."""
        parts = {entry.name: getattr(self.basis, entry.name) for entry in fields(Basis)}
        parts |= self.slow.arrays("slow") | self.jitter.arrays("jitter")
        halves = {name: np.asarray(part, np.float16) for name, part in parts.items()}
        np.savez_compressed(path, **halves, **self.gaps.arrays())


def load(path: Path = MODEL) -> Sensor:
    """Reads a model that `Sensor.save` wrote.

    Raises:
        InputError: the file is missing or is not such a model.
    """
    try:
        with np.load(path) as file:
            arrays = {name: file[name].astype(np.float32) for name in file.files}
        return Sensor(
            basis=Basis(**{entry.name: arrays[entry.name] for entry in fields(Basis)}),
            slow=Layer.of("slow", arrays),
            jitter=Layer.of("jitter", arrays),
            gaps=gaps.Gaps.of(arrays),
        )
    except (OSError, KeyError, ValueError, EOFError) as error:
        raise InputError(
            f"{path} holds no sensor model ({error})", "fit one: python -m tools.synth fit"
        ) from error
