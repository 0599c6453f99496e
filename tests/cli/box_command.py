"""Runs the command `gymbox` as a user does."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "device" / "gymbox" / "demo" / "squats.mp4"


def gymbox(
    *words: str | Path, home: Path, timeout: float = 1800
) -> subprocess.CompletedProcess[str]:
    """One run, with settings and data of its own in `home`.

    The bundled clip takes some seconds, and minutes where the processor is emulated.
    """
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "device"),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
    }
    return subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "gymbox", *map(str, words)],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        stdin=subprocess.DEVNULL,
    )
