from pathlib import Path

import pytest
from synthetic_clips import MakeClip, write_clip


@pytest.fixture
def make_clip(tmp_path: Path) -> MakeClip:
    def make(name: str = "clip.mp4", frames: int = 30, codec: str = "mp4v") -> Path:
        return write_clip(tmp_path / name, frames, codec)

    return make
