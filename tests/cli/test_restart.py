"""A set that a restart or a crash cuts off goes on where it was."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.box_command import DEMO, ROOT, gymbox

RUN = (
    "run",
    "--set=camera.kind=clip",
    f"--set=camera.path={DEMO}",
    "--set=screen.kind=picture",
    "--set=buttons.kind=none",
    "--set=buzzer.kind=silent",
)
DEMO_REPS = json.loads(DEMO.with_suffix(".json").read_text("utf-8"))["reps"]


def cut_off(data: Path, number: signal.Signals) -> None:
    """Runs the box until it has told two repetitions and then sends it a signal."""
    command = [sys.executable, "-m", "gymbox", *RUN, f"--set=log.folder={data}"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "device"), "HOME": str(data.parent)}
    with subprocess.Popen(  # noqa: S603 (our own command)
        [*command, "--set=camera.paced=true"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as box:
        assert box.stderr is not None
        for line in box.stderr:
            if "event=rep " in line and " rep=2 " in line:
                break
        # The journal is told after the log has taken the event over; leave it time to write.
        box.stderr.readline() if number is signal.SIGKILL else None
        box.send_signal(number)


def history(home: Path, data: Path) -> list[dict[str, object]]:
    listed = gymbox("history", "--json", f"--set=log.folder={data}", home=home)
    sets: list[dict[str, object]] = json.loads(listed.stdout)["sets"]
    return sets


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_set_goes_on(tmp_path: Path, number: signal.Signals) -> None:
    data = tmp_path / "data"
    cut_off(data, number)
    (before,) = history(tmp_path, data)
    assert before["seconds"] is None
    assert before["reps"] in {2, 3}
    ended = gymbox(*RUN, f"--set=log.folder={data}", home=tmp_path)
    assert ended.returncode == 0, ended.stderr
    (after,) = history(tmp_path, data)
    assert after["reps"] == before["reps"] + DEMO_REPS
    assert after["seconds"] is not None


@pytest.mark.slow
def test_an_old_set_is_closed_and_a_new_one_begins(tmp_path: Path) -> None:
    data = tmp_path / "data"
    cut_off(data, signal.SIGTERM)
    time.sleep(3)
    gymbox(*RUN, f"--set=log.folder={data}", "--set=log.resume_within=0.1", home=tmp_path)
    new, old = history(tmp_path, data)
    assert old["cut_off"]
    assert new["reps"] == DEMO_REPS
