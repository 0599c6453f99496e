"""Where a network looks: the heat is where it ought to be, and the figures say so."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from gymbox.errors import InputError, ModelError, UsageError
from gymbox.inference.manifest import find_model
from gymbox.inference.phase_net import GREY
from tools.evaluate import __main__, athlete_box, explain, explain_figures, explain_network
from tools.evaluate.explain_figures import Explained
from tools.evaluate.occlusion import occlusion

SIDE = 48


class Corner:
    """A network that knows nothing but how bright a corner of the picture is."""

    labels = ("bright", "dark")
    side = SIDE

    def __init__(self, place: tuple[slice, slice] = np.s_[:12, :12]) -> None:
        self._place = place

    def __call__(self, picture: NDArray[np.uint8]) -> NDArray[np.float64]:
        bright = float(picture[self._place].mean()) / 255
        return np.array([bright, 1 - bright])


def white(side: int = SIDE) -> NDArray[np.uint8]:
    return np.full((side, side, 3), 255, np.uint8)


def test_hiding_what_the_network_does_not_look_at_changes_nothing():
    heat = occlusion(Corner(), white(), 0)
    patch = SIDE // 6
    assert heat[:12, :12].min() > 0
    assert not heat[12 + patch :, :].any()
    assert not heat[:, 12 + patch :].any()


def test_heat_of_the_other_class_is_the_opposite():
    np.testing.assert_allclose(
        occlusion(Corner(), white(), 0), -occlusion(Corner(), white(), 1), atol=1e-12
    )


@settings(max_examples=25, deadline=None)
@given(
    side=st.integers(8, 40),
    patch=st.floats(0.05, 0.5),
    top=st.integers(0, 30),
    left=st.integers(0, 30),
)
def test_every_pixel_is_hidden_four_times(side: int, patch: float, top: int, left: int):
    """A network that looks at one pixel loses half of its probability each time it is hidden."""
    row, column = min(top, side - 1), min(left, side - 1)
    heat = occlusion(Corner(np.s_[row : row + 1, column : column + 1]), white(side), 0, patch)
    assert heat[row, column] == pytest.approx(1 - GREY / 255)
    step = max(1, round(side * patch / 2))
    far = np.abs(np.arange(side) - row) >= 2 * step
    assert not heat[far].any()


def explained(inside: NDArray[np.bool_] | None, heat: NDArray[np.float64]) -> Explained:
    return Explained(
        name="a.jpg",
        picture=white(),
        label="bright",
        probabilities={"bright": 0.9, "dark": 0.1},
        heat={"occlusion": heat},
        inside=inside,
        frame=np.ones((SIDE, SIDE), bool),
    )


def left_quarter() -> NDArray[np.bool_]:
    inside = np.zeros((SIDE, SIDE), bool)
    inside[:, : SIDE // 4] = True
    return inside


def test_even_heat_has_the_share_of_the_area():
    even = np.ones((SIDE, SIDE))
    found = explain_figures.share(even, explained(left_quarter(), even))
    assert (found.area, found.heat, found.ratio) == (0.25, 0.25, 1.0)


def test_heat_on_the_athlete_counts_and_what_speaks_against_does_not():
    heat = np.full((SIDE, SIDE), -1.0)
    heat[:, :2] = 3.0
    assert explain_figures.share(heat, explained(left_quarter(), heat)).ratio == 4.0


def test_heat_on_the_grey_bars_does_not_count():
    heat = np.ones((SIDE, SIDE))
    item = explained(left_quarter(), heat)
    item.frame[:, SIDE // 2 :] = False
    found = explain_figures.share(heat, item)
    assert (found.area, found.heat) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("inside", "heat"),
    [
        (None, np.ones((SIDE, SIDE))),
        (left_quarter(), -np.ones((SIDE, SIDE))),
        (np.zeros((SIDE, SIDE), bool), np.ones((SIDE, SIDE))),
        (np.ones((SIDE, SIDE), bool), np.ones((SIDE, SIDE))),
    ],
)
def test_no_box_no_heat_or_nothing_else_is_no_share(
    inside: NDArray[np.bool_] | None, heat: NDArray[np.float64]
):
    assert explain_figures.share(heat, explained(inside, heat)) is None


def test_the_table_is_over_the_pictures_that_have_a_share():
    heat = np.zeros((SIDE, SIDE))
    heat[:, 0] = 1
    even = np.ones((SIDE, SIDE))
    items = [
        explained(left_quarter(), heat),
        explained(left_quarter(), even),
        explained(None, even),
    ]
    row = explain_figures.table(items, ["occlusion"]).splitlines()[2]
    assert row == "| occlusion | 2 | 25.0% | 62.5% | **2.50** | 50% |"


def test_the_box_goes_through_the_letterbox_as_the_picture_does():
    inside, frame = athlete_box.seen((50, 100), (0.5, 0.0, 1.0, 0.5), 40)
    assert frame[10:30].all()
    assert not frame[:10].any()
    assert not frame[30:].any()
    assert inside[10:20, 20:].all()
    assert inside.sum() == 200


def picture(folder: Path, name: str = "a.jpg") -> Path:
    image = np.zeros((SIDE, SIDE, 3), np.uint8)
    image[:16, :16] = 255
    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / name), image)
    return folder / name


def test_boxes_are_found_beside_the_picture_or_in_labels(tmp_path: Path):
    one = picture(tmp_path / "images")
    assert athlete_box.labelled(one) is None
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "a.txt").write_text("3 0.5 0.5 0.2 0.4\n0 0.1 0.1 0.1 0.1\n")
    assert athlete_box.labelled(one) == pytest.approx((0.4, 0.3, 0.6, 0.7))
    (tmp_path / "images" / "a.txt").write_text("")
    assert athlete_box.labelled(one) is None
    (tmp_path / "images" / "a.txt").write_text("3 left")
    with pytest.raises(InputError, match="YOLO"):
        athlete_box.labelled(one)


def test_an_empty_room_has_no_athlete():
    assert athlete_box.Finder()(np.full((120, 160, 3), 90, np.uint8)) is None


def test_a_report_on_a_network_that_looks_at_the_corner(tmp_path: Path):
    one = picture(tmp_path)
    one.with_suffix(".txt").write_text("0 0.17 0.17 0.34 0.34")
    items = [explain.Explainer(Corner(), None, 1 / 6)(str(one)) for _ in range(7)]
    assert items[0].label == "bright"
    assert explain_figures.share(items[0].heat["occlusion"], items[0]).ratio > 5
    page = explain.write(items, ("occlusion",), "corner", tmp_path / "report")
    text = page.read_text()
    assert "| occlusion | 7 |" in text
    for name in ("shares.png", "heat-1.png", "heat-2.png"):
        assert f"({name})" in text
        assert cv2.imread(str(page.parent / name)).std() > 1
    assert not (page.parent / "heat-3.png").exists()


def test_a_class_may_be_chosen(tmp_path: Path):
    explainer = explain.Explainer(Corner(), None, 0.5)
    assert explainer(str(picture(tmp_path)), "dark").label == "dark"
    with pytest.raises(UsageError, match="no class left"):
        explainer(str(picture(tmp_path)), "left")


def test_models_that_do_not_classify_are_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="no classifier"):
        explain_network.ImageClassifier(find_model("pose_detection"))
    with pytest.raises(ModelError, match="no model nothing"):
        explain_network.find("nothing")
    with pytest.raises(UsageError, match="--labels and --range"):
        explain_network.find(str(tmp_path / "a.tflite"))
    with pytest.raises(InputError, match="cannot be read"):
        explain_network.find(str(tmp_path / "a.tflite"), ["a", "b"], (0, 1))
    (tmp_path / "a.tflite").write_bytes(b"no model at all")
    with pytest.raises(InputError, match="no model"):
        explain_network.find(str(tmp_path / "a.tflite"), ["a", "b"], (0, 1))


def test_a_file_that_the_manifest_names_has_its_card():
    card = find_model("pose_detection")
    assert explain_network.find(str(card.path)) == card


def test_a_missing_picture_is_an_input_error(tmp_path: Path):
    (tmp_path / "b.jpg").write_text("no picture")
    for name in ("a.jpg", "a.mp4@3", "b.jpg"):
        with pytest.raises(InputError):
            explain.Explainer(Corner(), None, 0.5)(str(tmp_path / name))


def test_a_box_that_leaves_the_frame_ends_at_its_rim():
    inside, _ = athlete_box.seen((40, 40), (-0.5, -0.5, 0.5, 0.5), 40)
    assert inside.sum() == 400
    assert inside[:20, :20].all()


def test_the_command_says_in_one_line_what_is_wrong(capsys: pytest.CaptureFixture[str]):
    assert __main__.main(["explain", "nothing", "nowhere.jpg"]) == 78
    assert capsys.readouterr().err.startswith("error: there is no model nothing")
