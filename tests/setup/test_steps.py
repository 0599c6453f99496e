"""What setup.sh does and does not do again."""

import os
import signal
import subprocess
import time

import pytest

from tests.setup.machine import Machine


def test_first_run_installs_and_the_second_does_not(machine: Machine):
    assert machine.run("test", "-k", "reps").returncode == 0
    assert len(machine.calls("-m pip install")) == 2
    assert machine.calls("-m pytest") == ["-m pytest -k reps"]

    second = machine.run("test")
    assert second.stdout == ""
    assert len(machine.calls("-m pip install")) == 2
    assert len(machine.calls("-m pytest")) == 2


def test_test_tools_are_added_to_the_venv_of_the_demo(machine: Machine):
    machine.program("sh", "#!/bin/bash\nexit 0\n")
    machine.run("demo")
    assert len(machine.calls("-m venv")) == 1
    machine.run("test")
    assert len(machine.calls("-m venv")) == 1
    assert any("dev.txt" in call for call in machine.calls("-m pip install"))


def test_only_tested_wheels_are_installed(machine: Machine):
    machine.run("test")
    for call in machine.calls("-m pip install"):
        assert "--require-hashes" in call
        assert "--only-binary=:all:" in call
        assert "--no-deps" in call


@pytest.mark.parametrize(
    ("machine_name", "version", "options", "lock"),
    [
        ("x86_64", "3.11", [], "x86_64-litert"),
        ("x86_64", "3.13", [], "x86_64-litert"),
        ("x86_64", "3.11", ["--runtime", "tflite"], "x86_64-tflite"),
        ("aarch64", "3.11", [], "aarch64-tflite"),
        ("aarch64", "3.11", ["--runtime", "litert"], "aarch64-litert"),
        ("aarch64", "3.13", [], "aarch64-litert"),
    ],
)
def test_each_target_has_its_lock(
    machine: Machine, machine_name: str, version: str, options: list[str], lock: str
):
    machine.program("uname", f'#!/bin/sh\n[ "$1" = -s ] && echo Linux || echo {machine_name}\n')
    assert machine.run(*options, "test", VERSION=version).returncode == 0
    assert f"requirements/{lock}.txt" in machine.calls("-m pip install")[0]


def test_a_new_lock_a_new_python_or_a_new_runtime_makes_the_venv_anew(machine: Machine):
    machine.run("test")
    machine.run("test", VERSION="3.12")
    assert len(machine.calls("-m venv")) == 2
    lock = next((machine.tree / "requirements").glob(f"{os.uname().machine}-litert.txt"))
    lock.write_text(lock.read_text() + "# newer\n")
    machine.run("test", VERSION="3.12", GYMBOX_RUNTIME="litert")
    assert len(machine.calls("-m venv")) == 3


def test_a_venv_that_moved_is_made_anew(machine: Machine):
    machine.run("test")
    machine.tree = machine.tree.rename(machine.folder / "elsewhere")
    assert machine.run("test").returncode == 0
    assert len(machine.calls("-m venv")) == 2


def test_after_a_failure_the_next_run_starts_afresh(machine: Machine):
    assert machine.run("test", PIP="1").returncode == 1
    done = machine.run("test")
    assert done.returncode == 0, done.stderr
    assert "unfinished" in done.stdout
    assert len(machine.calls("-m venv")) == 2


def test_models_that_do_not_run_are_found_at_set_up(machine: Machine):
    python = (machine.programs / "python3").read_text()
    broken = python.replace("esac", '  *Network*) echo "ModelError: no" >&2; exit 1 ;;\nesac')
    machine.program("python3", broken)
    done = machine.run("test")
    assert done.returncode == 1
    assert done.stderr == "setup: the models do not run here: ModelError: no\n"


def test_an_interrupt_takes_pip_with_it(machine: Machine):
    python = (machine.programs / "python3").read_text()
    slow = python.replace('"-m pip"*)', '"-m pip"*) echo $$ > "$CALLS.pip"; exec sleep 60;')
    machine.program("python3", slow)
    setup = subprocess.Popen(  # noqa: S603 (our own script)
        [machine.tree / "setup.sh", "test"],
        env=machine.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    pid_file = machine.folder / "calls.pip"
    deadline = time.monotonic() + 20
    while not (pid_file.exists() and pid_file.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    setup.send_signal(signal.SIGTERM)
    assert setup.wait(timeout=20) == 130
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)
