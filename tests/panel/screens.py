"""Every screen worth keeping an eye on: the golden pictures and the contact sheet come from here.

    python -m tests.panel.screens           write the golden pictures and docs/screens/all.png

Look at the sheet before committing what this writes.
"""

from pathlib import Path

from PIL import Image

from gymbox.display import (
    CountDisplay,
    Display,
    FramingDisplay,
    HistoryDisplay,
    MessageDisplay,
    Status,
)
from gymbox.modes.spot import HINT
from gymbox.panel.views import render

GOLDEN = Path(__file__).parent / "golden"
SHEET = Path(__file__).parents[2] / "docs" / "screens" / "all.png"
COLUMNS, ZOOM, MARGIN = 4, 4, 24

SEEN = Status(athlete=True, fps=14.6, battery=0.8)
TROUBLE = Status(camera=False, athlete=False, log=False, fps=0.0, battery=0.1)

FIGURE = (
    (0.40, 0.30, 0.56, 0.30),
    (0.40, 0.30, 0.43, 0.52),
    (0.56, 0.30, 0.53, 0.52),
    (0.43, 0.52, 0.53, 0.52),
    (0.40, 0.30, 0.32, 0.42),
    (0.32, 0.42, 0.36, 0.53),
    (0.56, 0.30, 0.64, 0.42),
    (0.64, 0.42, 0.58, 0.52),
    (0.43, 0.52, 0.40, 0.72),
    (0.40, 0.72, 0.41, 0.92),
    (0.53, 0.52, 0.57, 0.72),
    (0.57, 0.72, 0.55, 0.92),
    (0.45, 0.14, 0.51, 0.14),
    (0.51, 0.14, 0.52, 0.22),
    (0.52, 0.22, 0.44, 0.22),
    (0.44, 0.22, 0.45, 0.14),
)
TEMPO = (3.2, 0.6, 1.1, 0.2)


def _moved(x: float, y: float, size: float = 1.0) -> tuple[tuple[float, float, float, float], ...]:
    return tuple(
        (x0 * size + x, y0 * size + y, x1 * size + x, y1 * size + y) for x0, y0, x1, y1 in FIGURE
    )


SCREENS: dict[str, Display] = {
    "choose": CountDisplay("squat", status=SEEN),
    "choose_long": CountDisplay("romanian_deadlift", status=SEEN),
    "choose_advice": CountDisplay("shoulder_press", advice="step back", status=SEEN),
    "choose_spot": CountDisplay("push_up", hint=HINT, status=SEEN),
    "ready": CountDisplay("push_up", phase="ready", progress=0.05, status=SEEN),
    "set_first": CountDisplay("squat", phase="set", reps=1, progress=0.4, tempo=TEMPO, status=SEEN),
    "set": CountDisplay(
        "shoulder_press", phase="set", reps=12, set_number=3, progress=0.7, tempo=TEMPO, status=SEEN
    ),
    "set_hundred": CountDisplay(
        "pull_up", phase="set", reps=108, set_number=12, progress=1.0, tempo=TEMPO, status=SEEN
    ),
    "set_partial": CountDisplay(
        "deadlift", phase="set", reps=7, set_number=2, progress=0.3, partial=True, status=SEEN
    ),
    "set_advice": CountDisplay(
        "biceps_curl", phase="set", reps=25, set_number=2, advice="step closer", status=SEEN
    ),
    "set_trouble": CountDisplay(
        "bench_press", phase="set", reps=36, set_number=4, progress=0.2, status=TROUBLE
    ),
    "rest": CountDisplay("squat", phase="rest", reps=8, set_number=2, rest=83, status=SEEN),
    "rest_long": CountDisplay(
        "romanian_deadlift", phase="rest", reps=12, set_number=10, rest=754, status=SEEN
    ),
    "framing_ok": FramingDisplay(FIGURE, advice="ok", status=SEEN),
    "framing_left": FramingDisplay(_moved(-0.25, 0.0), advice="step left", status=SEEN),
    "framing_back": FramingDisplay(_moved(-0.3, 0.0, 1.6), advice="step back", status=SEEN),
    "framing_wide": FramingDisplay(
        _moved(0.2, 0.4, 0.5), aspect=16 / 9, advice="lower camera", status=SEEN
    ),
    "framing_tall": FramingDisplay(
        _moved(0.2, 0.2, 0.5), aspect=9 / 16, advice="step closer", status=SEEN
    ),
    "framing_nobody": FramingDisplay(status=Status(fps=9.8)),
    "history": HistoryDisplay(
        (
            ("squat", 8, "14:05"),
            ("shoulder_press", 12, "13:58"),
            ("romanian_deadlift", 5, "Mon 18:30"),
            ("push_up", 100, "Sun 09:12"),
            ("squat", 5, "Sat 10:00"),
        ),
        status=SEEN,
    ),
    "history_none": HistoryDisplay(),
    "starting": MessageDisplay("Gymbox", ("starting",)),
    "goodbye": MessageDisplay("Goodbye", ("you may switch off", "when the light is out")),
    "camera_lost": MessageDisplay(
        "Camera lost", ("trying again", "check the cable"), status=Status(camera=False)
    ),
    "error": MessageDisplay(
        "Cannot start", ("the model squat.tflite is not the one in the manifest: install again",)
    ),
}


def sheet() -> Image.Image:
    """All screens side by side, enlarged."""
    rows = -(-len(SCREENS) // COLUMNS)
    cell = 128 * ZOOM + MARGIN, 64 * ZOOM + MARGIN
    whole = Image.new("L", (COLUMNS * cell[0] + MARGIN, rows * cell[1] + MARGIN), 96)
    for number, display in enumerate(SCREENS.values()):
        place = number % COLUMNS * cell[0] + MARGIN, number // COLUMNS * cell[1] + MARGIN
        whole.paste(render(display, (128 * ZOOM, 64 * ZOOM)).convert("L"), place)
    return whole


def main() -> None:
    """Write the golden pictures and the sheet."""
    GOLDEN.mkdir(exist_ok=True)
    for name, display in SCREENS.items():
        render(display).save(GOLDEN / f"{name}.png", optimize=True)
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    sheet().convert("P", palette=Image.Palette.ADAPTIVE, colors=3).save(SHEET, optimize=True)


if __name__ == "__main__":
    main()
