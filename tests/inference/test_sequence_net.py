"""The sequence net on the box: probabilities, from whatever the window holds."""

import dataclasses
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import gymbox
from gymbox.camera.clip import ClipCamera
from gymbox.errors import ModelError
from gymbox.inference import sequence_net
from gymbox.inference.manifest import find_model
from gymbox.inference.pose_tracker import PoseTracker
from gymbox.inference.runtime import Network
from gymbox.inference.sequence_net import SequenceNet


@pytest.fixture(scope="module")
def net() -> SequenceNet:
    return SequenceNet()


def test_it_knows_the_exercises_and_that_it_does_not_know(net: SequenceNet):
    assert len(net.labels) == 13
    assert {"squat", "push_up", "deadlift", "unknown"} <= set(net.labels)


def test_nobody_is_nothing_known(net: SequenceNet):
    window = net.window()
    window.add(0.0, None)
    chances = dict(zip(net.labels, net.classify(window.sample()), strict=True))
    assert sum(chances.values()) == pytest.approx(1.0, abs=0.03)
    assert max(chances, key=chances.get) == "unknown"


def test_asking_twice_gives_the_same(net: SequenceNet):
    # An LSTM that kept its state between windows would not.
    rng = np.random.default_rng(0)
    window = dataclasses.replace(
        net.window().sample(),
        rows=rng.normal(0, 0.4, (net.length, 17, 6)).astype(np.float32),
        found=np.ones(net.length, bool),
    )
    first = net.classify(window)
    net.classify(net.window().sample())
    np.testing.assert_array_equal(net.classify(window), first)


def test_the_bundled_clip_is_squats(net: SequenceNet):
    tracker, window, said = PoseTracker(model="lite"), net.window(), []
    with ClipCamera(Path(gymbox.__file__).parent / "demo" / "squats.mp4") as camera:
        while (frame := camera.read()) is not None:
            window.add(frame.timestamp, tracker.process(frame))
            if frame.index % 8 == 0:
                said.append(net.labels[int(net.classify(window.sample()).argmax())])
    # He walks in and out as well, and lifts his arms before he goes down.
    exercises = Counter(said)
    del exercises["unknown"]
    assert exercises["squat"] >= len(said) / 3
    assert exercises["squat"] >= 0.9 * exercises.total()


def test_a_model_for_other_features_is_refused(monkeypatch: pytest.MonkeyPatch):
    card = dataclasses.replace(find_model("sequence"), input_shape=(1, 30, 132))

    class Other:
        def __init__(self, card: object, **_: object) -> None:
            self.card = card

    monkeypatch.setattr(sequence_net, "find_model", lambda *_: card)
    monkeypatch.setattr(sequence_net, "Network", Other)
    with pytest.raises(ModelError, match="132"):
        SequenceNet()


def test_a_window_costs_far_less_than_a_pose(net: SequenceNet):
    pose = Network(find_model("pose_landmark_lite"))
    window = net.window()

    def fastest(work: Callable[[], object]) -> float:
        spent = []
        for _ in range(20):
            begun = time.perf_counter()
            work()
            spent.append(time.perf_counter() - begun)
        return min(spent)

    assert fastest(lambda: net.classify(window.sample())) < fastest(pose.invoke)
