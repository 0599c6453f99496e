"""The screens of collect mode, from the first question to the word on what was kept."""

from gymbox.display import CollectDisplay, Display, MessageDisplay, Status

SEEN = Status(athlete=True, fps=14.6, battery=0.8)


def _at(step: str, **shown: object) -> CollectDisplay:
    return CollectDisplay(step, status=SEEN, **shown)  # type: ignore[arg-type]


COLLECT: dict[str, Display] = {
    "collect_athlete": _at("athlete", number=1),
    "collect_next": _at(
        "next", exercise="squat", of=5, direction="front left", height="middle", takes=12
    ),
    "collect_next_long": _at(
        "next", exercise="romanian_deadlift", of=10, direction="front right", height="middle"
    ),
    "collect_next_idle": _at("next", activity="walking", height="low", takes=1),
    "collect_exercise": _at("exercise", exercise="biceps_curl"),
    "collect_exercise_else": _at("exercise", exercise="unknown"),
    "collect_reps": _at("reps", number=5),
    "collect_direction": _at("direction", direction="front left"),
    "collect_direction_back": _at("direction", direction="back"),
    "collect_height": _at("height", height="middle"),
    "collect_pictures_no": _at("pictures"),
    "collect_pictures_yes": _at("pictures", pictures=True),
    "collect_ready": _at("ready", exercise="squat"),
    "collect_ready_pictures": _at("ready", exercise="squat", pictures=True),
    "collect_ready_advice": _at("ready", exercise="squat", advice="step back"),
    "collect_count_in": _at("count_in", exercise="squat", number=3),
    "collect_record": _at("record", exercise="squat", number=3, of=5, progress=0.6),
    "collect_record_pictures": _at(
        "record", exercise="romanian_deadlift", number=12, of=12, progress=0.9, pictures=True
    ),
    "collect_record_idle": _at("record", activity="setting up", number=17),
    "collect_review": _at("review", exercise="squat", number=5),
    "collect_review_away": _at("review", exercise="squat", number=None),
    "collect_review_idle": _at("review", activity="walking", number=0),
    "collect_saved": MessageDisplay("Saved", ("squat: 5 reps",), SEEN),
    "collect_full": MessageDisplay("No room", ("collection full", "counting goes on"), SEEN),
}
