"""Real bodies with synthetic arms: who is taken, what moves, and what it is called."""

import numpy as np
import pytest

from gymbox.motion.features import CHANNELS, JOINTS
from tools.convert.sequence import grafts
from tools.convert.sequence.labels import LABELS
from tools.convert.sequence.store import Store, Track

SHOULDER, ELBOW, WRIST = 3, 5, 7


def standing(heading: float = 0.0, tall: float = 0.5) -> np.ndarray:
    """[joints, channels] somebody upright who faces the camera, or turned about the vertical."""
    pose = np.zeros((len(JOINTS), CHANNELS), np.float32)
    for left, (across, down) in {
        1: (0.08, -tall - 0.2),
        3: (0.2, -tall),
        5: (0.22, -tall + 0.3),
        7: (0.22, -tall + 0.55),
        9: (0.12, 0.0),
        11: (0.12, 0.4),
        13: (0.12, 0.8),
        15: (0.12, 0.85),
    }.items():
        for joint, side in ((left, 1.0), (left + 1, -1.0)):
            pose[joint, 2] = side * across * np.cos(heading)
            pose[joint, 4] = side * across * np.sin(heading)
            pose[joint, 3] = down
    pose[0, 3] = -tall - 0.25
    pose[:, :2] = 240 + 200 * pose[:, 2:4]
    pose[:, 5] = 0.9
    return pose


def lifting(label: str, heading: float = 0.0, *, tilt: bool = False) -> Track:
    """Wrists that go up and down beside somebody who stands, or who lies."""
    count = 40
    rows = np.repeat(standing(heading)[None], count, axis=0)
    rows[:, WRIST : WRIST + 2, 3] -= (0.5 - 0.5 * np.cos(np.arange(count) / 3))[:, None]
    if tilt:
        rows[..., [3, 4]] = rows[..., [4, 3]]
    depth = np.linspace(0, 1, count).astype(np.float16)
    return Track(
        rows=rows.astype(np.float16),
        found=np.ones(count, bool),
        fps=10.0,
        label=LABELS.index(label),
        active=np.ones(count, bool),
        depth=depth,
        group="performance",
        name=label,
        size=(640, 480),
    )


def made(donor: Track, host: grafts.Host) -> Track:
    rng = np.random.default_rng(3)
    (track,) = grafts.grafted([host], [Store.of([donor])], 1, rng)
    return track


@pytest.mark.parametrize(
    ("donor", "label"),
    [
        ("shoulder_press", "shoulder_press"),
        ("biceps_curl", "biceps_curl"),
        ("pull_up", "unknown"),
        ("unknown", "unknown"),
    ],
)
def test_arms_keep_their_name_only_if_they_need_no_body(donor: str, label: str):
    track = made(lifting(donor), grafts.Host(standing(), "gym"))
    assert LABELS[track.label] == label
    assert track.group == "gym"


def test_the_body_stays_and_the_arms_move_as_the_others_do():
    body = standing(tall=1.0)
    donor = lifting("shoulder_press")
    rows = made(donor, grafts.Host(body, "gym")).rows.astype(float)
    legs = rows[:, 9:, 2:5] - body[9:, 2:5]
    assert np.abs(legs).max() < 0.15
    arm = rows[:, WRIST, 2:5] - rows[:, SHOULDER, 2:5]
    other = donor.rows[:, WRIST, 2:5].astype(float) - donor.rows[:, SHOULDER, 2:5]
    np.testing.assert_allclose(arm, 2 * other, atol=0.02)
    seen = rows[:, WRIST, :2] - rows[:, SHOULDER, :2]
    np.testing.assert_allclose(seen, 200 * arm[:, :2], rtol=0.02, atol=4)


def test_arms_are_turned_with_the_body():
    donor = lifting("lateral_raise", heading=0.3)
    rows = made(donor, grafts.Host(standing(heading=1.5), "gym")).rows.astype(float)
    arm = rows[0, WRIST, 2:5] - rows[0, SHOULDER, 2:5]
    assert np.arctan2(arm[2], arm[0]) == pytest.approx(1.5, abs=0.05)


def test_nobody_who_lies_lends_or_gets_arms():
    rng = np.random.default_rng(0)
    lying = lifting("shoulder_press", tilt=True)
    host = grafts.Host(standing(), "gym")
    assert grafts.grafted([host], [Store.of([lying])], 3, rng) == []
    store = Store.of([lying, lifting("squat")])
    flat = np.asarray(lying.rows[0], np.float32)
    found = grafts.hosts(store, {"bench|lies": flat, "bench|stands": standing()}, 20, rng)
    assert {one.group for one in found} == {"photograph bench|stands", "performance"}
    assert 0 < len(found) - 1 < 20


def test_only_what_arms_can_show_is_lent():
    donors = [Store.of([lifting("squat"), lifting("biceps_curl")])]
    host = grafts.Host(standing(), "gym")
    tracks = grafts.grafted([host], donors, 8, np.random.default_rng(1))
    assert {LABELS[track.label] for track in tracks} == {"biceps_curl"}
    assert len(tracks) == 8
