"""A made-up machine for setup.sh: a copy of the script, and programs of our own on the PATH."""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# What setup.sh may use without asking for it: it is on every Debian.
TOOLS = (
    *("bash", "cat", "chmod", "cmp", "cut", "dirname", "find", "getconf", "grep", "id", "ln"),
    *("mkdir", "readlink", "rm", "sha256sum", "sh", "sleep", "sort", "tail", "tar", "touch"),
    *("cp", "uname", "xargs"),
)

# Answers what setup.sh asks, makes venvs whose Python is itself, and writes down its calls.
PYTHON = """#!/bin/bash
words="$*"
echo "${words//$'\\n'/ }" >> "$CALLS"
case "$*" in
  -VV) echo "Python $VERSION.2" ;;
  *version_info*) echo "$VERSION" ;;
  *ensurepip*) exit "${ENSUREPIP:-0}" ;;
  "-m venv"*) mkdir -p "${!#}/bin" && touch "${!#}/pyvenv.cfg" && cp "$0" "${!#}/bin/python" ;;
  *purelib*) dirname "$0" ;;
  "-m pip"*) echo "${PIP_WORDS:-}"; exit "${PIP:-0}" ;;
esac
"""


@dataclass
class Machine:
    """A folder with setup.sh in `tree` and the PATH in `programs`."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tree = self.folder / "a checkout"
        self.programs = self.folder / "programs"
        self.calls_file = self.folder / "calls"
        self.tree.mkdir()
        self.programs.mkdir()
        shutil.copy(CHECKOUT / "setup.sh", self.tree)
        for name in ("requirements", "systemd"):
            shutil.copytree(CHECKOUT / name, self.tree / name)
        for name in TOOLS:
            found = shutil.which(name)
            assert found, f"{name} is not on this machine"
            (self.programs / name).symlink_to(found)
        self.program("python3", PYTHON)
        self.env = {"PATH": str(self.programs), "CALLS": str(self.calls_file), "VERSION": "3.11"}

    @property
    def venv(self) -> Path:
        return self.tree / ".venv"

    def program(self, name: str, text: str) -> None:
        """Puts a program on the PATH, over the real one."""
        path = self.programs / name
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Runs setup.sh."""
        return subprocess.run(  # noqa: S603 (our own script)
            [str(self.tree / "setup.sh"), *arguments],
            env=self.env | env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def calls(self, word: str) -> list[str]:
        """The calls of any Python so far that have a word in them."""
        if not self.calls_file.exists():
            return []
        return [line for line in self.calls_file.read_text().splitlines() if word in line]
