import pytest

from tools.synth.people import body


@pytest.fixture(scope="session")
def woman() -> body.Body:
    return _body(gender=1.0, height=0.38)


@pytest.fixture(scope="session")
def man() -> body.Body:
    return _body(gender=0.0, height=0.40, muscle=0.7)


def _body(**sliders: float) -> body.Body:
    pytest.importorskip("anny", reason="the extra synth is not installed")
    return body.load({"age": 0.68, **sliders})
