"""Writes requirements/*.txt: every package of every target, pinned, with its wheels' hashes.

Run it with any Python that has a recent pip, after changing a version in the tables below:

    python3 tools/lock.py [NAME...]

Nothing is installed. pip resolves each target for each of its Python versions from wheels alone, so
a target that would need a compiler is found here and not on somebody's box.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"

# Both Debians have a glibc newer than the newest of these.
GLIBC = ("manylinux2014", "manylinux_2_17", "manylinux_2_27", "manylinux_2_28", "manylinux_2_34")

COMMON = (
    "gpiozero==2.0.1.post3",  # post1 and post2 do not work on the Pi 5
    "luma.oled==3.16.0",
    "opencv-python-headless==4.11.0.86",  # 5.x changed the options of VideoCapture
    "pillow==13.0.0",  # one version everywhere, or text in the golden images moves
)
DEV = (
    "contourpy==1.3.3",  # the newer one is not for Python 3.11
    "hypothesis==6.170.15",
    "matplotlib==3.11.2",
    "mypy==2.4.1",
    "pytest==9.2.0",
    "ruff==0.17.6",
)
ANY_PYTHON = ("3.11", "3.12", "3.13")
BOTH = ("x86_64", "aarch64")


@dataclass(frozen=True)
class Lock:
    """One file of requirements/: what it asks for, and where it has to resolve."""

    packages: tuple[str, ...]
    machines: tuple[str, ...]
    pythons: tuple[str, ...]
    on_top_of: str | None = None  # names the lock whose versions it keeps and does not repeat


LITERT_NUMPY = "numpy==2.3.5"
TFLITE = ("tflite-runtime==2.14.0", "numpy==1.26.4")
LOCKS = {
    "x86_64-litert": Lock(
        (*COMMON, "ai-edge-litert==2.3.0", LITERT_NUMPY), ("x86_64",), ANY_PYTHON
    ),
    "x86_64-tflite": Lock((*COMMON, *TFLITE), ("x86_64",), ("3.11",)),
    # 2.2 and 2.3 die under qemu-aarch64, so they could not be tested here.
    "aarch64-litert": Lock(
        (*COMMON, "ai-edge-litert==2.1.6", LITERT_NUMPY), ("aarch64",), ANY_PYTHON
    ),
    "aarch64-tflite": Lock((*COMMON, *TFLITE), ("aarch64",), ("3.11",)),
    "dev": Lock(DEV, BOTH, ANY_PYTHON, on_top_of="x86_64-litert"),
}


def versions_in(name: str) -> dict[str, str]:
    """Returns the packages and versions of a lock that was written before."""
    lines = (FOLDER / f"{name}.txt").read_text().splitlines()
    pairs = (line.removesuffix(" \\").split("==") for line in lines if "==" in line)
    return {package: version for package, version in pairs}  # noqa: C416 - says what the pair is


def resolve(packages: list[str], machine: str, python: str) -> list[dict[str, object]]:
    """Asks pip which wheels a target would get; a target without wheels ends the script."""
    digits = python.replace(".", "")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
    command += ["--only-binary=:all:", "--target=unused", "--report=-", "--no-input"]
    command += ["--python-version", python, "--implementation", "cp"]
    command += [f"--abi={abi}" for abi in (f"cp{digits}", "abi3", "none")]
    command += [f"--platform={tag}_{machine}" for tag in GLIBC]
    # Without the settings of this machine, so that the hashes are those of the public index.
    env = {key: value for key, value in os.environ.items() if key != "PIP_FIND_LINKS"}
    env["PIP_CONFIG_FILE"] = os.devnull
    done = subprocess.run(  # noqa: S603 - the command is made of the tables above
        [*command, *packages], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{machine}, Python {python}: {done.stderr.strip()}")
    report: list[dict[str, object]] = json.loads(done.stdout)["install"]
    return report


def write(name: str, lock: Lock) -> None:
    """Resolves one lock everywhere it is for, and writes its file."""
    base = versions_in(lock.on_top_of) if lock.on_top_of else {}
    asked = [*lock.packages, *(f"{p}=={base[p]}" for p in ("numpy", "pillow") if p in base)]
    versions: dict[str, set[str]] = defaultdict(set)
    hashes: dict[str, set[str]] = defaultdict(set)
    for machine in lock.machines:
        for python in lock.pythons:
            for item in resolve(asked, machine, python):
                package = item["metadata"]["name"].lower().replace("_", "-")  # type: ignore[index]
                versions[package].add(item["metadata"]["version"])  # type: ignore[index]
                hashes[package].add(item["download_info"]["archive_info"]["hashes"]["sha256"])  # type: ignore[index]
            print(f"{name}: resolves on {machine} with Python {python}")
    where = f"{', '.join(lock.machines)}, Python {', '.join(lock.pythons)}"
    text = f"# Written by tools/lock.py for {where}.\n"
    for package in sorted(versions):
        if len(versions[package]) > 1:
            sys.exit(f"{name}: {package} differs by Python, pin it: {sorted(versions[package])}")
        if package in base:
            continue
        lines = [f"{package}=={versions[package].pop()}"]
        lines += [f"    --hash=sha256:{value}" for value in sorted(hashes[package])]
        text += " \\\n".join(lines) + "\n"
    (FOLDER / f"{name}.txt").write_text(text)


def main() -> None:
    """Writes the locks that were named, or all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or LOCKS:
        write(name, LOCKS[name])


if __name__ == "__main__":
    main()
