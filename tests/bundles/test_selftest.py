"""The self-test: nonsense, crashes and hangs are told, and none of them reaches this process."""

import io
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gymbox.bundles.sample import (
    MOST_VALUES,
    Sample,
    distance,
    key_of,
    load_sample,
    shape_of,
    thinned,
)
from gymbox.bundles.selftest import run_selftest
from gymbox.bundles.store import Store
from gymbox.bundles.trial import try_model
from gymbox.errors import GymboxError, ModelError
from gymbox.inference.manifest import ModelCard, find_model
from tests.bundles.parcels import TINY, bundle, entry, tree
from tools.convert.manifest_file import update_manifest
from tools.convert.samples import sample_bytes

GIVEN = np.array([[0.5, -0.5, 0.25, 1.0]], np.float32)
EXPECTED = np.array([0.0658268, 0.33071256, 0.60346065], np.float32)
"""What tiny.tflite makes of it, by its weights in numpy."""


def sample(expected: np.ndarray = EXPECTED, tolerance: float = 0.02) -> bytes:
    return sample_bytes(Sample(GIVEN, {(1, 3): expected.astype(np.float32)}, tolerance))


def with_sample(out: Path, content: bytes, model: bytes = TINY) -> Path:
    return bundle(out, model=model, files={"samples/tiny.npz": content}, sample="samples/tiny.npz")


def test_right_results_pass(tmp_path: Path):
    outcome = Store(tmp_path / "data").install(with_sample(tmp_path / "a.zip", sample()))
    assert outcome.tried is not None
    assert outcome.tried.compared == ("tiny",)
    assert {"pose_detection", "pose_landmark_full"} <= set(outcome.tried.only_run)


def refused(tmp_path: Path, path: Path, says: str) -> None:
    """Installing fails with these words and leaves nothing."""
    data = tmp_path / "data"
    with pytest.raises(GymboxError, match=says) as told:
        Store(data).install(path)
    assert "\n" not in str(told.value)
    assert tree(data) == {}


def test_a_runtime_that_computes_nonsense_is_told(tmp_path: Path):
    path = with_sample(tmp_path / "a.zip", sample(EXPECTED[::-1]))
    refused(tmp_path, path, "tiny gives something else on .* than where it was packed")


@pytest.fixture
def tiny(tmp_path: Path) -> ModelCard:
    """The model in a folder, with a sample beside it that is to be written."""
    (tmp_path / "tiny.tflite").write_bytes(TINY)
    update_manifest(tmp_path, {"tiny": entry(sample="tiny.npz")})
    return find_model("tiny", tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (sample_bytes(Sample(GIVEN, {(1, 5): EXPECTED}, 0.1)), "no output of shape"),
        (sample_bytes(Sample(GIVEN[:, :3], {(1, 3): EXPECTED}, 0.1)), "broadcast"),
        (sample(EXPECTED * 1.03), "something else"),
        (sample(EXPECTED, float("nan")), "something else"),
        (sample(EXPECTED[:2]), "something else"),
        (b"", "damaged"),
        (b"no npz", "damaged"),
        (sample()[:400], "damaged"),
    ],
)
def test_a_sample_that_does_not_fit_is_told(tiny: ModelCard, content: bytes, says: str):
    assert tiny.sample is not None
    tiny.sample.write_bytes(content)
    with pytest.raises((ModelError, ValueError), match=says):
        try_model(tiny)


def test_a_small_difference_is_allowed(tiny: ModelCard):
    assert tiny.sample is not None
    tiny.sample.write_bytes(sample(EXPECTED * 1.01))
    assert try_model(tiny)["off"] == pytest.approx(0.01, abs=1e-3)


