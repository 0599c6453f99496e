"""The whole step: on the bundled clip with its exact labels, and against MediaPipe's landmarks."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from gymbox.camera.frame import Frame
from gymbox.inference.detector import Detection
from gymbox.inference.landmarker import ANCHORS, RawPose
from gymbox.inference.pose_tracker import PoseModel, PoseTracker
from gymbox.inference.roi import Roi
from gymbox.motion.landmarks import Landmark

DEMO = Path(__file__).resolve().parents[2] / "device" / "gymbox" / "demo"


def frames(path: Path, fps: float | None = None) -> Iterator[Frame]:
    capture = cv2.VideoCapture(str(path))
    fps = fps or capture.get(cv2.CAP_PROP_FPS)
    index = 0
    while True:
        more, image = capture.read()
        if not more:
            return
        yield Frame(image, index / fps, index)
        index += 1


def knee_angles(world: np.ndarray) -> list[float]:
    sides = ("LEFT", "RIGHT")
    angles = []
    for side in sides:
        hip, knee, ankle = (world[Landmark[f"{side}_{part}"]] for part in ("HIP", "KNEE", "ANKLE"))
        up, down = hip - knee, ankle - knee
        cosine = up @ down / (np.linalg.norm(up) * np.linalg.norm(down))
        angles.append(float(np.degrees(np.arccos(cosine))))
    return angles


@pytest.mark.parametrize("model", ["lite", "full"])
def test_the_bundled_athlete_is_followed(model: PoseModel):
    labels = json.loads((DEMO / "squats.json").read_text())
    stages: list[str] = []
    tracker = PoseTracker(model=model, lap=stages.append)
    arrives = round(labels["athlete"]["arrives"] * labels["fps"])
    followed = errors = 0
    wrong = []
    for frame in islice(frames(DEMO / "squats.mp4", labels["fps"]), arrives + 75):
        pose = tracker.process(frame)
        if labels["in_view"][frame.index] == "none":
            errors += pose is not None
        if frame.index < arrives:
            continue
        assert labels["in_view"][frame.index] == "whole"
        followed += pose is not None
        if pose is not None:
            assert pose.size == (640, 480)
            assert 0.5 < pose.score <= 1
            wrong.append(
                np.subtract(knee_angles(pose.world), labels["knee_angle"][frame.index]).mean()
            )
    assert errors <= 1
    assert followed == 75
    # In the world landmarks, knees of people who stand look bent by some 15 degrees.
    assert np.median(np.abs(wrong)) < 20
    # The detector searched the empty room and then found the athlete; after that it mostly rests.
    ends = [i for i, stage in enumerate(stages) if stage == "smooth"][-50:]
    assert stages[ends[0] :].count("detect_invoke") < 10
    assert sum(stages[end - 3 : end] == ["crop", "invoke", "decode"] for end in ends) > 40


def test_an_empty_picture_has_nobody_and_is_searched_again():
    stages: list[str] = []
    tracker = PoseTracker(model="lite", lap=stages.append)
    for index in range(2):
        image = np.full((360, 640, 3), 127, np.uint8)
        assert tracker.process(Frame(image, index / 30, index)) is None
    assert stages == ["detect_crop", "detect_invoke", "detect_decode"] * 2


def test_after_a_reset_the_same_clip_gives_the_same_poses():
    tracker = PoseTracker(model="lite")
    rows = []
    for _ in range(2):
        tracker.reset()
        poses = [tracker.process(f) for f in islice(frames(DEMO / "squats.mp4", 15), 30, 60)]
        rows.append([pose.points for pose in poses if pose is not None])
    assert len(rows[0]) >= 10
    np.testing.assert_array_equal(rows[0], rows[1])


@pytest.mark.parametrize("clip", ["calimiro_push_up_push_up_1", "calimiro_dip_dips_8"])
def test_it_agrees_with_mediapipe(data: Path, clip: str):
    with np.load(data / "reference_landmarks" / f"{clip}.npz") as reference:
        theirs = reference["landmarks"][:90]
    tracker = PoseTracker(model="full")
    # MediaPipe takes every clip to have 30 frames a second.
    poses = [tracker.process(f) for f in islice(frames(data / "clips" / f"{clip}.mp4", 30), 90)]
    ours = np.array([np.full((33, 3), np.nan) if p is None else p.points for p in poses])
    np.testing.assert_array_equal(np.isnan(ours[:, 0, 0]), np.isnan(theirs[:, 0, 0]))
    apart = np.linalg.norm(ours[..., :2] - theirs[..., :2], axis=-1)
    extent = np.nanmedian(np.ptp(theirs[..., :2], axis=1).max(axis=1))
    # The published networks come within 0.0005, 0.0042 and 0.0005 here; the integers of ours, whose
    # errors the next region carries on, within 0.0035, 0.0215 and 0.0048, or in tflite-runtime
    # 0.0038, 0.0303 and 0.0056.
    assert np.nanmedian(apart) < 0.004 * extent
    assert np.nanpercentile(apart, 95) < 0.032 * extent
    visibility = np.array([np.nan * np.ones(33) if p is None else p.visibility for p in poses])
    assert np.nanmedian(np.abs(visibility - theirs[..., 3])) < 0.006


def follow(scores: list[float], monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether somebody is found in frames, one a second, in which the network says these scores."""
    tracker = PoseTracker(model="lite")
    places = np.random.default_rng(0).uniform(0, 90, (68, 3)).astype(np.float32)
    now = 0

    def decode(_roi: object, _matrix: object, min_score: float) -> RawPose | None:
        score = scores[now]
        return RawPose(places, np.ones(33, np.float32), score) if score > min_score else None

    somebody = [Detection(Roi(50, 50, 90), 0.9)]
    monkeypatch.setattr(tracker.detector, "decode", lambda _matrix: somebody)
    monkeypatch.setattr(tracker.landmarker, "decode", decode)
    image = np.zeros((100, 100, 3), np.uint8)

    def step(t: int) -> bool:
        nonlocal now
        now = t
        return tracker.process(Frame(image, float(t), t)) is not None

    return [step(t) for t in range(len(scores))]


