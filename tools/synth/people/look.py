"""What a person looks like: skin, hair and clothes, drawn at random."""

# ruff: noqa: PLR2004 - shares and measures of what people wear are what this module is about

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

Colour = tuple[float, float, float]
"""Red, green, blue in sRGB, 0..1."""

SKINS: tuple[Colour, ...] = (
    (0.94, 0.80, 0.72), (0.90, 0.73, 0.62), (0.84, 0.66, 0.53), (0.76, 0.57, 0.44),
    (0.64, 0.46, 0.34), (0.50, 0.34, 0.25), (0.38, 0.26, 0.19), (0.29, 0.19, 0.14),
)  # fmt: skip
"""Light to dark, about the steps of the Monk scale."""
HAIRS: tuple[Colour, ...] = (
    (0.06, 0.05, 0.05), (0.12, 0.08, 0.06), (0.22, 0.14, 0.09), (0.35, 0.23, 0.14),
    (0.62, 0.47, 0.28), (0.80, 0.68, 0.46), (0.48, 0.22, 0.11),
)  # fmt: skip
GREY_HAIR: Colour = (0.66, 0.65, 0.64)
PATTERNS = ("plain", "stripes", "pinstripes", "checks", "dots", "blocks", "patch", "camouflage")
TOPS = ("tee", "tank", "long", "bra", "bare")
BOTTOMS = ("shorts", "leggings", "trousers")
CUTS = ("bald", "buzz", "short", "medium", "afro", "ponytail", "bun", "bob", "long")
MAN_CUTS = (0.12, 0.25, 0.35, 0.12, 0.06, 0.02, 0.04, 0.01, 0.03)
WOMAN_CUTS = (0.0, 0.02, 0.08, 0.06, 0.07, 0.36, 0.18, 0.09, 0.14)


