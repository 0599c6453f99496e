import pytest

from gymbox.errors import ConfigError, UsageError
from gymbox.reps.profiles import parse, profile, profiles

PLANK_JACK = """
[plank_jack]
title = "Plank jack"
first = "eccentric"
counts_at = "start"
sides = "both"
signals = [{ name = "knee", start = 170, turn = 90 }]
range = 0.5
min_rep = 0.4
"""


def test_the_exercises_are_there():
    assert list(profiles()) == [
        "squat",
        "push_up",
        "deadlift",
        "romanian_deadlift",
        "shoulder_press",
        "biceps_curl",
        "bench_press",
        "pull_up",
        "dip",
        "lunge",
        "leg_extension",
        "sit_up",
        "lateral_raise",
    ]


def test_an_exercise_needs_no_python():
    added = parse(PLANK_JACK)["plank_jack"]
    assert added.title == "Plank jack"
    assert added.signals[0].weight == 1.0
    assert added.signals[0].progress(130) == pytest.approx(0.5)


def test_a_variant_takes_what_it_does_not_say_itself():
    variant = profile("romanian_deadlift")
    assert variant.variant_of == "deadlift"
    assert variant.title != profile("deadlift").title
    assert variant.signals == profile("deadlift").signals


def test_an_unknown_exercise_names_the_nearest():
    with pytest.raises(UsageError, match="did you mean squat"):
        profile("squats")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("range", "rnage", "has no range"),
        ("sides =", "min_reps = 1\nsides =", "unknown key min_reps.*did you mean min_rep"),
        ("start = 170", "start = 170, wieght = 2", "unknown key wieght.*weight"),
        ('"knee"', '"knees"', "unknown signal 'knees'.*knee"),
        ('"both"', '"left"', "sides in plank_jack is 'left'.*visible, both, any"),
        ("0.5", "true", "range in plank_jack is True.*a number"),
        ('"Plank jack"', "3", "title in plank_jack is 3.*a text"),
        ("turn = 90", "turn = 170", "no progress"),
        ("[{ name", "3 #", "signals in plank_jack is 3.*list of tables"),
        ("[plank_jack]", "plank_jack = 3\n[other]", "plank_jack is not a table"),
        ("title", 'variant_of = "plank"\ntitle', "variant of unknown 'plank'"),
        ("[plank_jack]", "[plank_jack", "not TOML"),
        ('[{ name = "knee", start = 170, turn = 90 }]', "[]", "no signals"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(old: str, new: str, message: str):
    assert old in PLANK_JACK
    with pytest.raises(ConfigError, match=f"(?s){message}"):
        parse(PLANK_JACK.replace(old, new, 1))
