"""The screens of teach mode, from the first word to the name."""

from gymbox.display import Display, Status, TeachDisplay

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
