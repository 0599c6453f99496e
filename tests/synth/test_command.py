import sys
from pathlib import Path

import pytest

from gymbox.errors import GymboxError
from tools.synth import encode
from tools.synth.__main__ import main


@pytest.mark.parametrize("package", ["torch", "moderngl"])
def test_without_the_extra_one_line_says_what_to_do(
    package: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
):
    monkeypatch.setitem(sys.modules, package, None)
    assert main(["demo", "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "docs/synth.md" in said


@pytest.mark.parametrize("words", [["demo"], ["make", "test"]])
def test_a_missing_recipe_has_the_exit_code_of_the_design(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    assert main([*words, "--recipe", str(tmp_path / "none.toml")]) == 66
    assert "none.toml" in capsys.readouterr().err


def test_a_set_that_is_not_in_the_recipe_is_named(capsys: pytest.CaptureFixture[str]):
    assert main(["make", "tests"]) == 2
    assert "tests" in capsys.readouterr().err


def test_a_missing_encoder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GymboxError, match="apt install ffmpeg"):
        encode.write(tmp_path / "a.mp4", [], (64, 48), 15)
