from pathlib import Path

from tools.convert.phase.photos import OTHER, photos


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_what_is_known_of_a_photograph(tmp_path: Path):
    lay(
        tmp_path,
        "exercise_boxes/images/a.jpg",
        "exercise_boxes/images/b.jpg",
        "exercise_boxes_2/one/images/plank/p.jpg",
        "exercise_boxes_2/one/images/squat/s.jpg",
        "exercise_boxes_2/two_squat_skeleton/images/t.jpg",
        "equipment/treadmill/x__1.jpg",
        "equipment/squat_rack/x__2.jpg",
        "equipment/squat_rack/notes.txt",
        "negatives/food.png",
    )
    (tmp_path / "exercise_boxes" / "boxes.csv").write_text(
        "file,class\na.jpg,push_up\nb.jpg,bench_press\n"
    )
    found = {file.name: exercise for file, exercise in photos(tmp_path)}
    assert found == {
        "a.jpg": "push_up",
        "b.jpg": OTHER,
        "p.jpg": "",
        "s.jpg": "squat",
        "t.jpg": "squat",
        "x__1.jpg": OTHER,
        "x__2.jpg": "",
        "food.png": OTHER,
    }


def test_pictures_cut_from_the_clips_are_left_out(tmp_path: Path):
    lay(tmp_path, "equipment/treadmill/TheSebitzu_frames__1.jpg", "equipment/treadmill/y__1.jpg")
    assert [file.name for file, _ in photos(tmp_path)] == ["y__1.jpg"]


def test_one_order_whenever_it_is_asked_for(tmp_path: Path):
    lay(tmp_path, *(f"negatives/{number}.jpg" for number in range(30)))
    assert list(photos(tmp_path)) == list(photos(tmp_path))
