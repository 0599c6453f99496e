"""The doctor beside a running box: it leaves alone what that holds."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gymbox import box
from gymbox.__main__ import main
from gymbox.health.running import Mark
from tests.cli.box_command import DEMO, ROOT

RUN = (
    "run",
    "--set=camera.kind=clip",
    f"--set=camera.path={DEMO}",
    "--set=camera.paced=true",
    "--set=screen.kind=picture",
    "--set=buttons.kind=none",
    "--set=buzzer.kind=silent",
)


def lines(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What the doctor says of each part."""
    words = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    return {name: f"{state} {text}" for state, name, text in words}


def test_the_parts_of_a_running_box_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def opened(*_: object) -> None:
        pytest.fail("a part in use was opened")

    for name in ("camera_of", "screen_of", "buttons_of", "buzzer_of"):
        monkeypatch.setattr(box, name, opened)
    mark = Mark(tmp_path)
    mark.hold()
    main(["doctor", f"--set=log.folder={tmp_path}"])
    mark.drop()
    said = lines(capsys)
    for part in ("camera", "screen", "buttons", "buzzer"):
        assert said[part] == "ok in use by the running box"
    assert said["models"].startswith("ok")
    assert said["log"].startswith("ok")


def test_without_one_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--set=camera.kind=clip", "--set=camera.path=absent.mp4", "--set=screen.kind=picture"]
    assert main(["doctor", f"--set=log.folder={tmp_path}", *words]) == 1
    said = lines(capsys)
    assert said["camera"].startswith("FAULT absent.mp4")
    assert said["screen"] == "ok picture answers, 128 x 64"


def test_a_box_that_watches_is_a_running_one(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "gymbox", *RUN, f"--set=log.folder={tmp_path}"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "device"), "HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if "event=athlete_found" in line:
                break
        assert Mark(tmp_path).seen()
        running.send_signal(signal.SIGTERM)
        running.stderr.read()
        assert running.wait() == 0
    assert not Mark(tmp_path).seen()
