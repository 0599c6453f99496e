"""The report on a classifier: its tables, its files, and what it refuses."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from gymbox.errors import InputError, UsageError
from tools.evaluate import (
    __main__,
    classification_plots,
    classification_report,
    classification_tables,
    training_curve,
)
from tools.evaluate.predictions import Predictions

LABELS = ("up", "down", "neither")
CURVES = "epoch,split,loss,accuracy,macro_f1\n1,train,0.9,0.5,0.4\n2,train,0.5,0.8,0.7\n"


def predictions() -> Predictions:
    """Six samples of three sources; one of the garage and one of the park are wrong."""
    scores = np.full((6, 3), 0.1)
    for row, said in enumerate([0, 1, 2, 0, 1, 0]):
        scores[row, said] = 0.8
    return Predictions.of(
        LABELS,
        [0, 1, 2, 0, 2, 2],
        scores,
        ["gym", "gym", "gym", "garage", "garage", "park"],
        ["a@0", "a@1", "a@2", "b@0", "b@1", "c@0"],
    )


def twin() -> Predictions:
    one = predictions()
    scores = one.scores.copy()
    scores[0] = [0.2, 0.6, 0.2]
    return Predictions(one.labels, one.truth, scores, one.sources, one.samples)


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("|")]


def test_the_summary_has_targets_models_and_their_agreement():
    lines = rows(
        classification_tables.summary(
            {"float": predictions(), "int8": twin()}, None, {"accuracy": 0.95}
        )
    )
    assert lines[0] == "|  | asked for | float | int8 |"
    assert lines[2] == "| samples |  | 6 of 3 sources | 6 of 3 sources |"
    assert lines[3].startswith("| accuracy | at least 95.0 % | **66.7 %** [0.0 %, 100.0 %] |")
    assert "**50.0 %**" in lines[3]
    assert lines[5] == "| expected calibration error |  | **0.133** | **0.267** |"
    assert lines[6] == "| says what float says |  |  | 83.3 % |"


def test_sources_stand_worst_first_with_their_commonest_mistake():
    text = classification_tables.by_source(predictions())
    assert rows(text)[2:] == [
        "| park | 1 | 0.0 % | neither taken for up (1) |",
        "| garage | 2 | 50.0 % | neither taken for down (1) |",
    ]
    assert "Of 3 sources 1 are right throughout." in text


def test_classes_without_samples_stand_there_with_nothing():
    lines = rows(classification_tables.by_class(predictions().take(np.array([0, 1]))))
    assert lines[2] == "| up | 1 | 1 | 1.000 | 1.000 | 1.000 | 1.000 |"
    assert lines[4] == "| neither | 0 | 0 |  |  |  |  |"


def test_the_worst_are_wrong_and_least_near_the_truth_first():
    one = predictions()
    scores = one.scores.copy()
    scores[4], scores[5] = [0.0, 0.6, 0.4], [0.97, 0.02, 0.01]
    one = Predictions(one.labels, one.truth, scores, one.sources, one.samples)
    assert classification_tables.worst_first(one).tolist() == [5, 4]
    assert rows(classification_tables.worst(one, np.array([5])))[2] == (
        "| c@0 | park | neither | up | 0.97 |"
    )


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ({}, True),
        ({"accuracy": 0.6, "calibration_error": 0.2}, True),
        ({"accuracy": 0.7}, False),
        ({"calibration_error": 0.1}, False),
        ({"macro_f1": 0.99}, False),
    ],
)
def test_targets_are_reached_or_not(targets: dict[str, float], expected: bool):  # noqa: FBT001
    assert classification_tables.reached(predictions(), targets) == expected


def test_the_macro_f1_of_a_target_is_over_the_named_classes():
    only_right = predictions().take(np.array([0, 1, 2, 3, 5]))
    assert classification_tables.reached(only_right, {"macro_f1": 1.0}, ["down"])
    assert not classification_tables.reached(only_right, {"macro_f1": 1.0})


def test_a_report_has_its_page_and_its_plots(tmp_path: Path):
    (tmp_path / "curves.csv").write_text(CURVES)
    folder = tmp_path / "report"
    page = classification_report.write(
        predictions(),
        folder,
        "Up or down",
        twins={"int8": twin()},
        curves=tmp_path / "curves.csv",
        picture=lambda _: np.full((40, 60, 3), 90, np.uint8),
        about="What it is about.",
        command="python -m something",
    )
    text = page.read_text()
    plots = {"confusion", "precision-recall", "reliability", "training", "worst"}
    for name in plots:
        assert f"({name}.png)" in text
        assert cv2.imread(str(folder / f"{name}.png")).std() > 1
    assert {path.stem for path in folder.iterdir()} == {*plots, "README"}
    for words in ("# Up or down", "What it is about.", "`python -m something`", "all 3 classes"):
        assert words in text


def test_pictures_of_people_can_be_kept_out_of_the_report(tmp_path: Path):
    sheet = tmp_path / "elsewhere" / "worst.png"
    page = classification_report.write(
        predictions(),
        tmp_path / "report",
        "Real people",
        picture=lambda _: np.zeros((9, 9, 3), np.uint8),
        worst_picture=sheet,
    )
    assert sheet.is_file()
    assert not (tmp_path / "report" / "worst.png").exists()
    assert "worst.png" not in page.read_text()


def test_many_classes_have_small_curves(tmp_path: Path):
    labels = [f"exercise_{k}" for k in range(13)]
    scores = np.full((13, 13), 0.4 / 12) + np.eye(13) * (0.6 - 0.4 / 12)
    names = [str(k) for k in range(13)]
    one = Predictions.of(labels, range(13), scores, names, names)
    page = classification_report.write(one, tmp_path, "Many", over=labels[:5])
    assert cv2.imread(str(tmp_path / "precision-recall.png")).shape[1] > 1000
    text = page.read_text()
    assert "mean over 5 of 13 classes: exercise_0, exercise_1, exercise_2" in text.replace(
        "\n", " "
    )
    assert "The worst samples" not in text


def test_a_twin_has_to_be_about_the_same_samples(tmp_path: Path):
    other = predictions().take(np.array([1, 0, 2, 3, 4, 5]))
    with pytest.raises(UsageError, match="int8 is about other samples"):
        classification_report.write(predictions(), tmp_path, "", twins={"int8": other})


@pytest.mark.parametrize("options", [{"over": ["left"]}, {"targets": {"beauty": 1.0}}])
def test_unknown_names_are_refused(tmp_path: Path, options: dict[str, object]):
    with pytest.raises(UsageError, match="there is no"):
        classification_report.write(predictions(), tmp_path, "", **options)


@pytest.mark.parametrize(
    "text", ["", "epoch,split\n1,train\n", CURVES + "x,train,1,1,1\n", CURVES[:38]]
)
def test_a_table_of_epochs_has_to_be_one(tmp_path: Path, text: str):
    (tmp_path / "c.csv").write_text(text)
    with pytest.raises(InputError):
        training_curve.read(tmp_path / "c.csv")


def test_the_command_writes_finds_pictures_and_judges(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    predictions().save(tmp_path / "p.npz")
    twin().save(tmp_path / "q.npz")
    pictures = tmp_path / "clips"
    pictures.mkdir()
    clip = cv2.VideoWriter(str(pictures / "b.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 5, (64, 48))
    for grey in (0, 255):
        clip.write(np.full((48, 64, 3), grey, np.uint8))
    clip.release()
    cv2.imwrite(str(pictures / "c@0.jpg"), np.zeros((9, 9, 3), np.uint8))
    common = ["classification", str(tmp_path / "p.npz"), "--out", str(tmp_path / "report")]
    twins = [*common, "--twin", f"int8={tmp_path / 'q.npz'}"]
    assert __main__.main([*twins, "--target", "accuracy=0.6"]) == 0
    printed = capsys.readouterr().out
    assert str(tmp_path) not in printed
    assert "classification p.npz --twin int8=q.npz --target accuracy=0.6" in printed
    assert __main__.main([*common, "--target", "accuracy=0.9"]) == 1
    worst = tmp_path / "worst.png"
    assert __main__.main([*common, "--pictures", str(pictures), "--worst", str(worst)]) == 0
    sheet = cv2.imread(str(worst))
    assert sheet[100, 100].min() > 240, "the second frame of the first clip is white"
    for option in (["--twin", "int8"], ["--target", "accuracy=high"]):
        assert __main__.main([*common, *option]) == 2
    assert __main__.main([*common, "--pictures", str(tmp_path)]) == 66


def test_a_figure_that_was_not_measured_has_no_panel():
    nan = float("nan")
    epochs = [
        training_curve.Epoch(epoch, split, 1.0 / epoch, nan, 0.5 if split == "a" else nan)
        for epoch in (1, 2)
        for split in ("a", "b")
    ]
    curves = classification_plots._curves(epochs)
    assert set(curves) == {"loss", "macro_f1"}
    assert curves["macro_f1"] == {"a": [(1, 0.5), (2, 0.5)]}
