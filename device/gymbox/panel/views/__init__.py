"""Pictures of displays: pure functions, one module for each kind of display."""

from functools import singledispatch

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
    TeachDisplay,
)
from gymbox.panel.canvas import Canvas
from gymbox.panel.views.collect import draw_collect
from gymbox.panel.views.count import draw_count
from gymbox.panel.views.framing import draw_framing
from gymbox.panel.views.history import draw_history
from gymbox.panel.views.insight import draw_insight
from gymbox.panel.views.message import draw_message
from gymbox.panel.views.plan import draw_plan
from gymbox.panel.views.teach import draw_teach

WIDTH, HEIGHT = 128, 64
"""The pixels that every view is drawn in; a larger screen shows them enlarged."""


def render(display: Display, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """The picture of a display.

    Args:
        display: what to show.
        size: width and height of the screen, at least 128 x 64. On a larger one the picture is
            enlarged by a whole number and centred.

    Returns:
        A picture of mode "1" and of that size.

    Raises:
        ValueError: the size is too small.
    """
    scale = min(size[0] // WIDTH, size[1] // HEIGHT)
    if scale < 1:
        raise ValueError(f"a screen of {size[0]} x {size[1]} is smaller than {WIDTH} x {HEIGHT}")
    canvas = Canvas(WIDTH, HEIGHT)
    _draw(display, canvas)
    picture = canvas.image(scale)
    if picture.size == size:
        return picture
    whole = Image.new("1", size)
    whole.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return whole


@singledispatch
def _draw(display: object, canvas: Canvas) -> None:
    raise TypeError(f"no view for {type(display).__name__} on {canvas}")


_draw.register(CollectDisplay, draw_collect)
_draw.register(CountDisplay, draw_count)
_draw.register(FramingDisplay, draw_framing)
_draw.register(HistoryDisplay, draw_history)
_draw.register(InsightDisplay, draw_insight)
_draw.register(MessageDisplay, draw_message)
_draw.register(TeachDisplay, draw_teach)
_draw.register(PlanDisplay, draw_plan)
