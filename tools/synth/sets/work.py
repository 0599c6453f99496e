"""Makes a whole set: several processes, a progress bar, and what was made before is kept."""

import ctypes
import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from gymbox.cli.progress import Progress
from gymbox.errors import GymboxError, InputError
from tools.synth.sets import data_sheet
from tools.synth.sets.recipe import Spec

DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of <sys/prctl.h>."""

Make = Callable[[Spec, int, Path], dict[str, Any]]


def run(spec: Spec, folder: Path, make: Make, *, jobs: int) -> list[dict[str, Any]]:
    """Makes all items of a set and its data sheet.

    Args:
        spec: the set.
        folder: where it goes; items that are whole there are not made again.
        make: writes one item and returns its label file.
        jobs: processes.

    Returns:
        The label files in order.

    Raises:
        InputError: the folder holds another set.
        GymboxError: an item cannot be made.
    """
    _claim(spec, folder)
    told = {index: label for index in range(spec.count) if (label := _made(folder, index))}
    missing = [index for index in range(spec.count) if index not in told]
    progress = Progress(spec.name, spec.count)
    for _ in told:
        progress.step()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=alone) as pool:
        waiting = {pool.submit(make, spec, index, folder): index for index in missing}
        for done in as_completed(waiting):
            error = done.exception()
            if error is not None:
                pool.shutdown(wait=False, cancel_futures=True)
                raise _blamed(error, waiting[done])
            told[waiting[done]] = done.result()
            progress.step()
    progress.close()
    labels = [told[index] for index in range(spec.count)]
    data_sheet.write(spec, labels, folder)
    return labels


def alone() -> None:
    """One process takes one core, and ends with the one that started it (Linux)."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
    for name in ("LP_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def _made(folder: Path, index: int) -> dict[str, Any] | None:
    path = folder / f"{index:06d}.json"
    if not path.is_file():
        return None
    label: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return label


def _claim(spec: Spec, folder: Path) -> None:
    """Makes the folder this set's, or finds that it is; how many items there are may change."""
    mark = folder / "set.json"
    mine = {"set": spec.name, "seed": spec.seed, "spec": repr(replace(spec, count=0))}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if mark.is_file() and json.loads(mark.read_text("utf-8"))["spec"] != mine["spec"]:
            raise InputError(
                f"{folder} holds a set of another recipe", "name an empty folder, or empty this one"
            )
        mark.write_text(json.dumps(mine), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written ({error.strerror})", "name another folder"
        ) from error


def _blamed(error: BaseException, index: int) -> GymboxError:
    if isinstance(error, GymboxError):
        return error
    words = f"{type(error).__name__}: {error}"
    return GymboxError(f"item {index} cannot be made ({words})", "please report it with its recipe")
