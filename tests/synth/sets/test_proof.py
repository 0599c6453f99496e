"""The same clips twice; needs the extra synth and OpenGL."""

from dataclasses import replace

import pytest

pytest.importorskip("anny", reason="the extra synth is not installed")
pytest.importorskip("moderngl", reason="the extra synth is not installed")

from tools.synth.sets import proof, recipe
from tools.synth.sets.proof import Made, Proof

pytestmark = pytest.mark.slow


def test_one_seed_gives_the_same_bytes_in_any_order_and_process():
    spec = replace(recipe.read()["test"], count=2, reps=(1, 1), partial=0.0, unknown=0.0)
    proved = proof.prove(spec, (320, 240))
    assert proved.same == 2
    assert proved.first[0].sha256 != proved.first[1].sha256
    assert proved.rate > 5  # some machines are slow; the report tells the real figure


def test_other_bytes_are_told():
    one, other = Made("a", 30, 2.0), Made("b", 30, 1.0)
    assert Proof([one, one], [one, other]).same == 1
    assert Proof([one, one], [one, other]).rate == pytest.approx(120 / 7)
