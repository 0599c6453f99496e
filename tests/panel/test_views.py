"""The pictures: golden ones to the last bit, and what must hold for any display at all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gymbox.display import (
    CollectDisplay,
    CountDisplay,
    Display,
    FramingDisplay,
    HistoryDisplay,
    InsightDisplay,
    MessageDisplay,
    PlanDisplay,
    Status,
    TeachDisplay,
)
from gymbox.panel import digits, text
from gymbox.panel.views import render
from tests.panel.screens import GOLDEN, SCREENS
from tests.strategies import floats

share = floats(0, 1)
advices = st.sampled_from(
    [
        "",
        "ok",
        "step back",
        "step closer",
        "step left",
        "raise camera",
        "nobody",
        "stand on one leg",
    ]
)
statuses = st.builds(
    Status,
    camera=st.booleans(),
    athlete=st.booleans(),
    lock=st.sampled_from(["", "locked", "waiting"]),
    log=st.booleans(),
    fps=st.none() | floats(0, 1000),
    battery=st.none() | share,
)
counts = st.builds(
    CountDisplay,
    exercise=st.text(max_size=40),
    reps=st.integers(0, 10**6),
    set_number=st.integers(1, 1000),
    phase=st.sampled_from(["choose", "ready", "set", "rest", "done"]),
    progress=floats(-1, 2),
    tempo=st.none() | st.tuples(*[floats(0, 100)] * 4),
    partial=st.booleans(),
    rest=st.none() | st.integers(0, 10**6),
    target_reps=st.integers(0, 10**4),
    target_sets=st.integers(0, 1000),
    target_rest=st.integers(0, 10**5),
    rom=st.none() | share,
    best=st.none() | st.integers(1, 1000),
    fading=st.lists(st.integers(1, 1000), max_size=30).map(tuple),
    advice=advices,
    hint=st.text(max_size=40),
    tip=st.text(max_size=40),
    status=statuses,
)
plans = st.builds(
    PlanDisplay,
    reps=st.integers(0, 10**4),
    sets=st.integers(0, 10**4),
    rest=st.integers(0, 10**5),
    line=st.sampled_from(["reps", "sets", "rest"]),
    status=statuses,
)
insights = st.builds(
    InsightDisplay,
    exercise=st.text(max_size=40),
    reps=st.integers(0, 10**6),
    bars=st.lists(st.tuples(st.text(max_size=30), floats(-1, 2)), max_size=5).map(tuple),
    joint=st.sampled_from(["", "knee", "shoulder"]),
    curve=st.lists(st.none() | st.integers(-10, 400), max_size=70).map(tuple),
    status=statuses,
)
collections = st.builds(
    CollectDisplay,
    step=st.sampled_from(
        [
            *("athlete", "next", "exercise", "reps", "direction", "height", "pictures"),
            *("ready", "count_in", "record", "review"),
        ]
    ),
    exercise=st.text(max_size=40),
    activity=st.text(max_size=20),
    number=st.none() | st.integers(-5, 10**6),
    of=st.integers(0, 10**4),
    direction=st.sampled_from(["", "front", "back left", "somewhere"]),
    height=st.sampled_from(["", "low", "high"]),
    pictures=st.booleans(),
    progress=floats(-1, 2),
    advice=advices,
    takes=st.integers(0, 10**6),
    status=statuses,
)
lessons = st.builds(
    TeachDisplay,
    step=st.sampled_from(
        ["start", "hold", "show", "learning", "problem", "like", "name", "saved", "rest"]
    ),
    reps=st.integers(-5, 10**6),
    enough=st.booleans(),
    words=st.text(max_size=60),
    name=st.text(max_size=40),
    advice=advices,
    status=statuses,
)
coordinates = floats(-1e6, 1e6) | st.just(float("nan"))
framings = st.builds(
    FramingDisplay,
    lines=st.lists(st.tuples(*[coordinates] * 4), max_size=6).map(tuple),
    aspect=floats(0.01, 100),
    advice=advices,
    status=statuses,
)
rows = st.tuples(st.text(max_size=30), st.integers(0, 10**4), st.text(max_size=12))
histories = st.builds(HistoryDisplay, sets=st.lists(rows, max_size=6).map(tuple), status=statuses)
messages = st.builds(
    MessageDisplay,
    title=st.text(max_size=40),
    lines=st.lists(st.text(max_size=60), max_size=4).map(tuple),
    status=statuses,
)


def pixels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture)


@pytest.mark.parametrize("name", SCREENS)
def test_golden_picture(name: str):
    with Image.open(GOLDEN / f"{name}.png") as kept:
        assert kept.size == (128, 64)
        assert kept.mode == "1"
        assert kept.tobytes() == render(SCREENS[name]).tobytes()


def test_every_golden_picture_belongs_to_a_screen():
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(SCREENS)


@given(counts | plans | insights | collections | lessons | framings | histories | messages)
def test_any_display_becomes_a_picture(display: Display):
    picture = render(display)
    assert (picture.mode, picture.size) == ("1", (128, 64))
    assert picture.tobytes() == render(display).tobytes()


@given(st.integers(0, 999))
def test_the_count_is_huge_and_whole(reps: int):
    """The columns left of the set number are the figures, all of them, over the full height."""
    picture = pixels(render(CountDisplay("squat", phase="set", reps=reps)))
    wide = (27, 8, 4) if reps < 100 else (20, 7, 3)
    width, stroke, gap = wide
    figures = digits.number(str(reps), width, 50, stroke, gap)
    zone = max(figures.shape[1], 58)
    left = (zone - figures.shape[1]) // 2
    assert (picture[14:64, left : left + figures.shape[1]] == figures).all()
    assert not picture[14:64, left + figures.shape[1] : zone + 4].any()
    assert figures.any(axis=1).all(), "the figures do not fill their height"


@pytest.mark.parametrize(("width", "height", "stroke"), [(27, 50, 8), (20, 50, 7), (10, 20, 3)])
def test_figures_fill_their_box_and_differ(width: int, height: int, stroke: int):
    masks = [digits.figure(str(digit), width, height, stroke) for digit in range(10)]
    for mask in masks:
        assert mask[0].any()
        assert mask[-1].any()
        assert mask[:, 0].any()
        assert mask[:, -1].any()
    for number, mask in enumerate(masks):
        for other in masks[:number]:
            if other.shape == mask.shape:
                assert (other != mask).mean() > 0.04


def test_progress_moves_the_bar_only():
    low = pixels(render(CountDisplay("squat", phase="set", reps=3, progress=0.1)))
    high = pixels(render(CountDisplay("squat", phase="set", reps=3, progress=0.9)))
    assert (low[:, :120] == high[:, :120]).all()
    assert high[14:, 120:].sum() > 2 * low[14:, 120:].sum()


def test_rest_counts_minutes_and_seconds():
    assert (
        render(CountDisplay("squat", phase="rest", rest=59)).tobytes()
        != render(CountDisplay("squat", phase="rest", rest=60)).tobytes()
    )


def test_the_figure_is_a_mirror_picture():
    left_in_frame = FramingDisplay(((0.1, 0.2, 0.1, 0.8),), advice="ok")
    inside = pixels(render(left_in_frame))[4:46, 4:60]
    assert inside[:, 40:].any()
    assert not inside[:, :40].any()


@pytest.mark.parametrize("size", [(256, 128), (256, 64), (160, 128), (128, 128)])
def test_a_larger_screen_shows_the_same_picture_enlarged(size: tuple[int, int]):
    display = SCREENS["set"]
    picture = render(display, size)
    assert picture.size == size
    scale = min(size[0] // 128, size[1] // 64)
    left, top = (size[0] - 128 * scale) // 2, (size[1] - 64 * scale) // 2
    inside = pixels(picture)[top : top + 64 * scale : scale, left : left + 128 * scale : scale]
    assert (inside == pixels(render(display))).all()


def test_a_smaller_screen_is_refused():
    with pytest.raises(ValueError, match="128 x 32"):
        render(SCREENS["set"], (128, 32))


@given(st.text(max_size=60), st.integers(20, 128))
def test_a_fitted_line_fits(words: str, columns: int):
    assert text.fit(words, columns).shape[1] <= columns


@given(st.lists(st.text("abcxyz", min_size=1, max_size=8), max_size=12), st.integers(60, 128))
def test_wrapping_keeps_every_word_and_the_width(words: list[str], columns: int):
    lines = text.wrap(" ".join(words), columns, text.SMALL)
    assert " ".join(lines).split() == words
    assert all(text.width(line, text.SMALL) <= columns for line in lines)


def test_accents_and_lower_case_are_shown_as_capitals():
    assert (text.line("Übung") == text.line("UBUNG")).all()


@pytest.mark.parametrize("font", ["bold", "small"])
def test_characters_are_told_apart(font: str):
    """All but O and 0, which look the same in the bold font."""
    chars = "ABCDEFGHIJKLMNPQRSTUVWXYZ0123456789-.:/!?',+%()&"
    looks = {text.line(char, text.Style(font)).tobytes() for char in chars}
    assert len(looks) == len(chars)
