from dataclasses import replace

import numpy as np
import pytest

from tools.synth.people import body, cover, look, shapes
from tools.synth.people.body import Body

pytestmark = pytest.mark.slow


def dressed(sliders: dict[str, float], **changes: object) -> look.Look:
    return replace(look.sample(np.random.default_rng(1), sliders), **changes)


def worn(kind: str, length: float) -> look.Cloth:
    return look.Cloth(kind, length, 0.01, ((0.5, 0.5, 0.5),) * 3)


@pytest.mark.parametrize("kind", look.BOTTOMS)
def test_hips_are_covered_and_hands_and_head_are_not(man: Body, woman: Body, kind: str):
    length = {"shorts": 0.28, "leggings": 1.9, "trousers": 1.9}[kind]
    for one in (man, woman):
        fields = cover.cover(one, dressed(dict(one.sliders), bottom=worn(kind, length)))
        hip = one.skeleton.at("upperleg01.L")[2]
        pelvis = (fields.arm < 0.01) & (np.abs(one.skin[:, 2] - hip + 0.01) < 0.07)
        assert fields.bottom[pelvis].min() > 0
        hands = one.share_of(("wrist", "finger", "metacarpal")) > 0.5
        assert max(fields.bottom[hands].max(), fields.sock[hands].max()) < 0
        assert fields.bottom[fields.head > 0.5].max() < 0


@pytest.mark.parametrize("kind", [kind for kind in look.TOPS if kind != "bare"])
def test_shirts_cover_the_chest_and_leave_head_and_hands(kind: str):
    pytest.importorskip("anny", reason="the extra synth is not installed")
    length = {"tee": 0.6, "long": 1.9}.get(kind, 0.0)
    rng = np.random.default_rng(2)
    for sliders in [shapes.sample(rng) for _ in range(12)]:
        one = body.load(sliders)
        fields = cover.cover(one, dressed(sliders, top=worn(kind, length)))
        away = np.linalg.norm(
            np.abs(one.skin * [1, 0, 0]) + one.skin * [0, 1, 1] - cover.bust(one), axis=1
        )
        assert fields.top[away < 0.045].min() > 0
        bare = (fields.head > 0.9) | (one.share_of(("finger",)) > 0.5)
        assert fields.top[bare].max() < 0


def test_hair_leaves_the_face_free_and_covers_the_crown(man: Body, woman: Body):
    for one in (man, woman):
        fields = cover.cover(one, dressed(dict(one.sliders)))
        named = one.topology.named
        assert fields.hair[named["crown"]] > 0.02
        face = ("nose", "chin", "mouth.L", "mouth.R", "lid_out.L", "lid_out.R")
        assert fields.hair[[named[name] for name in face]].max() < -0.02
        assert fields.beard[named["chin"]] > 0
        assert fields.beard[named["nose"]] < 0
        assert fields.hair[fields.head < 0.2].max() < 0


def test_a_figure_is_ready_to_draw(man: Body, woman: Body):
    pytest.importorskip("scipy", reason="the extra synth is not installed")
    from tools.synth.people import figure  # noqa: PLC0415

    for one, cut in ((man, "afro"), (woman, "ponytail"), (woman, "long"), (man, "bald")):
        red = (0.8, 0.1, 0.1)
        made = figure.dress(one, dressed(dict(one.sliders), cut=cut, cap=red, glasses=red))
        vertices, faces = made.vertices, made.faces
        assert faces.min() == 0
        assert faces.max() < len(vertices)
        assert 6000 < len(faces) < 12500
        assert 0 < made.clad < len(faces)
        assert (vertices["weights"].astype(int).sum(axis=1) == 255).all()
        assert vertices["bones"].max() < len(one.skeleton.names)
        used = np.unique(faces)
        assert np.linalg.norm(vertices["normal"][used], axis=1) == pytest.approx(1, abs=1e-3)
        again = figure.dress(one, dressed(dict(one.sliders), cut=cut, cap=red, glasses=red))
        assert (again.vertices == vertices).all()


def test_cloth_stands_off_the_skin_and_shoes_on_the_floor(man: Body):
    pytest.importorskip("scipy", reason="the extra synth is not installed")
    from tools.synth.people import cloth, figure  # noqa: PLC0415

    one = dressed(dict(man.sliders), top=worn("tee", 0.6), bottom=worn("shorts", 0.7))
    fields = cover.cover(man, one)
    moved = np.linalg.norm(cloth.padded(man, one, fields) - man.skin, axis=1)
    assert np.median(moved[(fields.top > 0.05) & (fields.bottom < 0)]) == pytest.approx(
        0.01, abs=0.004
    )
    bare = (fields.top < -0.03) & (fields.bottom < -0.03) & (fields.sock < -0.03)
    assert moved[bare & (fields.head < 0.2)].max() < 1e-6
    low = figure.dress(man, one).vertices["position"][:, 2].min()
    assert low == pytest.approx(0, abs=0.002)
