"""`gymbox models` as a user types it: install, list, verify, rollback, and what goes wrong."""

import json
import os
from pathlib import Path

import pytest

from gymbox import config
from gymbox.__main__ import main
from gymbox.bundles.sets import sets_folder
from gymbox.bundles.store import Store
from gymbox.health.running import Mark
from tests.bundles.parcels import all_well, bundle
from tests.cli.box_command import DEMO, gymbox

NAMES = {"phase", "pose_detection", "pose_landmark_full", "pose_landmark_lite", "sequence"}


class Box:
    """A data folder and the command on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = folder / "data"
        self._capsys = capsys
        self.out = self.err = ""

    def run(self, *words: str | Path) -> int:
        code = main([*map(str, words), f"--set=log.folder={self.data}"])
        self.out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.err
        return code

    def refuses(self, code: int, says: str, *words: str | Path) -> None:
        """One line says why, and nothing is printed besides."""
        assert self.run(*words) == code
        assert says in self.err
        assert self.err.count("\n") == 1
        assert self.out == ""

    def rows(self) -> dict[str, dict[str, str]]:
        self.run("models", "--json")
        found: dict[str, dict[str, str]] = json.loads(self.out)
        return found


@pytest.fixture
def box(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Box:
    monkeypatch.setattr(config, "SYSTEM_FILE", tmp_path / "absent.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return Box(tmp_path, capsys)


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    return bundle(tmp_path / "parcel.zip", version="2026.11")


def test_a_bundle_is_installed_listed_verified_and_rolled_back(box: Box, parcel: Path) -> None:
    assert box.run("models", "install", parcel) == 0
    assert "models 2026.11 are installed: tiny" in box.out
    assert "rollback goes back to the packaged models" in box.out
    rows = box.rows()
    assert set(rows) == {"tiny"} | NAMES
    assert rows["tiny"]["origin"] == "bundle 2026.11"
    assert rows["pose_detection"]["origin"] == "packaged"
    assert {row["state"] for row in rows.values()} == {"ok"}
    assert box.run("models", "verify") == 0
    assert f"{len(NAMES) + 1} models are as they were packed" in box.out
    assert box.run("models", "install", parcel) == 0
    assert "installed already" in box.out
    assert box.run("models", "rollback") == 0
    assert "back to the packaged models" in box.out
    assert set(box.rows()) == NAMES


def test_list_is_the_same_as_no_word(box: Box) -> None:
    assert box.run("models") == 0
    plain = box.out
    assert box.run("models", "list") == 0
    assert box.out == plain
    assert len(plain.splitlines()) == len(NAMES)


def test_options_may_stand_anywhere(box: Box, parcel: Path) -> None:
    assert main(["models", f"--set=log.folder={box.data}", "install", str(parcel)]) == 0
    assert (sets_folder(box.data) / "current").is_symlink()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("install",), "takes one bundle"),
        (("rollback", "x.zip"), "takes nothing more"),
        (("verify", "--json"), "--json is for"),
        (("instal", "x.zip"), "invalid choice"),
    ],
)
def test_wrong_usage_is_told(box: Box, words: tuple[str, ...], says: str) -> None:
    box.refuses(2, says, "models", *words)


def test_a_bundle_that_cannot_be_read_is_told(box: Box, parcel: Path) -> None:
    box.refuses(66, "cannot be read", "models", "install", parcel.with_name("absent.zip"))
    parcel.write_bytes(parcel.read_bytes()[:-100])
    box.refuses(66, "its end is missing", "models", "install", parcel)
    assert not box.data.exists()


def test_one_that_does_not_fit_is_told(box: Box, tmp_path: Path) -> None:
    other = bundle(tmp_path / "other.zip", gymbox=("9.9",))
    box.refuses(1, "made for gymbox 9.9", "models", "install", other)
    unknown = bundle(tmp_path / "unknown.zip", task="juggling")
    box.refuses(1, "no use for tiny (juggling)", "models", "install", unknown)


def test_nothing_to_go_back_from_is_told(box: Box) -> None:
    box.refuses(1, "no bundle is installed", "models", "rollback")


def spoil(box: Box, name: str) -> None:
    (file,) = sets_folder(box.data).glob(f"2026*/{name}")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(
    "name", ["tiny.tflite", "manifest.toml", "NOTICE", "bundle.toml", "installed.toml"]
)
def test_any_flipped_bit_of_an_installed_set_is_found(box: Box, parcel: Path, name: str) -> None:
    Store(box.data, all_well).install(parcel)
    spoil(box, name)
    assert box.run("models", "verify") == 1
    assert box.out.startswith("FAULT  ")
    assert "sudo gymbox models rollback" in box.out
    box.run("doctor")
    (line,) = [line for line in box.out.splitlines() if " models " in line]
    assert line.startswith("FAULT")
    assert box.run("models", "rollback") == 0
    assert set(box.rows()) == NAMES


def test_a_spoilt_model_stops_a_replay_with_the_way_out(box: Box, tmp_path: Path) -> None:
    model = (Path(__file__).parents[2] / "models" / "pose_landmark_full.tflite").read_bytes()
    parcel = bundle(
        tmp_path / "pose.zip",
        name="pose_landmark_full",
        version="2026.12",
        model=model,
        input_shape=[1, 256, 256, 3],
    )
    assert box.run("models", "install", parcel) == 0
    assert box.rows()["pose_landmark_full"]["origin"] == "bundle 2026.12"
    spoil(box, "tiny.tflite")
    box.refuses(78, "sudo gymbox models rollback", "replay", DEMO, "--exercise", "squat")


def test_the_doctor_names_the_bundle(box: Box, parcel: Path) -> None:
    Store(box.data, all_well).install(parcel)
    box.run("doctor")
    assert "those of bundle 2026.11 first" in box.out


def test_a_running_box_is_to_be_restarted(
    box: Box, parcel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = Mark(box.data)
    mark.hold()
    box.run("models", "install", parcel)
    mark.drop()
    assert "restart: the running gymbox" in box.out
    box.run("models", "rollback")
    assert "restart" not in box.out
    monkeypatch.setattr("gymbox.cli.models.SYSTEM_DATA", box.data)
    box.run("models", "install", parcel)
    assert "restart: sudo systemctl restart gymbox" in box.out


def test_models_that_are_not_looked_at_are_told(box: Box, parcel: Path) -> None:
    folder = Path(__file__).parents[2] / "models"
    box.run("models", "install", parcel, f"--set=models.folder={folder}")
    assert "models.folder is set" in box.out
    assert box.run("models", "--json", f"--set=models.folder={folder}") == 0
    assert set(json.loads(box.out)) == NAMES


def test_a_closed_data_folder_is_told_and_the_packaged_models_used(
    tmp_path: Path, parcel: Path
) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may look everywhere")
    home = tmp_path / "home"
    home.mkdir()
    data = home / "data" / "gymbox"
    assert gymbox("models", "install", parcel, home=home).returncode == 0
    data.chmod(0)
    try:
        ended = gymbox("models", "--json", home=home)
        assert ended.returncode == 0
        assert set(json.loads(ended.stdout)) == NAMES
        assert "is closed to this user" in ended.stderr
        ended = gymbox("models", "rollback", home=home)
        assert ended.returncode == 1
        assert ended.stderr.endswith("use sudo\n")
        assert ended.stderr.count("\n") == 1
    finally:
        data.chmod(0o755)
