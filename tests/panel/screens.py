"""Every screen worth keeping an eye on: the golden pictures and the contact sheet come from here.

    python -m tests.panel.screens           write the golden pictures and docs/screens/all.png

Look at the sheet before committing what this writes.
"""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from gymbox.display import (
    CountDisplay,
    Display,
    FramingDisplay,
    HistoryDisplay,
    InsightDisplay,
    MessageDisplay,
    PlanDisplay,
    Status,
)
from gymbox.modes._sets import TIPS
from gymbox.modes.spot import HINT
from gymbox.panel.views import render
from gymbox.reps.sets import Stage
from tests.panel.collect_screens import COLLECT
from tests.panel.teach_screens import TEACH

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
RESTED: dict[str, Any] = {
    "reps": 10,
    "set_number": 2,
    "tempo": TEMPO,
    "target_reps": 10,
    "target_sets": 3,
    "target_rest": 90,
    "rom": 0.92,
    "best": 3,
    "fading": (8, 9, 10),
}
CURVE = tuple(
    None if 20 <= place < 24 else round(130 + 45 * math.cos(place / 5)) for place in range(60)
)


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
    "set_locked": CountDisplay(
        "lunge", phase="set", reps=4, progress=0.5, tempo=TEMPO, status=replace(SEEN, lock="locked")
    ),
    "set_waiting": CountDisplay(
        "lunge", phase="set", reps=4, tempo=TEMPO, status=replace(SEEN, lock="waiting")
    ),
    "set_trouble": CountDisplay(
        "bench_press", phase="set", reps=36, set_number=4, progress=0.2, status=TROUBLE
    ),
    "rest": CountDisplay("squat", phase="rest", reps=8, set_number=2, rest=83, status=SEEN),
    "rest_long": CountDisplay(
        "romanian_deadlift", phase="rest", reps=12, set_number=10, rest=754, status=SEEN
    ),
    "choose_unknown": CountDisplay("unknown", hint="just train", status=SEEN),
    "ready_target": CountDisplay(
        "deadlift", phase="ready", set_number=2, target_reps=5, target_sets=3, status=SEEN
    ),
    "set_target": CountDisplay(
        "squat",
        phase="set",
        reps=7,
        set_number=2,
        progress=0.6,
        tempo=TEMPO,
        target_reps=10,
        target_sets=3,
        status=SEEN,
    ),
    "rest_countdown": CountDisplay("bench_press", phase="rest", rest=31, **RESTED, status=SEEN),
    "choose_tip": CountDisplay("squat", tip=TIPS[Stage.CHOOSE], status=SEEN),
    "rest_tip": CountDisplay(
        "bench_press", phase="rest", rest=26, **RESTED, tip=TIPS[Stage.REST], status=SEEN
    ),
    "rest_over": CountDisplay("bench_press", phase="rest", rest=95, **RESTED, status=SEEN),
    "done": CountDisplay(
        "bench_press", phase="done", rest=64, **(RESTED | {"set_number": 3}), status=SEEN
    ),
    "plan_reps": PlanDisplay(10, 0, 90, "reps", status=SEEN),
    "plan_sets": PlanDisplay(0, 5, 0, "sets", status=SEEN),
    "plan_rest": PlanDisplay(12, 3, 120, "rest", status=SEEN),
    "insight": InsightDisplay(
        "squat",
        reps=12,
        bars=(("squat", 0.84375), ("romanian_deadlift", 0.09375), ("unknown", 0.0625)),
        joint="knee",
        curve=CURVE,
        status=SEEN,
    ),
    "insight_told": InsightDisplay("push_up", reps=3, joint="elbow", curve=CURVE, status=SEEN),
    "insight_nobody": InsightDisplay("unknown", bars=(("unknown", 1.0),)),
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
    **COLLECT,
    **TEACH,
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
