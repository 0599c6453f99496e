"""The recipe: how far the weights go, and the command from recordings to a file."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from gymbox.errors import InputError  # noqa: E402
from gymbox.inference.manifest import load_manifest  # noqa: E402
from gymbox.inference.sequence_net import SequenceNet  # noqa: E402
from gymbox.motion.features import COUNT  # noqa: E402
from gymbox.motion.recording import load_poses  # noqa: E402
from tests.convert import athletes  # noqa: E402
from tools.convert.__main__ import main  # noqa: E402
from tools.convert.sequence import recipe, ship  # noqa: E402
from tools.convert.sequence.labels import LABELS  # noqa: E402
from tools.convert.sequence.net import SequenceModel  # noqa: E402
from tools.convert.sequence.pools import Pool  # noqa: E402
from tools.convert.sequence.sampling import View  # noqa: E402
from tools.convert.sequence.store import Store, track  # noqa: E402

SQUAT, DIP = LABELS.index("squat"), LABELS.index("dip")


def partial(label: int, strength: float) -> SequenceModel:
    """A network that leans to a class."""
    torch.manual_seed(0)
    model = SequenceModel(recipe.SHAPE)
    with torch.no_grad():
        model.classify.bias[label] += strength
    return model


@pytest.fixture
def real(tmp_path: Path) -> Store:
    """Two squats each of three scenes."""
    tracks = []
    for k in range(6):
        path = tmp_path / f"{k}.npz"
        athletes.recorded(path, label=0)
        tracks.append(track(load_poses(path), "squat", group=f"scene {k // 2}", name=path.stem))
    return Store.of(tracks)


def test_a_blend_is_taken_between_both_trainings_and_the_file_written(tmp_path: Path, real: Store):
    base = partial(DIP, 10.0)
    for k in range(3):
        torch.save(partial(SQUAT, 20.0).state_dict(), tmp_path / f"fold{k}.tuned.pt")
    data = Namespace(real=real, fold={f"scene {k}": k for k in range(3)})
    told = recipe.mix(data, base, Namespace(cache=tmp_path))
    assert told["blends"] == dict.fromkeys(("fold0", "fold1", "fold2", "final"), 0.5)
    assert told["windows"] == 1.0
    assert told["temperature"] == 0.5
    mixed = torch.load(tmp_path / "fold1.pt")["classify.bias"]
    half = (base.classify.bias + partial(SQUAT, 20.0).classify.bias) / 2
    torch.testing.assert_close(mixed, half.detach())
    assert not (tmp_path / "final.pt").exists()


def test_the_blend_of_a_fold_is_chosen_without_its_clips():
    truth, fold = np.array([0, 1] * 3), np.array([0, 0, 1, 1, 2, 2])
    right, wrong = np.eye(2, dtype=np.float32)[truth], np.eye(2, dtype=np.float32)[1 - truth]
    mine = (fold == 0)[:, None]
    clips = {0.25: np.where(mine, wrong, right), 1.0: np.where(mine, right, wrong)}
    blends = recipe.blending(clips, truth, fold)
    assert blends["fold0"] == 0.25
    assert blends["final"] == 0.25


def test_chances_that_are_too_sure_are_made_less_so():
    scores = np.array([[0.99, 0.01]] * 10, np.float32)
    truth = np.array([0] * 7 + [1] * 3)
    assert recipe.fitted_temperature(scores, truth, np.ones(10)) > 2
    assert recipe.fitted_temperature(scores, np.zeros(10, int), np.ones(10)) < 1


def test_rendered_sets_share_their_windows_by_size_and_none_is_told(tmp_path: Path, real: Store):
    few = recipe.ends(real, recipe.LENGTH)
    view = View(recipe.LENGTH, recipe.COLUMNS)
    stores = {tmp_path / "a": real, tmp_path / "b": real, tmp_path / "sequences": real}
    drawn = recipe.counted(stores, dict.fromkeys(stores, few), view, 0.1)
    assert [count for _, count in drawn] == [1000, 1000, 3000]
    with pytest.raises(InputError, match="too few"):
        recipe.counted(stores, dict.fromkeys(stores, few.where(few.at < 0)), view)


def test_a_file_is_made_anew_only_of_other_weights_or_another_temperature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = []
    monkeypatch.setattr(ship, "to_tflite", lambda *_: made.append(1) or b"whole")
    monkeypatch.setattr(ship, "quantise", lambda *_, **__: b"small")
    windows = np.zeros((4, recipe.LENGTH, COUNT), np.float16)
    pool = Pool(windows, np.zeros(4, np.intp), np.array(["g"] * 4))
    data = Namespace(synthetic=pool, mixed=pool)
    weights = tmp_path / "fold0.pt"
    steps = ((SQUAT, 1.0, 1), (SQUAT, 1.0, 1), (SQUAT, 1.2, 2), (DIP, 1.2, 3))
    for label, temperature, times in steps:
        torch.save(partial(label, 5.0).state_dict(), weights)
        ship._convert(weights, data, temperature)
        assert len(made) == times
    assert (tmp_path / "fold0.int8.tflite").read_bytes() == b"small"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A training of a few steps."""
    monkeypatch.setattr(recipe, "WINDOWS", dict.fromkeys(recipe.WINDOWS, 400))
    monkeypatch.setattr(recipe, "PEOPLE", dict.fromkeys(recipe.PEOPLE, 120))
    monkeypatch.setattr(recipe, "PRETRAIN", replace(recipe.PRETRAIN, steps=6, every=3))
    monkeypatch.setattr(recipe, "FINETUNE", replace(recipe.FINETUNE, steps=4, every=2))


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_one_command_goes_from_recordings_to_the_file_of_the_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("litert_torch")
    models = tmp_path / "models"
    models.mkdir()
    options = ["train", "sequence", *athletes.gathered(tmp_path), "--models", str(models)]
    fit, labels = recipe.fit, []

    def stopped(*args: object, **options: object) -> object:
        labels.append(options["label"])
        if len(labels) == 3:
            raise KeyboardInterrupt
        return fit(*args, **options)

    monkeypatch.setattr(recipe, "fit", stopped)
    with pytest.raises(KeyboardInterrupt):
        main(options)
    assert main(options) == 0
    last = ["real people, fold1", "real people, fold2", "real people, final"]
    assert labels == ["synthetic athletes", "real people, fold0", last[0], *last]
    assert load_manifest(models)["sequence"].figures["multiply_adds"] == recipe.SHAPE.multiplies
    net = SequenceNet(models=models)
    chances = net.classify(net.window().sample())
    assert chances.sum() == pytest.approx(1.0, abs=0.02)