def test_a_model_that_is_none_is_told(tmp_path: Path):
    path = with_sample(tmp_path / "a.zip", sample(), model=TINY[: len(TINY) // 2])
    refused(tmp_path, path, "the self-test failed, ")


CHILDREN = {
    "crashes": (
        """print('{"model": "tiny"}', flush=True); os.kill(os.getpid(), signal.SIGSEGV)""",
        "tiny was ended by SIGSEGV",
    ),
    "hangs": (
        """print('{"model": "tiny"}', flush=True); time.sleep(60)""",
        "tiny did not come back within 1 s",
    ),
    "ends without a word": ("pass", "its process ended with code 0"),
    "stops half-way": ("""print('{"model": "tiny"}')""", "tiny ended with code 0"),
    "fails": ("sys.exit('no such library')", "ended with code 1 no such library"),
    "chatters": (
        """print("[]", "{}", "INFO: ready", sep="\\n")""",
        "its process ended with code 0",
    ),
}


@pytest.mark.parametrize("what", CHILDREN)
def test_what_a_child_may_do_is_one_line(tmp_path: Path, what: str):
    program, says = CHILDREN[what]
    command = (sys.executable, "-c", f"import os, signal, sys, time; {program}")
    with pytest.raises(GymboxError, match=says) as told:
        run_selftest(tmp_path, owner=tmp_path, limit=1.0, command=command)
    assert "\n" not in str(told.value)


def test_a_child_that_cannot_be_started_is_told(tmp_path: Path):
    with pytest.raises(GymboxError, match="cannot be started"):
        run_selftest(tmp_path, owner=tmp_path, command=(str(tmp_path / "absent"),))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_root_tries_them_as_the_one_who_will_load_them(tmp_path: Path):
    os.chown(tmp_path, 12345, 23456)
    program = (
        "import json, os; "
        "print(json.dumps({'model': f'{os.getuid()}:{os.getgid()}:{os.getgroups()}'})); "
        "os._exit(3)"
    )
    with pytest.raises(GymboxError, match=r"12345:23456:\[\] ended with code 3"):
        run_selftest(tmp_path, owner=tmp_path, command=("/usr/bin/env", "python3", "-c", program))


def test_distance_is_a_share_of_the_size():
    assert distance(EXPECTED, EXPECTED) == 0
    assert distance(EXPECTED * 1.1, EXPECTED) == pytest.approx(0.1, rel=1e-4)
    assert distance(EXPECTED * 0, EXPECTED) == pytest.approx(1)
    assert distance(EXPECTED[:2], EXPECTED) == float("inf")
    assert distance(np.full(3, np.nan, np.float32), EXPECTED) == float("inf")


@given(st.integers(1, 3 * MOST_VALUES))
def test_thinning_keeps_small_outputs_whole_and_large_ones_small(size: int):
    values = np.arange(size, dtype=np.float32)
    kept = thinned(values)
    assert kept.size <= MOST_VALUES
    assert kept.size > MOST_VALUES // 2 or kept.size == size
    assert kept[0] == 0


@given(st.lists(st.integers(1, 999), min_size=1, max_size=5).map(tuple))
def test_an_output_is_named_after_its_shape(shape: tuple[int, ...]):
    assert shape_of(key_of(shape)) == shape


@pytest.mark.parametrize("given", [GIVEN, np.arange(12, dtype=np.uint8).reshape(1, 2, 2, 3)])
def test_a_sample_comes_back_as_it_was(tmp_path: Path, given: np.ndarray):
    written = Sample(given, {(1, 3): EXPECTED, (1, 1): EXPECTED[:1]}, 0.25)
    path = tmp_path / "sample.npz"
    path.write_bytes(sample_bytes(written))
    assert sample_bytes(written) == path.read_bytes()
    found = load_sample(path)
    np.testing.assert_array_equal(found.input, given)
    assert found.input.dtype == given.dtype
    assert (set(found.outputs), found.tolerance) == ({(1, 3), (1, 1)}, 0.25)


def test_a_sample_holds_no_programs(tmp_path: Path):
    file = io.BytesIO()
    np.savez(file, input=np.array([{"a": 1}], dtype=object), tolerance=np.float32(1))
    path = tmp_path / "pickle.npz"
    path.write_bytes(file.getvalue())
    with pytest.raises(ModelError, match="damaged"):
        load_sample(path)
