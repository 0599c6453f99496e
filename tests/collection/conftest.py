"""The data beside the project."""

from pathlib import Path

import pytest


@pytest.fixture
def shared_clips() -> Path:
    table = Path(__file__).parents[3] / "shared" / "data" / "clips.csv"
    if not table.is_file():
        pytest.skip("shared/data/clips.csv is not here")
    return table
