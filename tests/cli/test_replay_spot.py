"""`gymbox replay --mode spot`, as far as it goes without a network."""

from pathlib import Path

from tests.cli.box_command import DEMO, ROOT, gymbox

SPOT = ("replay", DEMO, "--mode", "spot")


def test_an_exercise_that_it_cannot_count_is_wrong_usage(tmp_path: Path):
    ran = gymbox(*SPOT, "--exercise", "deadlift", home=tmp_path)
    assert ran.returncode == 2
    assert "push-ups and squats only, not deadlift" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_without_the_network_one_line_says_so(tmp_path: Path):
    text = (ROOT / "models" / "manifest.toml").read_text()
    bare = tmp_path / "models"
    bare.mkdir()
    (bare / "manifest.toml").write_text(text.replace("[models.phase", "[models.another"))
    ran = gymbox(*SPOT, "--exercise", "squat", "--set", f"models.folder={bare}", home=tmp_path)
    assert ran.returncode == 78
    assert "there is no model phase" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
