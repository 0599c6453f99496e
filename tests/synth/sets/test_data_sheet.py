from tools.synth.sets import data_sheet, recipe


def label(exercise: str, reps: int, **more: object) -> dict[str, object]:
    return {"exercise": exercise, "reps": reps, "frames": 150, "fps": 15.0, **more}


def test_counts_and_length_are_told():
    spec = recipe.read()["test"]
    labels = [label("squat", 5), label("squat", 5, faults={"shallow": 1.0}), label("dip", 2)]
    words = data_sheet.render(spec, labels)
    assert "| squat | 2 |" in words
    assert "| dip | 1 |" in words
    assert "| shallow | 1 |" in words
    assert "450 pictures, 0.5 minutes" in words
    assert str(spec.seed) in words


def test_an_empty_set_has_a_sheet():
    assert "0 clips" in data_sheet.render(recipe.read()["test"], [])


def test_shards_are_added_up():
    counts = {
        "exercise": {"squat": 6, "dip": 2},
        "view": {"side": 8},
        "fps": {"15": 8},
        "fault": {},
    }
    one = {"sequences": 8, "frames": 900, "seconds": 60.0, "repetitions": 12, "lost": 9, **counts}
    words = data_sheet.render(recipe.read()["sequences"], [one, one])
    assert "16 sequences of landmarks in 2 shards" in words
    assert "| squat | 12 |" in words
    assert "in 1.0% nobody is found" in words
