"""A folder with samples and the commands on it, for tests of the desktop's tools."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from gymbox.inference.manifest import ModelCard, find_model
from tests.convert import twins
from tools.convert.__main__ import main
from tools.convert.quiet import quiet

OTHER = os.environ.get("GYMBOX_OTHER_PYTHON")
"""A Python with the other runtime; tests/desktop.sh names it where there is one."""
NAMES = ",".join(twins.EXERCISES)


@dataclass(frozen=True)
class Case:
    """Where the samples lie, and where models go."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def save(self, model: object, name: str) -> Path:
        with quiet():
            model.save(self.folder / name)  # type: ignore[attr-defined]
        return self.folder / name

    def convert(self, model: Path, task: str, *more: str) -> int:
        """Runs the command, in both runtimes where there are two."""
        known = {
            "phase": ["--labels", ",".join(twins.PHASES), "--input-range", "-1", "1"],
            "sequence": ["--labels", NAMES],
        }[task]
        samples = {"phase": "pictures", "sequence": "windows.npz"}[task]
        command = ["convert", str(model), "--task", task, *known, "--out", str(self.out)]
        command += ["--calibration", str(self.folder / samples), *more]
        return main([*command, *(["--python", OTHER] if OTHER else [])])

    def check(self, name: str, *, least: float = 0.95) -> ModelCard:
        """What the device reads, and whether the figures in it are good enough."""
        card = find_model(name, self.out)
        figures = {key: float(value) for key, value in card.figures.items()}
        assert len(card.read()) == figures["bytes"]
        assert figures["accuracy_float"] >= least
        assert figures["accuracy_int8"] >= figures["accuracy_float"] - 0.01
        assert figures["mean_difference"] < 0.03
        if OTHER:
            assert figures["runtimes_same_answer"] >= 0.98
            assert figures["runtimes_mean_difference"] < 0.02
        return card


def refusal(capsys: pytest.CaptureFixture[str], arguments: Sequence[str], code: int) -> str:
    """What the command says when it must refuse: one line and no traceback."""
    capsys.readouterr()
    assert main(list(arguments)) == code
    said = capsys.readouterr().err.strip()
    assert said.startswith("error: ")
    assert "\n" not in said
    return said
