"""Settings: layers, types, and errors that name the nearest known setting."""

from pathlib import Path

import pytest

from gymbox import config
from gymbox.errors import ConfigError
from gymbox.limits import CHOICES, RANGES


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gymbox.toml"


@pytest.fixture(autouse=True)
def _no_owners_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(config, "SYSTEM_FILE", tmp_path / "absent.toml")
    monkeypatch.setattr(config, "SYSTEM_DATA", tmp_path / "absent")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg-config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg-data"))


def test_later_layers_win_and_are_named(file: Path) -> None:
    file.write_text("[camera]\nfps = 15\nwidth = 320\n", "utf-8")
    settings = config.load(file, ["camera.fps=10"])
    origins = {name: (s.value, s.origin) for name, s in settings.items()}
    assert origins["camera.fps"] == (10, "command line")
    assert origins["camera.width"] == (320, str(file))
    assert origins["camera.height"] == (480, "default")


def test_the_owners_file_is_found_in_the_xdg_folder(tmp_path: Path) -> None:
    folder = tmp_path / "xdg-config" / "gymbox"
    folder.mkdir(parents=True)
    (folder / "gymbox.toml").write_text("[pose]\nmodel = 'lite'\n", "utf-8")
    assert config.load().text("pose", "model") == "lite"


def test_data_go_to_the_xdg_folder_unless_the_box_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config.load().data_folder == tmp_path / "xdg-data" / "gymbox"
    (tmp_path / "var").mkdir()
    monkeypatch.setattr(config, "SYSTEM_DATA", tmp_path / "var")
    assert config.load().data_folder == tmp_path / "var"
    assert config.load(None, ["log.folder=elsewhere"]).data_folder == Path("elsewhere")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[camera]\nfsp = 15\n", "unknown setting camera.fsp .* did you mean camera.fps"),
        ("[kamera]\nfps = 15\n", "unknown setting kamera.fps .* did you mean camera.fps"),
        ("[camera]\nfps = 'many'\n", "camera.fps is 'many' .* a whole number, such as 30"),
        ("[camera]\nfps = true\n", "camera.fps is True .* a whole number"),
        ("[screen]\nfps = true\n", "screen.fps is True .* a number"),
        ("[camera]\nflip_vertical = 1\n", "flip_vertical is 1 .* true or false"),
        ("fps = 15\n", "fps in .* outside a section"),
        ("[camera\n", "is not TOML"),
    ],
)
def test_a_wrong_file_is_named_in_one_line(file: Path, text: str, words: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        config.load(file)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_an_error(file: Path) -> None:
    with pytest.raises(ConfigError, match="cannot read"):
        config.load(file)


def test_values_of_the_command_line_are_toml_or_plain_text() -> None:
    settings = config.load(None, ["camera.path=a b.mp4", "camera.paced=true", "screen.fps=5"])
    assert settings.text("camera", "path") == "a b.mp4"
    assert settings.flag("camera", "paced") is True
    assert settings.number("screen", "fps") == 5.0
    with pytest.raises(ConfigError, match=r"section\.key=value"):
        config.load(None, ["camera.fps"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("screen.fps=0", "screen.fps is 0.0 .* it must be 0.1 to 60"),
        ("screen.fps=-1", "0.1 to 60"),
        ("screen.fps=nan", "screen.fps is nan .* 0.1 to 60"),
        ("training.rest_after=-1", "1 to 3600"),
        ("training.rest_after=nan", "1 to 3600"),
        ("log.resume_within=nan", "0 to 86400"),
        ("log.resume_within=1e300", "0 to 86400"),
        ("log.resume_within=-inf", "0 to 86400"),
        ("camera.width=-4", "32 to 8192"),
        ("pose.threads=0", "1 to 64"),
        ("screen.rotate=4", "0 to 3"),
        ("screen.contrast=256", "0 to 255"),
        ("screen.address=0x78", "8 to 119"),
        ("pose.model=heavy", "it must be full or lite"),
        ("pose.model=ful", "did you mean full?"),
    ],
)
def test_a_value_beyond_its_limits(change: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        config.load(None, [change])


def test_every_number_has_limits_and_the_defaults_keep_them() -> None:
    settings = dict(config.defaults().items())
    numbers = {name for name, s in settings.items() if type(s.value) in {int, float}}
    assert numbers == set(RANGES)
    for name, setting in settings.items():
        # Laid over itself, a setting is checked like the owner's.
        config.defaults().with_values({name: setting.value}, "test")
    assert set(CHOICES) <= set(settings)


def test_the_ends_of_a_range_are_allowed() -> None:
    for name, ends in RANGES.items():
        for end in ends:
            kind = type(dict(config.defaults().items())[name].value)
            config.defaults().with_values({name: kind(end)}, "test")


def test_a_folder_of_a_user_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match=r"~nobody-of-that-name.*no such user"):
        _ = config.load(None, ["log.folder=~nobody-of-that-name/log"]).data_folder
