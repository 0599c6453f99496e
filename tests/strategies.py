"""Numbers that property tests are fed with."""

from hypothesis import strategies as st


def floats(low: float, high: float, *, width: int = 64) -> st.SearchStrategy[float]:
    """Numbers from `low` to `high`, without subnormals.

    The arm64 build of tflite-runtime makes the processor take subnormals for zero as soon as it is
    loaded, and Hypothesis refuses to draw what the processor cannot hold.
    """
    return st.floats(low, high, width=width, allow_subnormal=False)
