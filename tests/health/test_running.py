"""The sign of a running box: seen by others, gone with the process."""

import subprocess
import sys
from pathlib import Path

from gymbox.health.running import Mark

HOLDER = """
import sys
from pathlib import Path
from gymbox.health.running import Mark
mark = Mark(Path(sys.argv[1]))
mark.hold()
print("held", flush=True)
sys.stdin.read()
"""


def test_it_is_seen_while_it_is_held_and_for_its_folder_only(tmp_path: Path):
    mine, other = Mark(tmp_path), Mark(tmp_path / "other")
    assert not mine.seen()
    mine.hold()
    mine.hold()
    assert Mark(tmp_path).seen()
    assert not other.seen()
    mine.drop()
    assert not Mark(tmp_path).seen()


def test_a_second_box_changes_nothing(tmp_path: Path):
    first, second = Mark(tmp_path), Mark(tmp_path)
    first.hold()
    second.hold()
    second.drop()
    assert Mark(tmp_path).seen()
    first.drop()


def test_a_killed_process_leaves_no_sign(tmp_path: Path):
    with subprocess.Popen(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert Mark(tmp_path).seen()
        holder.kill()
        holder.wait()
    assert not Mark(tmp_path).seen()
