"""What setup.sh cannot serve: one line, the right code, nothing left behind."""

import subprocess

import pytest

from tests.setup.machine import Machine


def one_line(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line of a refusal, after checking that it is one and that nothing else was said."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("setup: ")
    return line


def test_no_command_shows_the_usage(machine: Machine):
    done = machine.run()
    assert done.returncode == 2
    assert "setup.sh" in done.stdout
    assert "demo" in done.stdout


def test_help_is_no_error(machine: Machine):
    assert machine.run("--help").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["frobnicate"], "frobnicate"),
        (["--runtime"], "--runtime"),
        (["--runtime", "pytorch", "demo"], "pytorch"),
    ],
)
def test_wrong_usage(machine: Machine, arguments: list[str], word: str):
    assert word in one_line(machine.run(*arguments), 2)


@pytest.mark.parametrize("command", ["demo", "test", "install", "--check"])
def test_32_bit_processor(machine: Machine, command: str):
    machine.program("uname", '#!/bin/sh\n[ "$1" = -s ] && echo Linux || echo armv7l\n')
    assert "armv7l" in one_line(machine.run(command), 69)


def test_32_bit_system_on_a_64_bit_kernel(machine: Machine):
    machine.program("getconf", "#!/bin/sh\necho 32\n")
    assert "64-bit Raspberry Pi OS" in one_line(machine.run("demo"), 69)


def test_not_linux(machine: Machine):
    machine.program("uname", "#!/bin/sh\necho Darwin\n")
    assert "Darwin" in one_line(machine.run("demo"), 69)


def test_no_python(machine: Machine):
    (machine.programs / "python3").unlink()
    assert "sudo apt install python3" in one_line(machine.run("demo"), 1)


@pytest.mark.parametrize("version", ["3.10", "3.14", "2.7"])
def test_python_out_of_range(machine: Machine, version: str):
    assert f"Python {version}" in one_line(machine.run("demo", VERSION=version), 69)


def test_a_fit_python_beside_an_unfit_one_is_taken(machine: Machine):
    machine.program(
        "python3.12", (machine.programs / "python3").read_text().replace("$VERSION", "3.12")
    )
    done = machine.run("test", VERSION="3.14")
    assert done.returncode == 0, done.stderr
    assert "Python 3.12" in done.stdout


def test_no_venv_module(machine: Machine):
    line = one_line(machine.run("demo", ENSUREPIP="1"), 1)
    assert "sudo apt install python3-venv" in line
    assert not machine.venv.exists()


def test_tflite_runtime_is_for_python_3_11_only(machine: Machine):
    assert "litert" in one_line(machine.run("--runtime", "tflite", "test", VERSION="3.12"), 69)


def test_a_folder_that_is_no_venv_is_left_alone(machine: Machine):
    precious = machine.folder / "precious"
    precious.mkdir()
    (precious / "diary").write_text("dear diary")
    assert "precious" in one_line(machine.run("test", GYMBOX_VENV=str(precious)), 1)
    assert (precious / "diary").read_text() == "dear diary"


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("ERROR: No matching distribution found for numpy", "check the network"),
        ("ERROR: [Errno 28] No space left on device", "make room"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was tested"),
    ],
)
def test_pip_fails(machine: Machine, words: str, advice: str):
    done = machine.run("demo", PIP="1", PIP_WORDS=words)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert advice in line
