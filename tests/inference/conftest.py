"""What the tests of the networks share."""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data() -> Path:
    """The folder of real recordings beside the project."""
    folder = Path(os.environ.get("GYMBOX_DATA", _ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the recordings beside the project are not here")
    return folder


@pytest.fixture
def models() -> Path:
    """The models of this checkout."""
    return _ROOT / "models"