def test_nobody_is_followed_on_a_doubt(monkeypatch: pytest.MonkeyPatch):
    assert follow([0.4, 0.4, 0.97, 0.4, 0.1, 0.4], monkeypatch) == [0, 0, 1, 1, 0, 0]


def test_doubts_last_some_seconds_and_no_longer(monkeypatch: pytest.MonkeyPatch):
    found = follow([0.97, *[0.3] * 6], monkeypatch)
    assert found == [1, 1, 1, 1, 0, 0, 0]
    assert follow([0.97, 0.3, 0.3, 0.9, 0.3, 0.3, 0.3, 0.3], monkeypatch) == [1] * 7 + [0]


def test_the_search_goes_on_until_somebody_is_surely_found(monkeypatch: pytest.MonkeyPatch):
    searches: list[str] = []
    tracker = PoseTracker(model="lite", lap=searches.append)
    places = np.random.default_rng(0).uniform(0, 90, (68, 3)).astype(np.float32)
    places[ANCHORS, :2] = (50, 60), (50, 20)
    raw = RawPose(places, np.ones(33, np.float32), 0)
    scores = iter([0.8, 0.9, 0.97, 0.8, 0.8])
    monkeypatch.setattr(
        tracker.detector, "decode", lambda _matrix: [Detection(Roi(50, 50, 90), 0.9)]
    )
    monkeypatch.setattr(tracker.landmarker, "decode", lambda *_: replace(raw, score=next(scores)))
    counts = []
    for index in range(5):
        assert tracker.process(Frame(np.zeros((100, 100, 3), np.uint8), index / 10, index))
        counts.append(searches.count("detect_invoke"))
    assert counts == [1, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("rotation", "there", "turned", "flipped"),
    [
        (1.6, 0.9, 0.9999, True),
        (1.6, 0.9999, 0.99999, False),  # sure enough
        (-1.6, 0.9, 0.95, False),  # hardly better
        (0.1, 0.6, 0.9999, False),  # upright: the detector does not err there
    ],
)
def test_who_lies_is_looked_at_both_ways_round(
    rotation: float, there: float, turned: float, flipped: object, monkeypatch: pytest.MonkeyPatch
):
    tracker = PoseTracker(model="lite")
    roi, looked_at = Roi(50, 50, 90, rotation), []

    def prepare(_image: object, region: Roi) -> None:
        looked_at.append(region)

    def score() -> float:
        return there if looked_at[-1] == roi else turned

    monkeypatch.setattr(tracker.detector, "decode", lambda _matrix: [Detection(roi, 0.9)])
    monkeypatch.setattr(tracker.landmarker, "prepare", prepare)
    monkeypatch.setattr(tracker.landmarker, "score", score)
    monkeypatch.setattr(tracker.landmarker, "decode", lambda *_: None)
    assert tracker.process(Frame(np.zeros((100, 100, 3), np.uint8), 0.0, 0)) is None
    assert looked_at[-1] == (roi.upside_down() if flipped else roi)


