"""The unit and its companions, judged by systemd's own tools where the machine has them."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "systemd"

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine"
)


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, starting a program that exists here."""
    lines = (FOLDER / "gymbox.service").read_text().splitlines(keepends=True)
    copy = tmp_path / "gymbox.service"
    copy.write_text(
        "".join("ExecStart=/bin/true\n" if x.startswith("ExecStart=") else x for x in lines)
    )
    return copy


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (systemd's own tool)
        [str(shutil.which("systemd-analyze")), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def settings(name: str) -> dict[str, str]:
    lines = (FOLDER / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


@needs_systemd
def test_unit_has_no_unknown_or_wrong_setting(unit: Path):
    done = analyze("verify", unit)
    assert done.returncode == 0, done.stderr
    assert str(unit) not in done.stderr


@needs_systemd
def test_unit_is_shut_in(unit: Path):
    done = analyze("security", "--offline=true", "--threshold=15", unit)
    assert done.returncode == 0, done.stdout


def test_wrong_configuration_is_not_tried_again():
    assert settings("gymbox.service")["RestartPreventExitStatus"] == "78"


def test_unit_starts_the_installed_command():
    script = (FOLDER / "install.sh").read_text()
    assert "prefix=/opt/gymbox\n" in script
    assert settings("gymbox.service")["ExecStart"] == "/opt/gymbox/current/.venv/bin/gymbox run"


def test_user_of_the_unit_gets_its_groups():
    rows = [line.split() for line in (FOLDER / "sysusers.conf").read_text().splitlines()]
    users = [row[1] for row in rows if row[0] == "u"]
    groups = {row[2] for row in rows if row[0] == "m"}
    unit = settings("gymbox.service")
    assert users == [unit["User"]]
    assert groups == set(unit["SupplementaryGroups"].split())


def test_journal_file_sorts_after_the_one_of_raspberry_pi_os():
    script = (FOLDER / "install.sh").read_text()
    (path,) = [x.split("=")[1] for x in script.splitlines() if x.startswith("journal_file=")]
    assert Path(path).name > "40-rpi-volatile-storage.conf"
    assert settings("journald.conf")["Storage"] == "persistent"
