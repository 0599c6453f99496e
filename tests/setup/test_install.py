"""The steps of `setup.sh install` that change nothing here; tests/install.sh tries the rest."""

import subprocess
from pathlib import Path

import pytest

from tests.setup.machine import CHECKOUT, Machine

BOOKWORM = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
BULLSEYE = """
PRETTY_NAME="Raspbian GNU/Linux 11 (bullseye)"
ID=raspbian
ID_LIKE=debian
VERSION_ID="11"
"""
FEDORA = 'PRETTY_NAME="Fedora Linux 41"\nID=fedora\nVERSION_ID=41\n'
SID = 'PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n'


def step(folder: Path, commands: str) -> subprocess.CompletedProcess[str]:
    """Runs commands with the functions of install.sh, on a made-up Raspberry Pi."""
    script = f"""
        set -euo pipefail
        root={CHECKOUT}
        say() {{ echo "setup: $*"; }}
        fail() {{ echo "setup: $1" >&2; exit "${{2:-1}}"; }}
        . {CHECKOUT}/systemd/install.sh
        on_a_pi() {{ true; }}
        cd {folder}
        os_release=os-release
        boot_config=config.txt
        {commands}
    """
    return subprocess.run(  # noqa: S603 (our own script)
        ["/bin/bash", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("words", [BOOKWORM, SID])
def test_debian_12_or_later_is_fine(tmp_path: Path, words: str):
    (tmp_path / "os-release").write_text(words)
    done = step(tmp_path, "check_system")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "reason"), [(BULLSEYE, "(bullseye) is too old"), (FEDORA, "this is Fedora Linux 41")]
)
def test_other_systems_are_refused(tmp_path: Path, words: str, reason: str):
    (tmp_path / "os-release").write_text(words)
    done = step(tmp_path, "check_system")
    assert done.returncode == 69
    (line,) = done.stderr.splitlines()
    assert reason in line


def test_i2c_is_switched_on_and_made_fast_once(tmp_path: Path):
    config = tmp_path / "config.txt"
    config.write_text("dtparam=audio=on\n")
    pi = """
        echo 1 > off
        raspi-config() {
          case $2 in get_i2c) cat off ;; do_i2c) echo "$3" > off ;; esac
        }
    """
    assert step(tmp_path, pi + "interfaces_done").returncode == 1
    done = step(tmp_path, pi + "interfaces_do; interfaces_done; interfaces_do")
    assert done.returncode == 0, done.stderr
    assert config.read_text() == ("dtparam=audio=on\n\n[all]\ndtparam=i2c_arm_baudrate=400000\n")


def test_a_speed_that_was_chosen_by_hand_stays(tmp_path: Path):
    config = tmp_path / "config.txt"
    config.write_text("dtparam=i2c_arm=on,i2c_arm_baudrate=100000\n")
    done = step(tmp_path, "raspi-config() { echo 0; }; interfaces_done; interfaces_do")
    assert done.returncode == 0, done.stderr
    assert config.read_text() == "dtparam=i2c_arm=on,i2c_arm_baudrate=100000\n"


def test_a_release_is_named_after_its_content(tmp_path: Path):
    tree = tmp_path / "tree"
    tree.mkdir()
    name = f"root={tree}; program_files=(device); release_name"
    (tree / "device").mkdir()
    code = tree / "device/a.py"
    code.write_text("1")
    first = step(tmp_path, name).stdout
    (tree / "device/__pycache__").mkdir()
    (tree / "device/__pycache__/a.pyc").write_text("x")
    assert step(tmp_path, name).stdout == first
    code.write_text("2")
    assert step(tmp_path, name).stdout != first


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_needs_root(machine: Machine, command: str):
    machine.program("id", "#!/bin/sh\necho 1000\n")
    done = machine.run(command)
    if "is for Raspberry Pi OS" in done.stderr:
        pytest.skip("this machine is neither Debian nor Raspberry Pi OS")
    assert done.returncode == 1
    assert done.stderr == f"setup: {command} needs root: sudo ./setup.sh {command}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("install", "--foo"), "install takes no other word"),
        (("install", "now", "please"), "install takes no other word"),
        (("--check", "--foo"), "--check takes no other word"),
        (("uninstall", "--everything"), "uninstall knows only --purge"),
        (("uninstall", "--purge", "--everything"), "uninstall knows only --purge"),
    ],
)
def test_a_word_that_is_not_known_stops_it_at_once(
    machine: Machine, words: tuple[str, ...], told: str
):
    # Not even root gets past it, so that no such run can change a machine.
    machine.program("id", "#!/bin/sh\necho 1000\n")
    done = machine.run(*words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"setup: {told}\n")