class Room:
    """People, each a region and a colour of clothes, of whom the networks see what the tests say.

    The landmark network sees whoever is nearest to the middle of the region that it looks at.
    """

    def __init__(self, tracker: PoseTracker, monkeypatch: pytest.MonkeyPatch) -> None:
        self.tracker = tracker
        self.people: list[tuple[Roi, tuple[int, int, int]]] = []
        self.searches = 0
        monkeypatch.setattr(tracker.detector, "decode", self._detect)
        monkeypatch.setattr(tracker.landmarker, "decode", self._look)

    def _detect(self, _matrix: object) -> list[Detection]:
        self.searches += 1
        return [Detection(roi, 0.9) for roi, _ in self.people]

    def _look(self, region: Roi, _matrix: object, _min_score: float) -> RawPose | None:
        def apart(roi: Roi) -> float:
            return float(np.hypot(roi.x - region.x, roi.y - region.y))

        near = [roi for roi, _ in self.people if apart(roi) < region.side / 2]
        if not near:
            return None
        roi = min(near, key=apart)
        places = np.zeros((68, 3), np.float32)
        places[ANCHORS, :2] = (roi.x, roi.y), (roi.x, roi.y - roi.side / 2.5)
        for landmark, (x, y) in {
            11: (0.1, -0.25),
            12: (-0.1, -0.25),
            23: (0.1, 0),
            24: (-0.1, 0),
        }.items():
            places[landmark, :2] = roi.x + x * roi.side, roi.y + y * roi.side
        return RawPose(places, np.ones(33, np.float32), 0.99)

    def follow(self, t: float) -> float | None:
        """Where somebody is seen at t seconds, pixels from the left."""
        image = np.zeros((400, 600, 3), np.uint8)
        for roi, colour in self.people:
            half = int(roi.side / 6)
            x, y = int(roi.x), int(roi.y)
            image[max(y - 3 * half, 0) : y + half, max(x - half, 0) : max(x + half, 0)] = colour
        pose = self.tracker.process(Frame(image, t, round(t * 10)))
        return None if pose is None else float(pose.points[[23, 24], 0].mean())


RED, BLUE = (30, 30, 200), (200, 60, 30)
AT_HOME, BESIDE = Roi(200, 220, 200), Roi(450, 220, 200)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(PoseTracker(model="lite", keep=3.0), monkeypatch)


def test_whoever_walks_by_in_front_is_not_followed(room: Room):
    told, last_hidden = [], -9
    for step in range(60):
        passer = Roi(40 * (step - 25) + 200, 220, 330)
        hidden = abs(passer.x - AT_HOME.x) < 90
        room.people = [(passer, BLUE)] if hidden else [(AT_HOME, RED)]
        place = room.follow(step / 10)
        told.append(room.tracker.lock.state)
        last_hidden = step if hidden else last_hidden
        settling = step - last_hidden < 2  # the first pose after it is doubtful
        assert place is None if settling else place == pytest.approx(200, abs=1)
    assert set(told) == {"locked", "hidden"}


def test_nobody_takes_the_place_of_an_athlete_who_is_gone_for_a_moment(room: Room):
    room.people = [(AT_HOME, RED), (BESIDE, BLUE)]
    for step in range(40):
        assert room.follow(step / 10) == pytest.approx(200, abs=1)
    assert room.tracker.lock.people == 2
    room.people = [(BESIDE, BLUE)]
    states = []
    for step in range(40, 65):
        assert room.follow(step / 10) is None
        states.append(room.tracker.lock.state)
    assert states == sorted(states)  # first hidden, then lost
    assert set(states) == {"hidden", "lost"}
    room.people.append((AT_HOME, RED))
    assert room.follow(6.5) == pytest.approx(200, abs=1)


def test_the_athlete_who_comes_back_somewhere_else_is_known_by_the_clothes(room: Room):
    room.people = [(AT_HOME, RED)]
    for step in range(40):
        room.follow(step / 10)
    room.people = [(BESIDE, RED)]
    found = [room.follow(step / 10) is not None for step in range(40, 65)]
    assert not any(found[:10])
    assert all(found[18:])


def test_who_has_left_for_good_is_given_up(room: Room):
    room.people = [(AT_HOME, RED)]
    for step in range(50):
        room.follow(step / 10)
    room.people = [(BESIDE, BLUE)]
    found = [room.follow(step / 10) is not None for step in range(50, 90)]
    assert not any(found[:29])
    assert all(found[31:])
    assert room.tracker.lock.state == "locked"


def test_who_has_only_just_come_is_not_waited_for_long(room: Room):
    room.people = [(AT_HOME, RED)]
    for step in range(3):
        room.follow(step / 10)
    room.people = [(BESIDE, BLUE)]
    found = [room.follow(step / 10) is not None for step in range(3, 12)]
    assert not found[0]
    assert all(found[6:])


