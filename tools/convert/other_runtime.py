"""Models in the other TFLite runtime: it lives in a Python of its own."""

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.errors import GymboxError, InputError
from tools.convert import runner
from tools.convert.quiet import quiet

_SECONDS = 600


class RuntimeDiffersError(GymboxError):
    """A model does not load, run or answer alike in one of the runtimes."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What some models said in one runtime.

    Attributes:
        runtime: its name and version.
        outputs: for each model, for each of its outputs [n, ...].
        milliseconds: median time of a run of each model, one thread, taken in turns.
    """

    runtime: str
    outputs: tuple[tuple[NDArray[np.float32], ...], ...]
    milliseconds: tuple[float, ...]


def answers_here(models: Sequence[bytes], inputs: NDArray[np.float32]) -> Answers:
    """Runs models in this Python.

    Raises:
        RuntimeDiffersError: one does not load or run.
    """
    try:
        with quiet():
            several = [runner.interpreter(model) for model in models]
        outputs = tuple(tuple(runner.run_all(made, inputs)) for made in several)
    except (RuntimeError, ValueError) as error:
        raise _failed("this Python", str(error)) from error
    return Answers(runner.runtime_name(), outputs, tuple(runner.milliseconds(several, inputs[0])))


def answers_of(python: Path, models: Sequence[bytes], inputs: NDArray[np.float32]) -> Answers:
    """Runs models in another Python that has numpy and a TFLite runtime.

    Raises:
        InputError: there is no such Python.
        RuntimeDiffersError: one does not load or run in it.
    """
    if not python.is_file():
        raise InputError(f"{python} is not there", "give the python of a venv with the runtime")
    with tempfile.TemporaryDirectory() as folder:
        job, result = Path(folder, "job.npz"), Path(folder, "result.npz")
        data = {f"model{n:03}": np.frombuffer(model, np.uint8) for n, model in enumerate(models)}
        np.savez(job, inputs=inputs, **data)  # type: ignore[arg-type]
        command = [str(python), runner.__file__, str(job), str(result)]
        try:
            done = subprocess.run(  # noqa: S603 - the user's own Python on our own file
                command, capture_output=True, text=True, check=False, timeout=_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed(str(python), str(error)) from error
        if done.returncode or not result.is_file():
            raise _failed(str(python), done.stderr)
        with np.load(result) as file:
            outputs = tuple(
                tuple(file[key] for key in sorted(file.files) if key.startswith(f"{place}_"))
                for place in range(len(models))
            )
            return Answers(str(file["runtime"]), outputs, tuple(file["milliseconds"].tolist()))


def _failed(where: str, said: str) -> RuntimeDiffersError:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = lines[-1][:160] if lines else "it died"
    return RuntimeDiffersError(
        f"the model does not run in {where} ({last})",
        "convert it anew with built-in ops, or try --kind int8-weights",
    )
