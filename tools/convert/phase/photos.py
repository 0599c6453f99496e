"""Which photographs there are to learn from, and what is known of them."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

OTHER = "other"
"""An exercise that is neither a push-up nor a squat."""
KNOWN = {
    "squat": "squat",
    "push_up": "push_up",
    "bench_press": OTHER,
    "shoulder_press": OTHER,
    "deadlift": OTHER,
    "leg_extension": OTHER,
    "split_leap": OTHER,
    "stag_leap": OTHER,
}
"""Classes of the pictures with boxes; planks look like push-ups, so nothing is said of them."""
DOUBTFUL = {
    "aerobic_stepper", "barbell", "bosu_ball", "curl_bar", "dumbbell", "foam_roller", "gym_ball",
    "kettlebell", "medicine_ball", "smith_machine", "squat_rack", "vibration_plate", "weight_tree",
}  # fmt: skip
"""Equipment with which people squat, or before which they stand as one does to squat."""
SAME_AS_CLIPS = ("TheSebitzu",)
"""Sources whose pictures were cut from the clips: they would be seen before they are judged."""
ENDINGS = {".jpg", ".jpeg", ".png"}


def photos(data: Path) -> Iterator[tuple[Path, str]]:
    """File and exercise of every photograph, the labelled ones first.

    Args:
        data: a folder with `exercise_boxes`, `exercise_boxes_2`, `equipment` and `negatives`; what
            is not there is passed over.
    """
    table = data / "exercise_boxes" / "boxes.csv"
    if table.is_file():
        with table.open(newline="", encoding="utf-8") as lines:
            classes = {row["file"]: row["class"] for row in csv.DictReader(lines)}
        for file in _pictures(data / "exercise_boxes"):
            yield file, KNOWN.get(classes.get(file.name, ""), "")
    for file in _pictures(data / "exercise_boxes_2"):
        squats = "squat" in file.parts[-3]
        yield file, "squat" if squats else KNOWN.get(file.parent.name, "")
    rest = [
        (file, "" if file.parent.name in DOUBTFUL else OTHER)
        for folder in ("equipment", "negatives")
        for file in _pictures(data / folder)
        if not file.name.startswith(SAME_AS_CLIPS)
    ]
    random.Random(0).shuffle(rest)  # noqa: S311 (an order, not a secret)
    yield from rest


def _pictures(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in ENDINGS)
