import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tools.synth.people import look, shapes

SEEDS = st.integers(0, 2**32 - 1)


def both(seed: int) -> tuple[dict[str, float], look.Look]:
    rng = np.random.default_rng(seed)
    sliders = shapes.sample(rng)
    return sliders, look.sample(rng, sliders)


@given(seed=SEEDS)
def test_a_seed_gives_the_same_person(seed: int):
    assert both(seed) == both(seed)


@given(seed=SEEDS)
def test_sliders_and_colours_are_shares(seed: int):
    sliders, worn = both(seed)
    assert all(0 <= value <= 1 for value in sliders.values())
    colours = [worn.skin, worn.hair, worn.sock, *worn.shoe, *worn.top.colours, *worn.bottom.colours]
    colours += [colour for colour in (worn.cap, worn.glasses) if colour]
    assert all(0 <= part <= 1 for colour in colours for part in colour)


@given(seed=SEEDS)
def test_everybody_is_dressed(seed: int):
    sliders, worn = both(seed)
    woman = sliders["gender"] >= 0.5
    assert worn.top.kind != "bare" or not woman
    assert worn.top.kind != "bra" or woman
    assert worn.bottom.kind in look.BOTTOMS
    assert worn.bottom.length > 0.25
    assert not woman or worn.beard == 0


def test_every_pattern_cut_and_garment_is_seen():
    looks = [both(seed)[1] for seed in range(1500)]
    assert {worn.top.pattern for worn in looks} == set(look.PATTERNS)
    assert {worn.cut for worn in looks} == set(look.CUTS)
    assert {worn.top.kind for worn in looks} == set(look.TOPS)
    assert {worn.bottom.kind for worn in looks} == set(look.BOTTOMS)
    assert 0.05 < np.mean([worn.glasses is not None for worn in looks]) < 0.2
