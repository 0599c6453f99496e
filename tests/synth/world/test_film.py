from dataclasses import replace

import numpy as np
import pytest

from tools.synth.world import film
from tools.synth.world.film import Film
from tools.synth.world.obstacle import Obstacle

SIZE = (160, 120)
GREY = np.full((120, 160, 3), 120, np.uint8)


def scene() -> np.ndarray:
    """A picture with edges and colours."""
    x, y = np.meshgrid(np.arange(160), np.arange(120))
    picture = np.stack([x, y + 60, 255 - x], 2) // (1 + (x // 20 % 2)[..., None])
    return picture.astype(np.uint8)


def test_film_that_does_nothing_changes_nothing():
    developed = Film(SIZE).develop(scene(), 0)
    assert np.abs(developed.astype(int) - scene()).max() <= 1


def test_the_same_seed_and_frame_give_the_same_bytes():
    for seed in range(12):
        one, two = (film.sample(np.random.default_rng(seed), SIZE, occluded=0.5) for _ in range(2))
        assert one == two
        assert one.develop(scene(), 4).tobytes() == two.develop(scene(), 4).tobytes()


def test_frames_are_independent_of_their_order():
    ways = Film(SIZE, gain=2)
    late = ways.develop(scene(), 9)
    ways.develop(scene(), 1)
    assert ways.develop(scene(), 9).tobytes() == late.tobytes()
    assert ways.develop(scene(), 8).tobytes() != late.tobytes()


def test_exposure_and_balance_brighten():
    assert Film(SIZE, exposure=2).develop(GREY, 0).mean() > 140
    assert Film(SIZE, exposure=0.5).develop(GREY, 0).mean() < 100
    warm = Film(SIZE, balance=(1.2, 1, 0.8)).develop(GREY, 0).mean(axis=(0, 1))
    assert warm[0] > warm[1] > warm[2]


def test_metering_brings_the_mean_to_the_middle():
    for value in (70, 160):
        picture = np.full_like(GREY, value)
        mean = Film(SIZE).metered(picture).develop(picture, 0).mean()
        assert mean == pytest.approx(255 * film.MIDDLE ** (1 / 2.2), abs=3)
    dark = np.full_like(GREY, 3)
    lifted = Film(SIZE, gain=1).metered(dark)
    assert lifted.gain == 2
    assert lifted.develop(dark, 0).mean() < 60


@pytest.mark.parametrize("clump", [0.0, 1.5])
def test_noise_has_its_strength_and_no_bias(clump: float):
    noise = {
        gain: Film(SIZE, gain=gain, clump=clump).develop(GREY, 0).astype(float) - GREY
        for gain in (1.0, 4.0)
    }
    assert abs(noise[4.0].mean()) < 0.5
    assert noise[4.0].std() == pytest.approx(4 * noise[1.0].std(), rel=0.15)
    assert 0.5 < noise[1.0].std() < 4
    channels = noise[4.0].reshape(-1, 3)
    assert np.abs(np.corrcoef(channels.T)[np.triu_indices(3, 1)]).max() < 0.1


def test_blurs_take_away_detail_and_keep_the_mean():
    sharp = np.diff(scene().astype(float), axis=1).std()
    for developed in (
        Film(SIZE, defocus=1.5).develop(scene(), 0),
        Film(SIZE).develop(scene(), 0, smear=(7, 0)),
        film.averaged([np.roll(scene(), k, axis=1) for k in range(4)]),
    ):
        assert np.diff(developed.astype(float), axis=1).std() < 0.7 * sharp
        assert developed.mean() == pytest.approx(scene().mean(), abs=2)


def test_a_smear_goes_its_way():
    dot = np.zeros_like(GREY)
    dot[60, 80] = 255
    flat = Film(SIZE).develop(dot, 0, smear=(8, 0))[..., 0] > 0
    assert flat.any(axis=1).sum() == 1
    assert flat.any(axis=0).sum() == 9


def test_the_vignette_darkens_corners_only():
    developed = Film(SIZE, vignette=0.4).develop(GREY, 0)
    assert developed[60, 80, 0] >= 118
    assert developed[0, 0, 0] == pytest.approx(120 * 0.6, abs=2)


def test_compression_and_saturation_do_what_they_say():
    packed = Film(SIZE, jpeg=20).develop(scene(), 0)
    assert 0.5 < np.abs(packed.astype(float) - scene()).mean() < 25
    grey = Film(SIZE, saturation=0).develop(scene(), 0)
    assert np.ptp(grey.astype(int), axis=2).max() <= 2


def test_subframes_lie_within_the_open_shutter():
    moments = Film(SIZE, shutter=0.5).times(2.0, 10, 4)
    assert moments[0] == 2
    assert moments[-1] < 2.05
    assert len(moments) == 4


def test_an_obstacle_covers_what_it_says_and_no_more():
    for seed in range(20):
        shape = Obstacle.sample(np.random.default_rng(seed), SIZE)
        white = np.full_like(GREY, 255)
        for frame in (0, 7):
            share = shape.share(frame)
            covered = shape.cover(white, frame)
            assert (covered[share == 0] == 255).all()
            assert (covered[share == 255] < 150).all()
            assert (share > 128).mean() < 0.4
        assert (white == 255).all()


def test_an_obstacle_passes_through():
    shape = Obstacle(
        SIZE, ((-0.2, -0.1), (-0.1, -0.1), (-0.1, 1.1), (-0.2, 1.1)), (9, 9, 9), 2, 0.1
    )
    seen = [bool(shape.share(frame).any()) for frame in range(20)]
    assert seen[0] is False
    assert True in seen
    assert seen[-1] is False
    film_with = replace(Film(SIZE), obstacle=shape)
    assert film_with.develop(GREY, 6).min() < 20
