"""The pins of requirements/: complete, the same where they must be, and right for their target."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "requirements"
TARGETS = sorted(path.stem for path in FOLDER.glob("*-*.txt"))


def pins(name: str) -> dict[str, str]:
    text = (FOLDER / f"{name}.txt").read_text().replace(" \\\n", " ")
    found = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        match = re.fullmatch(r"(\S+)==(\S+)(\s+--hash=sha256:[0-9a-f]{64})+", line)
        assert match, f"{name}: not a pin with hashes: {line}"
        found[match[1]] = match[2]
    return found


def test_the_targets():
    assert TARGETS == ["aarch64-litert", "aarch64-tflite", "x86_64-litert", "x86_64-tflite"]


@pytest.mark.parametrize("package", ["pillow", "opencv-python-headless", "luma.oled", "gpiozero"])
def test_one_version_everywhere(package: str):
    assert len({pins(target)[package] for target in TARGETS}) == 1


@pytest.mark.parametrize("target", TARGETS)
def test_tflite_runtime_gets_the_numpy_it_was_built_for(target: str):
    found = pins(target)
    assert ("tflite-runtime" in found) != ("ai-edge-litert" in found)
    assert found["numpy"].startswith("1." if "tflite-runtime" in found else "2.")


@pytest.mark.parametrize("target", TARGETS)
def test_the_test_tools_change_no_package_of_a_target(target: str):
    assert not pins("dev").keys() & pins(target).keys()
