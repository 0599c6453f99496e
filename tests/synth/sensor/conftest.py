import pytest

from tests.synth.sensor.squatting import Recorded, athlete


@pytest.fixture
def truth() -> Recorded:
    return athlete()
