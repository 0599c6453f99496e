"""The thread that keeps the collection: order, a disk that fails, and how much room there is."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gymbox.collection.keeper import MOST_WAITING, RESERVE, Keeper
from gymbox.collection.shelf import Shelf
from gymbox.collection.take import UNKNOWN, Order, Take
from tests.collection.takes import IMAGE, result

SECONDS = 20


class BadShelf(Shelf):
    """Fails as long as it is told to."""

    error: OSError | None = None

    def _try(self) -> None:
        if self.error is not None:
            raise self.error

    def put(self, take: Take, landmarks: bytes) -> None:
        self._try()
        super().put(take, landmarks)

    def add_picture(self, name: str, frame: int, jpeg: bytes) -> None:
        self._try()
        super().add_picture(name, frame, jpeg)


@pytest.fixture
def shelf(tmp_path: Path) -> BadShelf:
    return BadShelf(tmp_path / "collection")


@pytest.fixture
def keeper(shelf: BadShelf) -> Iterator[Keeper]:
    made = Keeper(shelf, most=10**9, model="full", retry_after=0.01, retry_limit=0.05)
    made.open()
    assert made.flush(SECONDS)
    yield made
    shelf.error = None
    made.close()


def wait_for(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.005)


def test_a_take_is_written_then_answered(keeper: Keeper, shelf: BadShelf) -> None:
    keeper.keep(result("one"))
    keeper.answer("one", 4)
    assert [take.reps for take in keeper.takes()] == [4]
    assert keeper.flush(SECONDS)
    take = shelf.read("one")
    assert (take.reps, take.counted, take.model, take.box) == (4, 3, "full", shelf.box())
    assert take.recorded.endswith("+00:00")
    assert keeper.used() == shelf.size("one")


def test_what_was_thrown_away_is_gone(keeper: Keeper, shelf: BadShelf) -> None:
    keeper.picture("one", 3, IMAGE)
    keeper.keep(result("one"))
    keeper.discard("one")
    assert keeper.takes() == []
    assert keeper.flush(SECONDS)
    assert shelf.names() == []
    assert not list(shelf.folder.rglob("*.jpg"))
    assert keeper.used() == 0


def test_pictures_are_counted_in_the_take(keeper: Keeper, shelf: BadShelf) -> None:
    for frame in range(0, 9, 3):
        keeper.picture("one", frame, IMAGE)
    keeper.keep(result("one"))
    assert keeper.flush(SECONDS)
    assert shelf.read("one").pictures == 3
    assert len(shelf.pictures("one")) == 3
    assert keeper.takes()[0].pictures == 3


def test_an_answer_keeps_the_label_that_the_owner_has_given(
    keeper: Keeper, shelf: BadShelf
) -> None:
    keeper.keep(result("one", Order(exercise=UNKNOWN)))
    assert keeper.flush(SECONDS)
    shelf.relabel(replace(shelf.read("one"), called="kettlebell swing"))
    keeper.answer("one", 3)
    assert keeper.flush(SECONDS)
    assert (shelf.read("one").reps, shelf.read("one").called) == (3, "kettlebell swing")


def test_a_full_disk_loses_nothing_and_refuses_more(keeper: Keeper, shelf: BadShelf) -> None:
    shelf.error = OSError(28, "No space left on device")
    keeper.keep(result("one"))
    keeper.answer("one", 3)
    wait_for(lambda: keeper.trouble)
    assert keeper.refusal() == "disk: no space left on device"
    assert keeper.takes()[0].reps == 3
    shelf.error = None
    assert keeper.flush(SECONDS)
    wait_for(lambda: not keeper.trouble)
    assert keeper.refusal() == ""
    assert shelf.read("one").reps == 3


def test_pictures_that_the_disk_does_not_take_are_left_out(keeper: Keeper, shelf: BadShelf) -> None:
    shelf.error = OSError(5, "Input/output error")
    keeper.picture("one", 0, IMAGE)
    assert keeper.flush(SECONDS)
    shelf.error = None
    keeper.picture("one", 3, IMAGE)
    keeper.keep(result("one"))
    assert keeper.flush(SECONDS)
    assert shelf.read("one").pictures == 1


def test_pictures_do_not_pile_up_before_a_slow_disk(shelf: BadShelf) -> None:
    keeper = Keeper(shelf, most=10**9)
    for frame in range(50):
        keeper.picture("one", frame, IMAGE)
    assert len(keeper._jobs) == MOST_WAITING


def test_the_collection_has_bounds(shelf: BadShelf) -> None:
    small = Keeper(shelf, most=RESERVE + 5_000)
    small.open()
    assert small.flush(SECONDS)
    assert small.refusal() == ""
    for frame in range(5):
        small.picture("one", frame, IMAGE)
        assert small.flush(SECONDS)
    small.keep(result("one"))
    assert small.flush(SECONDS)
    assert shelf.read("one").pictures == 0  # one picture of noise is larger than 5 kB
    assert small.refusal() == "collection full"
    assert small.close() == []


def test_a_disk_that_is_nearly_full_is_left_to_the_log(
    keeper: Keeper, shelf: BadShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "free", lambda: 10**6)
    assert keeper.refusal() == "disk nearly full"


def test_closing_says_what_could_not_be_written(shelf: BadShelf) -> None:
    keeper = Keeper(shelf, most=10**9, retry_after=0.01)
    assert keeper.close() == []  # never opened: there is no thread
    keeper.open()
    assert keeper.flush(SECONDS)
    shelf.error = OSError(30, "Read-only file system")
    keeper.keep(result("one"))
    assert keeper.close(0.3) == ["one"]


def test_a_restart_knows_what_was_there_and_tidies_up(shelf: BadShelf, keeper: Keeper) -> None:
    keeper.keep(result("one"))
    assert keeper.flush(SECONDS)
    shelf.add_picture("cut off", 1, b"jpeg")
    (shelf.folder / "odd").mkdir()
    told: list[str] = []
    again = Keeper(shelf, most=10**9, on_change=told.append)
    again.open()
    wait_for(lambda: again.loaded)
    assert [take.name for take in again.takes()] == ["one"]
    assert shelf.drafted("cut off") == 0
    assert any("odd" in line for line in told)
    again.close()


def test_what_the_owner_removed_meanwhile_is_no_trouble(keeper: Keeper, shelf: BadShelf) -> None:
    keeper.keep(result("one"))
    assert keeper.flush(SECONDS)
    shelf.remove("one")
    keeper.answer("one", 3)
    assert keeper.flush(SECONDS)
    assert keeper.takes() == []
    assert keeper.trouble == ""
    keeper.open()
    wait_for(lambda: keeper.loaded)
    assert keeper.takes() == []


def test_names_tell_athlete_and_exercise_and_never_meet(keeper: Keeper) -> None:
    names = {keeper.name(Order(athlete=3, exercise="dip")) for _ in range(20)}
    assert len(names) == 20
    assert all("-dip-a3-" in name for name in names)
    assert "-setting_up-a1-" in keeper.name(Order(exercise="none", activity="setting up"))
