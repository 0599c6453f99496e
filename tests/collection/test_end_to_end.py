"""The daemon's own parts on the bundled clip: buttons in, a collection out, read by the tools."""

from pathlib import Path

import pytest

from gymbox import box
from gymbox.camera.clip import ClipCamera
from gymbox.collection.shelf import FOLDER, Shelf
from gymbox.config import defaults
from gymbox.display import Button, CollectDisplay
from gymbox.events import Event
from gymbox.loop import Loop
from gymbox.workouts.log import TrainingLog

DEMO = Path(__file__).parents[2] / "device" / "gymbox" / "demo" / "squats.mp4"


class Owner:
    """Says yes to everything until a take is kept."""

    def __init__(self, *, pictures: bool) -> None:
        self.loop: Loop | None = None
        self._pictures = pictures
        self._done = False

    def poll(self) -> list[Button]:
        assert self.loop is not None
        display = self.loop.display()
        step = display.step if isinstance(display, CollectDisplay) else ""
        if self._done or step in {"", "count_in", "record"}:
            return []
        self._done = step == "review"
        if self._pictures and step == "next":
            return [Button.BACK]
        if isinstance(display, CollectDisplay) and step == "pictures":
            return [Button.SELECT if display.pictures else Button.BACK]
        return [Button.SELECT]

    def close(self) -> None:
        """Nothing to give back."""


def collected(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, pictures: bool = False
) -> list[Event]:
    """Plays the clip before a box in collect mode; the go is 6 s after the first yes."""
    owner, told = Owner(pictures=pictures), list[Event]()
    monkeypatch.setattr(box, "buttons_of", lambda _: owner)
    settings = defaults().with_values({**box.REPLAY, "log.folder": str(folder)}, "test")
    with (
        ClipCamera(DEMO) as clip,
        box.open_box(settings, camera=clip, mode="collect", log=True, outputs=[told.append]) as one,
    ):
        owner.loop = one.loop
        one.run()
    return told


@pytest.mark.slow
def test_a_clip_becomes_a_take_that_the_tools_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tools.convert.sequence.collected import tracks  # noqa: PLC0415 (the tools are not needed)
    from tools.convert.sequence.labels import LABELS  # noqa: PLC0415
    from tools.convert.sequence.store import Store  # noqa: PLC0415
    from tools.convert.sequence.windows import ends  # noqa: PLC0415

    told = collected(tmp_path, monkeypatch)
    assert [event.name for event in told].count("take_rep") == 5
    assert "rep" not in {event.name for event in told}
    shelf = Shelf(tmp_path / FOLDER)
    (name,) = shelf.names()
    take = shelf.read(name)
    assert (take.exercise, take.counted, take.reps, take.pictures) == ("squat", 5, 5, 0)
    assert take.model.startswith("pose_landmark_full")
    assert {path.name for path in (shelf.folder / name).iterdir()} == {"take.json", "landmarks.npz"}
    with TrainingLog.open(tmp_path, read_only=True) as log:
        assert log.history(5) == []
    store = Store.of(tracks([shelf.folder]))
    chosen = ends(store, 30)
    seconds = chosen.at / store.fps[0]
    squat, unknown = LABELS.index("squat"), LABELS.index("unknown")
    assert set(chosen.label[(seconds > 9) & (seconds < 17)]) == {squat}
    assert set(chosen.label[seconds < 6]) == {unknown}
    assert set(chosen.label[seconds > 31]) == {unknown}


@pytest.mark.slow
def test_pictures_are_kept_where_the_owner_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected(tmp_path, monkeypatch, pictures=True)
    shelf = Shelf(tmp_path / FOLDER)
    (name,) = shelf.names()
    take = shelf.read(name)
    files = shelf.pictures(name)
    assert take.pictures == len(files)
    assert 20 < len(files) <= 5 * take.seconds
    assert all(int(path.stem) < take.frames for path in files)
