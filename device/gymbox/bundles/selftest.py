"""The self-test of a set: its models run on their samples, in a process of their own.

A wrong model can crash the interpreter or never come back; here that costs one child. Started by
root it runs as the owner of the data folder, who is the one to load the models later.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gymbox
from gymbox.errors import GymboxError

LIMIT = 300.0
"""Seconds for all models; a desktop takes one, an emulated processor a minute."""

COMMAND = (sys.executable, "-P", "-m", "gymbox.bundles.trial")
_OURS = Path(gymbox.__file__).parents[1]  # the child has to be of the same gymbox
_ADVICE = "nothing was changed; the models do not suit this box, or its runtime is broken"


@dataclass(frozen=True, slots=True)
class Passed:
    """A self-test without a fault.

    Attributes:
        runtime: that the models ran on.
        compared: models that were compared with their sample.
        only_run: models that have no sample, so were only run.
    """

    runtime: str
    compared: tuple[str, ...]
    only_run: tuple[str, ...]


def run_selftest(
    folder: Path, *, owner: Path, limit: float = LIMIT, command: Sequence[str] = COMMAND
) -> Passed:
    """Tries all models that a box with this folder would load.

    Args:
        folder: a set, or the packaged models.
        owner: the data folder.
        limit: seconds.
        command: the program that tries them, given the folder.

    Raises:
        GymboxError: a model crashes, hangs or does not give what it should.
    """
    try:
        ended = subprocess.run(  # noqa: S603 (our own command)
            [*command, str(folder)],
            cwd="/",
            env=os.environ | {"PYTHONPATH": str(_OURS)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit,
            check=False,
            **_as_owner(owner),
        )
    except subprocess.TimeoutExpired as error:
        last = _reports(error.stdout)[-1:]
        raise _failed(last, f"did not come back within {limit:.0f} s") from None
    except OSError as error:
        raise GymboxError(
            f"the self-test cannot be started ({error.strerror})", "install gymbox again"
        ) from error
    reports = _reports(ended.stdout)
    if ended.returncode < 0:
        raise _failed(reports[-1:], f"was ended by {signal.Signals(-ended.returncode).name}")
    if reports and "problem" in reports[-1]:
        raise GymboxError(f"the self-test failed, {reports[-1]['problem']}", _ADVICE)
    done = [report for report in reports if "runtime" in report]
    if ended.returncode or not done or 2 * len(done) != len(reports):
        said = ended.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise _failed(reports[-1:], f"ended with code {ended.returncode} {' '.join(said)}".strip())
    return Passed(
        runtime=done[0]["runtime"],
        compared=tuple(report["model"] for report in done if "off" in report),
        only_run=tuple(report["model"] for report in done if "off" not in report),
    )


def _failed(last: list[dict[str, Any]], how: str) -> GymboxError:
    model = last[0]["model"] if last else "its process"
    return GymboxError(f"the self-test failed, {model} {how}", _ADVICE)


def _reports(output: bytes | None) -> list[dict[str, Any]]:
    """The lines of the child, without what the runtime itself may have printed between them."""
    found = []
    for line in (output or b"").splitlines():
        try:
            report = json.loads(line)
        except ValueError:
            continue
        if isinstance(report, dict) and "model" in report:
            found.append(report)
    return found


def _as_owner(folder: Path) -> dict[str, Any]:
    """Arguments for `subprocess` that let the child run as the owner of a folder."""
    if os.geteuid() != 0:
        return {}
    owner = folder.stat()
    if owner.st_uid == 0:
        return {}
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
