"""How errors hang together over a clip: a sum of Gaussian processes, each with its own length.

One lasts for the clip, one comes back whenever the athlete is in the same pose, and the others
(Ornstein-Uhlenbeck processes) fade as the body moves, on the clock of `Features.clock`; what is
left is new in every frame.
"""

import numpy as np

from tools.synth.sensor.channels import Floats

FADES = (0.6, 0.2, 0.06, 0.015)
"""Body heights."""
NAMES = ("clip", "pose", *(f"{way:g}" for way in FADES), "frame")


def matrices(clock: Floats, waves: Floats) -> Floats:
    """Correlation of n moments under each kernel, [7, n, n].

    Args:
        clock: [n] body heights.
        waves: [n, m] random features of the pose whose products are its kernel.
    """
    apart = np.abs(clock[:, None] - clock[None])
    fading = np.exp(-apart[None] / np.array(FADES)[:, None, None])
    alike = [np.ones_like(apart), waves @ waves.T, *fading, np.eye(len(clock))]
    return np.stack(alike)


def draw(
    rng: np.random.Generator, clock: Floats, waves: Floats, factors: tuple[Floats, ...]
) -> Floats:
    """One clip of the processes together, [n, c].

    Args:
        rng: source of chance.
        clock: [n] body heights.
        waves: as in `matrices`.
        factors: of each kernel [c, k], whose product with itself is its covariance.
    """
    clip, pose, *fading, frame = factors
    processes = [
        np.broadcast_to(_white(rng, 1, clip), (len(clock), clip.shape[1])),
        waves @ _white(rng, waves.shape[1], pose),
        *(
            faded(_white(rng, len(clock), factor), clock / way)
            for way, factor in zip(FADES, fading, strict=True)
        ),
        _white(rng, len(clock), frame),
    ]
    return np.asarray(np.concatenate(processes, axis=1) @ np.concatenate(factors, axis=1).T)


def _white(rng: np.random.Generator, rows: int, factor: Floats) -> Floats:
    return np.asarray(rng.standard_normal((rows, factor.shape[1]), np.float32))


def faded(white: Floats, clock: Floats) -> Floats:
    """Ornstein-Uhlenbeck processes [n, k] of unit variance from white noise [n, k].

    Args:
        white: of unit variance.
        clock: [n], in lengths over which the correlation falls to 1/e.
    """
    chain = np.tril(np.exp(np.minimum(clock[None] - clock[:, None], 0)))
    chain[:, 1:] *= np.sqrt(1 - np.exp(-2 * np.diff(clock)))
    return np.asarray(chain.astype(white.dtype) @ white)