@dataclass(frozen=True, slots=True)
class Cloth:
    """One garment.

    Attributes:
        kind: of TOPS or BOTTOMS.
        length: of the legs (0 hip, 1 knee, 2 ankle) or of the sleeves (1 elbow, 2 wrist).
        loose: metres that it stands off the skin.
        colours: main colour and two more of the pattern.
        pattern: of PATTERNS.
        scale: metres of one repetition of the pattern.
    """

    kind: str
    length: float
    loose: float
    colours: tuple[Colour, Colour, Colour]
    pattern: str = "plain"
    scale: float = 0.05


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks.

    Attributes:
        skin: colour of it.
        hair: colour of hair, brows and beard.
        cut: of CUTS.
        beard: 0 shaven to 1 full.
        top: shirt, or `bare`.
        bottom: shorts, leggings or trousers.
        socks: up to where on the leg (2 ankle, 1 knee).
        sock: their colour.
        shoe: colours of upper and sole.
        glasses: colour of the frame, or None.
        cap: colour of a cap, or None.
        seed: of small things, such as camouflage.
    """

    skin: Colour
    hair: Colour
    cut: str
    beard: float
    top: Cloth
    bottom: Cloth
    socks: float
    sock: Colour
    shoe: tuple[Colour, Colour]
    glasses: Colour | None
    cap: Colour | None
    seed: float


def sample(rng: np.random.Generator, sliders: Mapping[str, float]) -> Look:
    """Dresses somebody for the gym.

    Args:
        rng: source of chance.
        sliders: of the body; only men train bare-chested, only women in a sports bra.
    """
    man = sliders.get("gender", 0.5) < 0.5
    skin = _near(rng, SKINS[rng.integers(len(SKINS))], 0.02)
    dark = skin[0] < 0.7
    hair = _near(rng, HAIRS[rng.integers(0, 3 if dark else len(HAIRS))], 0.02)
    if sliders.get("age", 0.67) > 0.82:
        hair = _near(rng, GREY_HAIR, 0.06)
    cut = CUTS[rng.choice(len(CUTS), p=MAN_CUTS if man else WOMAN_CUTS)]
    dark_frame = _near(rng, (0.08, 0.08, 0.09), 0.05)
    return Look(
        skin=skin,
        hair=hair,
        cut=cut,
        beard=float(rng.choice([0.0, 0.35, 1.0], p=[0.55, 0.25, 0.20])) if man else 0.0,
        top=_top(rng, man=man),
        bottom=_bottom(rng, man=man),
        socks=float(rng.choice([1.86, 1.72, 1.25], p=[0.5, 0.35, 0.15])),
        sock=_near(rng, ((0.93,) * 3, (0.08,) * 3, (0.5,) * 3)[rng.integers(3)], 0.04),
        shoe=(_cloth_colour(rng), _near(rng, (0.9, 0.9, 0.88), 0.06)),
        glasses=dark_frame if rng.random() < 0.12 else None,
        cap=_cloth_colour(rng) if rng.random() < 0.10 and cut not in ("afro", "bun") else None,
        seed=float(rng.uniform(0, 100)),
    )


def _top(rng: np.random.Generator, *, man: bool) -> Cloth:
    """A shirt, or none."""
    shares = (0.52, 0.23, 0.13, 0.0, 0.12) if man else (0.38, 0.27, 0.13, 0.22, 0.0)
    kind = TOPS[rng.choice(len(TOPS), p=shares)]
    length = {"tee": rng.uniform(0.45, 0.85), "long": rng.uniform(1.75, 1.95)}.get(kind, 0.0)
    loose = {"bare": 0.0, "bra": 0.003}.get(kind, rng.uniform(0.005, 0.024))
    return _cloth(rng, kind, float(length), float(loose), plain=0.45)


def _bottom(rng: np.random.Generator, *, man: bool) -> Cloth:
    """Something for the legs."""
    shares = (0.62, 0.14, 0.24) if man else (0.30, 0.58, 0.12)
    kind = BOTTOMS[rng.choice(len(BOTTOMS), p=shares)]
    length = {
        "shorts": rng.uniform(0.42, 0.95) if man else rng.uniform(0.28, 0.75),
        "leggings": rng.choice([0.8, 1.45, 1.9], p=[0.2, 0.25, 0.55]),
        "trousers": rng.uniform(1.84, 1.97),
    }[kind]
    loose = {"shorts": rng.uniform(0.008, 0.026), "leggings": 0.003}.get(
        kind, rng.uniform(0.009, 0.020)
    )
    return _cloth(rng, kind, float(length), float(loose), plain=0.7)


def _cloth(
    rng: np.random.Generator, kind: str, length: float, loose: float, *, plain: float
) -> Cloth:
    """A garment with colours and perhaps a pattern."""
    pattern = "plain" if rng.random() < plain else PATTERNS[rng.integers(1, len(PATTERNS))]
    scale = {"camouflage": rng.uniform(0.06, 0.12), "pinstripes": rng.uniform(0.02, 0.04)}.get(
        pattern, rng.uniform(0.03, 0.11)
    )
    colours = (_cloth_colour(rng), _cloth_colour(rng), _cloth_colour(rng))
    return Cloth(kind, length, loose, colours, pattern, float(scale))


def _cloth_colour(rng: np.random.Generator) -> Colour:
    """Half the time black, grey, white or navy, else any hue."""
    if rng.random() < 0.5:
        value = float(rng.choice([0.06, 0.12, 0.3, 0.55, 0.9]))
        return _near(rng, (value, value, value * 1.03), 0.02)
    hue, chroma, value = rng.uniform(0, 6), rng.uniform(0.3, 0.95), rng.uniform(0.2, 0.95)
    ramp = np.clip(np.abs((hue + np.array([0.0, 4.0, 2.0])) % 6 - 3) - 1, 0, 1)
    r, g, b = value * (1 - chroma * (1 - ramp))
    return float(r), float(g), float(b)


def _near(rng: np.random.Generator, colour: Colour, spread: float) -> Colour:
    """A colour about as bright and about of that hue."""
    r, g, b = np.clip(np.array(colour) + rng.normal(0, spread) + rng.normal(0, spread / 3, 3), 0, 1)
    return float(r), float(g), float(b)
