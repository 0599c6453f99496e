"""Recognisers that have seen nothing of the athletes they are judged on."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from gymbox.errors import InputError
from gymbox.inference.recogniser import Recogniser
from gymbox.inference.sequence_net import SequenceNet
from gymbox.motion.landmarks import Pose
from gymbox.motion.windows import PoseWindow
from tools.evaluate._sequence_windows import FileNet


class FoldRecogniser:
    """A network that is not installed, in the place of the one that is.

    Args:
        net: of a fold.
        labels: of its outputs.
        length: rows of its windows.
    """

    def __init__(self, net: FileNet, labels: tuple[str, ...], length: int) -> None:
        self._net = net
        self._labels = labels
        self._window = PoseWindow(length)

    def add(self, timestamp: float, pose: Pose | None) -> None:
        """Takes the next frame, at timestamp seconds; None if nobody was found in it."""
        self._window.add(timestamp, pose)

    def chances(self) -> Mapping[str, float]:
        """The chance of each exercise and of "unknown", together 1."""
        said = self._net(self._window.sample().features()[None])[0].tolist()
        return dict(zip(self._labels, said, strict=True))


class Recognisers:
    """Makes recognisers, a fresh one for every recording.

    Args:
        folds: folder of `folds.json` and `fold<k>.int8.tflite`.
        models: folder of the manifest, if not the usual one.

    Raises:
        InputError: the folds are not there.
        ModelError: there is no sequence network.
    """

    def __init__(self, folds: Path, models: Path | None = None) -> None:
        self._shipped = SequenceNet(models=models)
        try:
            told = json.loads((folds / "folds.json").read_text("utf-8"))["folds"]
        except (OSError, KeyError, ValueError) as error:
            raise InputError(
                f"{folds} holds no folds ({error!r})", "train first: tools.convert train sequence"
            ) from error
        self._fold = {str(scene): int(fold) for scene, fold in told.items()}
        self._nets = {
            fold: FileNet(folds / f"fold{fold}.int8.tflite", self._shipped.length)
            for fold in sorted(set(self._fold.values()))
        }

    @property
    def runtime(self) -> str:
        """Which TFLite runtime runs them."""
        return self._shipped.network.runtime

    def of_scene(self, scene: str) -> FoldRecogniser:
        """One whose network has seen nothing of the scene.

        Raises:
            InputError: no fold leaves the scene out.
        """
        if scene not in self._fold:
            raise InputError(f"no fold leaves out {scene}", "train the folds anew")
        net = self._nets[self._fold[scene]]
        return FoldRecogniser(net, self._shipped.labels, self._shipped.length)

    def shipped(self) -> Recogniser:
        """The one of the box, for recordings that nothing was trained on."""
        return Recogniser(self._shipped)


Make = Callable[[], Recogniser | FoldRecogniser]
