"""The screens of teach mode, from the first word to the name.

python -m tests.panel.teach_screens     write docs/screens/teach.png
"""

from pathlib import Path

from PIL import Image

from gymbox.display import Display, Status, TeachDisplay
from gymbox.panel.views import render

SEEN = Status(athlete=True, fps=14.6, battery=0.8)


def _at(step: str, **shown: object) -> TeachDisplay:
    return TeachDisplay(step, status=SEEN, **shown)  # type: ignore[arg-type]


TEACH: dict[str, Display] = {
    "teach_start": _at("start"),
    "teach_hold": _at("hold"),
    "teach_hold_advice": _at("hold", advice="step back"),
    "teach_show": _at("show"),
    "teach_show_one": _at("show", reps=1),
    "teach_show_enough": _at("show", reps=3, enough=True),
    "teach_show_advice": _at("show", reps=2, advice="step closer"),
    "teach_learning": _at("learning"),
    "teach_problem": _at("problem", words="move more"),
    "teach_problem_few": _at("problem", words="3 reps needed, saw 2"),
    "teach_problem_side": _at("problem", words="not clear, turn a bit"),
    "teach_like": _at("like", words="lateral_raise"),
    "teach_name": _at("name", name="front_raise"),
    "teach_name_long": _at("name", name="kettlebell_swing"),
    "teach_saved": _at("saved", words="hip_thrust"),
}


SHEET = Path(__file__).parents[2] / "docs" / "screens" / "teach.png"
SHOWN = ("start", "hold", "show", "show_enough", "name", "saved", "problem_few", "like")
ZOOM, MARGIN, COLUMNS = 2, 12, 4


def main() -> None:
    """Writes the picture of docs/teach.md."""
    cell = 128 * ZOOM + MARGIN, 64 * ZOOM + MARGIN
    rows = -(-len(SHOWN) // COLUMNS)
    whole = Image.new("L", (COLUMNS * cell[0] + MARGIN, rows * cell[1] + MARGIN), 96)
    for number, name in enumerate(SHOWN):
        picture = render(TEACH[f"teach_{name}"], (128 * ZOOM, 64 * ZOOM)).convert("L")
        place = number % COLUMNS * cell[0] + MARGIN, number // COLUMNS * cell[1] + MARGIN
        whole.paste(picture, place)
    whole.convert("P", palette=Image.Palette.ADAPTIVE, colors=3).save(SHEET, optimize=True)


if __name__ == "__main__":
    main()
