"""Drawing needs the extra `synth`, OSMesa and ffmpeg: skipped where they are absent."""

import json
import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

import cv2
import pytest

pytest.importorskip("anny", reason="the extra synth is not installed")
pytest.importorskip("trimesh", reason="the extra synth is not installed")
if find_library("OSMesa") is None:
    pytest.skip("libosmesa6 is not installed", allow_module_level=True)
if shutil.which("ffmpeg") is None:
    pytest.skip("ffmpeg is not installed", allow_module_level=True)

from tools.synth.demo import RECIPE, make

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's recipe, small and with a frame rate that gives few frames."""
    text = RECIPE.read_text(encoding="utf-8")
    text = text.replace("size = [640, 480]", "size = [160, 120]").replace("fps = 15", "fps = 2")
    path = tmp_path_factory.mktemp("recipe") / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_same_recipe_gives_the_same_clip(small: Path, tmp_path: Path):
    # In processes of their own: what hangs on addresses or hash seeds differs only between those.
    for folder in ("a", "b"):
        command = [sys.executable, "-m", "tools.synth", "demo"]
        command += ["--recipe", str(small), "--out", str(tmp_path / folder)]
        subprocess.run(  # noqa: S603 - our own command
            command, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        )
    first, second = (tmp_path / folder / "squats.mp4" for folder in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
    assert first.with_suffix(".json").read_text() == second.with_suffix(".json").read_text()


def test_the_athlete_comes_and_goes(small: Path, tmp_path: Path):
    clip = make(tmp_path, small)
    told = json.loads(clip.with_suffix(".json").read_text())
    capture = cv2.VideoCapture(str(clip))
    frames = [capture.read()[1].astype(float) for _ in range(told["frames"])]
    empty = frames[-1]
    changed = [(abs(frame - empty).max(axis=2) > 60).mean() for frame in frames]
    for view, share in zip(told["in_view"], changed, strict=True):
        assert (share > 0.02) if view == "whole" else (share < 0.15)
        if view == "none":
            assert share < 0.001
