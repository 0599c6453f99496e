"""Bodies over the whole space of shapes, drawn at random."""

import numpy as np

STATURE = {"man": (1.78, 0.075), "woman": (1.65, 0.070)}
"""Mean and standard deviation of body height, metres; NCD-RisC 2020, young adults of Europe."""
AT_MIDDLE = {"man": 1.908, "woman": 1.769}
"""Height of the body at age 2/3 with every slider in the middle, measured on anny 0.6.2."""
SLOPE = 1.09
"""Metres that the height slider adds from 0 to 1, measured likewise."""
OLD = 0.12
"""Share of people past middle age."""


def sample(rng: np.random.Generator) -> dict[str, float]:
    """Draws the sliders of one body.

    Men are taller and more muscular than women at the median, the heavy are less often lean, the
    old have lost muscle; every combination may come.
    """
    man = bool(rng.random() < 0.5)  # noqa: PLR2004
    kind = "man" if man else "woman"
    gender = float(np.clip(abs(rng.normal(0.0, 0.1)), 0.0, 0.4))
    age = rng.uniform(0.80, 1.0) if rng.random() < OLD else rng.uniform(0.62, 0.80)
    weight = np.clip(rng.normal(0.5, 0.2), 0.05, 0.98)
    muscle = rng.normal(0.62 if man else 0.52, 0.18) - 0.15 * (weight - 0.5)
    muscle = np.clip(muscle - 0.6 * max(age - 0.8, 0.0), 0.08, 0.98)
    stature = rng.normal(*STATURE[kind])
    return {
        "gender": gender if man else 1.0 - gender,
        "age": float(age),
        "muscle": float(muscle),
        "weight": float(weight),
        "height": float(np.clip(0.5 + (stature - AT_MIDDLE[kind]) / SLOPE, 0.15, 0.62)),
        "proportions": float(np.clip(rng.normal(0.55, 0.22), 0.0, 1.0)),
    }
