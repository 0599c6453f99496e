import pytest

from gymbox.errors import UsageError
from gymbox.motion.features import COUNT
from tools.convert.contracts import CONTRACTS
from tools.convert.sources.source import ConvertError

PHASE, SEQUENCE = CONTRACTS["phase"], CONTRACTS["sequence"]


@pytest.mark.parametrize("shape", [(1, 96, 96, 3), (1, 224, 224, 3), (1, None, None, 3)])
def test_a_phase_model_takes_square_pictures(shape: tuple[int | None, ...]):
    assert PHASE.form(shape).features == "picture"


@pytest.mark.parametrize("shape", [(1, 64, 64, 3), (1, 256, 256, 3), (1, 96, 96, 1), (1, 30, 132)])
def test_and_nothing_else(shape: tuple[int | None, ...]):
    with pytest.raises(ConvertError, match=r"96\.\.224"):
        PHASE.form(shape)


def test_a_sequence_model_says_which_features_it_takes():
    assert SEQUENCE.form((1, 30, 132)).features == "image-landmarks"
    assert SEQUENCE.form((1, 20, COUNT)).features == "window-features"
    with pytest.raises(ConvertError, match=f"{COUNT}] window-features"):
        SEQUENCE.form((1, 20, COUNT - 1))


def test_labels_may_come_in_any_order():
    assert PHASE.check_labels(["neither", "up", "down"]) == ("neither", "up", "down")


def test_a_sequence_model_need_not_know_every_exercise():
    assert SEQUENCE.check_labels(["squat", "biceps_curl"]) == ("squat", "biceps_curl")


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([], "in the order of the outputs"),
        (["up", "down"], "needs the label neither"),
        (["up", "down", "left"], "no label left"),
        (["up", "up", "down", "neither"], "twice"),
    ],
)
def test_wrong_labels_are_refused(labels: list[str], words: str):
    with pytest.raises(UsageError, match=words):
        PHASE.check_labels(labels)


def test_equipment_is_called_what_its_maker_likes():
    assert CONTRACTS["equipment"].check_labels(["rower", "bench"]) == ("rower", "bench")
