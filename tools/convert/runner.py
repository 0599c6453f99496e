"""Running a .tflite file on samples, here or in another Python with another runtime.

The other Python needs its runtime and numpy, nothing of Gymbox: it runs this very file.
"""

import contextlib
import importlib
import sys
import time
from pathlib import Path
from typing import Any

_RUNTIMES = ("ai_edge_litert", "tflite_runtime")


def runtime_name() -> str:
    """The runtime that this Python has, with its version."""
    from importlib.metadata import version  # noqa: PLC0415

    return f"{_module().split('.')[0].replace('_', '-')} {version(_module().split('.')[0])}"


def interpreter(model: bytes, **options: Any) -> Any:  # noqa: ANN401 - neither runtime is typed
    """An interpreter on one thread, ready to run."""
    made = importlib.import_module(_module()).Interpreter(
        model_content=model, num_threads=1, **options
    )
    made.allocate_tensors()
    return made


def run_all(made: Any, inputs: Any) -> list[Any]:  # noqa: ANN401
    """All outputs for each input: for each output an array [n, ...]."""
    import numpy as np  # noqa: PLC0415

    (given,) = made.get_input_details()
    outputs = [detail["index"] for detail in made.get_output_details()]
    rows: list[list[Any]] = [[] for _ in outputs]
    for sample in inputs:
        made.set_tensor(given["index"], sample)
        made.invoke()
        for row, index in zip(rows, outputs, strict=True):
            row.append(made.get_tensor(index))
    return [np.concatenate(row) for row in rows]


def milliseconds(several: list[Any], sample: Any, rounds: int = 60) -> list[float]:  # noqa: ANN401
    """Median time of one run of each, taken in turns so that all meet the same disturbances."""
    for made in several:
        made.set_tensor(made.get_input_details()[0]["index"], sample)
        made.invoke()
    times: list[list[float]] = [[] for _ in several]
    for _ in range(rounds):
        for made, row in zip(several, times, strict=True):
            start = time.perf_counter()
            made.invoke()
            row.append(1000 * (time.perf_counter() - start))
    return [sorted(row)[rounds // 2] for row in times]


def _module() -> str:
    for module in _RUNTIMES:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
            return f"{module}.interpreter"
    raise ImportError("no TFLite runtime")


def _main(job: Path, result: Path) -> None:
    import numpy as np  # noqa: PLC0415

    with np.load(job) as file:
        inputs = file["inputs"]
        models = [file[name].tobytes() for name in sorted(file.files) if name != "inputs"]
    several = [interpreter(model) for model in models]
    arrays = {
        f"{place}_{number}": array
        for place, made in enumerate(several)
        for number, array in enumerate(run_all(made, inputs))
    }
    speeds = np.array(milliseconds(several, inputs[0]))
    np.savez(result, milliseconds=speeds, runtime=runtime_name(), **arrays)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