def test_who_is_followed_upside_down_is_turned(room: Room, monkeypatch: pytest.MonkeyPatch):
    upside_down = Roi(200, 220, 200, np.pi)

    def look(region: Roi, _matrix: object, _min_score: float) -> RawPose:
        places = np.zeros((68, 3), np.float32)
        head = -1 if abs(region.rotation) < 1 else 1
        places[ANCHORS, :2] = (200, 220), (200, 220 + head * 80)
        return RawPose(places, np.ones(33, np.float32), 0.9 if head > 0 else 0.999)

    room.people = [(upside_down, RED)]
    monkeypatch.setattr(room.tracker.landmarker, "decode", look)
    monkeypatch.setattr(room.tracker, "_head_up", lambda _frame, roi: roi)
    room.follow(0.0)
    room.people = [(AT_HOME, RED)]
    for step in range(1, 30):
        room.follow(step / 10)
    assert abs(room.tracker._roi.rotation) < 0.1


def test_whoever_stays_much_nearer_is_taken_instead_at_the_beginning(room: Room):
    far = Roi(450, 220, 120)
    room.people = [(far, BLUE)]
    for step in range(20):
        assert room.follow(step / 10) == pytest.approx(450, abs=1)
    room.people = [(far, BLUE), (Roi(250, 220, 240), RED)]
    places = [room.follow(step / 10) for step in range(20, 50)]
    assert places[0] == pytest.approx(450, abs=1)
    assert places[-1] == pytest.approx(250, abs=1)


def test_while_nobody_else_was_noticed_odd_landmarks_are_no_reason_to_see_nobody(room: Room):
    room.people = [(AT_HOME, RED)]
    for step in range(150):
        room.follow(step / 10)
    room.people = [(Roi(200, 150, 260), RED)]
    assert room.follow(15.0) == pytest.approx(200, abs=1)


def test_who_has_not_moved_and_is_alone_may_look_different(room: Room):
    room.people = [(AT_HOME, RED)]
    for step in range(150):
        room.follow(step / 10)
    room.people = [(AT_HOME, BLUE)]
    assert room.follow(15.0) == pytest.approx(200, abs=1)


def test_a_close_up_that_leaps_is_the_athlete_by_the_clothes(room: Room):
    room.people = [(AT_HOME, RED)]
    for step in range(20):
        room.follow(step / 10)
    room.tracker._company._stirred = 1.9  # somebody may be about
    room.people = [(Roi(300, 260, 700), RED)]
    assert room.follow(2.0) == pytest.approx(300, abs=1)
    room.people = [(AT_HOME, BLUE)]
    assert room.follow(2.1) is None


def test_the_whole_picture_is_searched_now_and_then(room: Room):
    room.people = [(AT_HOME, RED)]
    for step in range(-120, 0):
        room.follow(step / 10)
    assert 18 <= room.searches <= 26  # twice a second while the box may have taken the wrong one
    searched = [0, 0]
    for others in range(2):
        if others:
            room.people.append((BESIDE, BLUE))
        before = room.searches
        for step in range(200):
            room.follow(20 * others + step / 10)
        searched[others] = room.searches - before
    assert 4 <= searched[0] <= 8  # one frame in thirty
    assert 12 <= searched[1] <= 21
    assert room.tracker.lock.people == 2


@pytest.mark.parametrize(("colour", "followed"), [(RED, True), (BLUE, False)])
def test_landmarks_that_slide_on_to_somebody_beside_are_not_followed(
    room: Room, colour: tuple[int, int, int], *, followed: bool
):
    room.people = [(AT_HOME, RED)]
    for step in range(50):
        room.follow(step / 10)
    places = []
    for step in range(10):
        room.people = [(Roi(200 + 6 * min(step, 7), 220, 200), colour)]
        places.append(room.follow(5 + step / 10))
    assert (places[-1] is not None) == followed
    room.people = [(AT_HOME, RED)]
    room.follow(6.0)
    assert room.follow(6.2) == pytest.approx(200, abs=1)


def test_nobody_who_is_followed_is_turned_on_to_his_head(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    def look(region: Roi, _matrix: object, _min_score: float) -> RawPose:
        places = np.zeros((68, 3), np.float32)
        head = -1 if abs(region.rotation) < 1 else 1
        places[ANCHORS, :2] = (200, 220), (200, 220 + head * 80)
        return RawPose(places, np.ones(33, np.float32), 0.96 if head < 0 else 0.9999)

    room.people = [(AT_HOME, RED)]
    monkeypatch.setattr(room.tracker.landmarker, "decode", look)
    monkeypatch.setattr(room.tracker, "_head_up", lambda _frame, roi: roi)
    room.follow(0.0)
    room.people = [(Roi(200, 220, 200, np.pi), RED)]
    for step in range(1, 30):
        room.follow(step / 10)
    assert abs(room.tracker._roi.rotation) < 0.1
