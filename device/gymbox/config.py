"""Settings: the packaged default.toml, over it the owner's file, over that the command line.

Every key must be known, of its default's type and within its limits; a wrong one is a ConfigError
that names the nearest right one or the range. Each setting remembers where it came from, for
`gymbox config`.
"""

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from gymbox.bundles.sets import installed_folder
from gymbox.errors import ConfigError
from gymbox.limits import CHOICES, RANGES

Value = bool | int | float | str
SYSTEM_FILE = Path("/etc/gymbox/gymbox.toml")
SYSTEM_DATA = Path("/var/lib/gymbox")
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it came from: "default", a file's path or COMMAND_LINE."""

    value: Value
    origin: str


class Settings:
    """The settings in force, read as `settings.text("camera", "kind")`.

    Raises:
        ConfigError: a key that does not exist, or a value of the wrong type or beyond its limits,
            was given.
    """

    def __init__(self, values: Mapping[str, Mapping[str, Setting]]) -> None:
        self._values = values

    def get(self, section: str, key: str) -> Value:
        """The value of a setting that default.toml has."""
        return self._values[section][key].value

    def text(self, section: str, key: str) -> str:
        """The value of a setting that is a text."""
        return str(self.get(section, key))

    def integer(self, section: str, key: str) -> int:
        """The value of a setting that is a whole number."""
        return int(self.get(section, key))

    def number(self, section: str, key: str) -> float:
        """The value of a setting that is a number."""
        return float(self.get(section, key))

    def flag(self, section: str, key: str) -> bool:
        """The value of a setting that is true or false."""
        return bool(self.get(section, key))

    def origin(self, section: str, key: str) -> str:
        """Where a setting came from."""
        return self._values[section][key].origin

    def section(self, name: str) -> dict[str, Any]:
        """The settings of a section, as keyword arguments of the part that it is about."""
        return {key: setting.value for key, setting in self._values[name].items()}

    def items(self) -> Iterable[tuple[str, Setting]]:
        """All settings as ("section.key", setting), in the order of default.toml."""
        for section, keys in self._values.items():
            for key, setting in keys.items():
                yield f"{section}.{key}", setting

    def with_values(self, changes: Mapping[str, object], origin: str) -> "Settings":
        """A copy with {"section.key": value} laid over it."""
        values = {section: dict(keys) for section, keys in self._values.items()}
        for name, value in changes.items():
            section, key = self._known(name, origin)
            typed = _checked(name, value, values[section][key].value, origin)
            _check_limits(name, typed, origin)
            values[section][key] = Setting(typed, origin)
        return Settings(values)

    def _known(self, name: str, origin: str) -> tuple[str, str]:
        section, _, key = name.partition(".")
        if key in self._values.get(section, {}):
            return section, key
        near = difflib.get_close_matches(name, [known for known, _ in self.items()], 1, 0.5)
        advice = f"did you mean {near[0]}?" if near else "`gymbox config` lists the settings"
        raise ConfigError(f"unknown setting {name} ({origin})", advice)

    @property
    def pose_model(self) -> Literal["lite", "full"]:
        """The landmark network."""
        return "lite" if self.text("pose", "model") == "lite" else "full"

    @property
    def models_folder(self) -> Path | None:
        """The folder of the models: the one asked for, else that of the installed bundle.

        None where the packaged ones are in force.
        """
        folder = self.text("models", "folder")
        return Path(folder) if folder else installed_folder(self.data_folder)

    @property
    def data_folder(self) -> Path:
        """The folder of the training log."""
        folder = self.text("log", "folder")
        if folder:
            try:
                return Path(folder).expanduser()
            except RuntimeError as error:
                raise ConfigError(
                    f"log.folder is {folder!r}, and there is no such user", "write out its path"
                ) from error
        if SYSTEM_DATA.is_dir():
            return SYSTEM_DATA
        return _xdg("XDG_DATA_HOME", ".local/share")


def load(file: Path | None = None, changes: Iterable[str] = ()) -> Settings:
    """Reads the settings.

    Args:
        file: the owner's file; None takes /etc/gymbox/gymbox.toml or, where that is not, the one in
            the XDG configuration folder, if there is one.
        changes: "section.key=value" of the command line, the value in TOML or a plain text.
    """
    settings = defaults()
    path = file or _owners_file()
    if path is not None:
        settings = settings.with_values(read_file(path), str(path))
    return settings.with_values(dict(map(_parse_change, changes)), COMMAND_LINE)


def defaults() -> Settings:
    """The packaged settings."""
    text = resources.files("gymbox").joinpath("default.toml").read_text("utf-8")
    return Settings(
        {
            section: {key: Setting(value, "default") for key, value in keys.items()}
            for section, keys in tomllib.loads(text).items()
        }
    )


def read_file(path: Path) -> dict[str, object]:
    """The settings in a TOML file as {"section.key": value}."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}", str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not TOML", str(error)) from error
    for section, keys in tables.items():
        if not isinstance(keys, dict):
            raise ConfigError(f"{section} in {path} stands outside a section", "put it under [...]")
    return {f"{section}.{key}": v for section, keys in tables.items() for key, v in keys.items()}


def _parse_change(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ConfigError(f"cannot understand {text!r}", "write --set section.key=value")
    try:
        return name.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return name.strip(), value.strip()


def _checked(name: str, value: object, default: Value, origin: str) -> Value:
    if isinstance(default, float) and type(value) is int:
        return float(value)
    # bool is a subclass of int, so isinstance alone would take true for 1.
    if isinstance(value, bool | int | float | str) and type(value) is type(default):
        return value
    kinds = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    kind = kinds[type(default)]
    raise ConfigError(f"{name} is {value!r} ({origin})", f"it must be {kind}, such as {default!r}")


def _check_limits(name: str, value: Value, origin: str) -> None:
    problem = f"{name} is {value!r} ({origin})"
    if name in RANGES:
        low, high = RANGES[name]
        if not low <= float(value) <= high:  # so written, it is not fooled by NaN
            raise ConfigError(problem, f"it must be {low} to {high}")
    if name in CHOICES and value not in CHOICES[name]:
        near = difflib.get_close_matches(str(value), CHOICES[name], 1, 0.5)
        advice = f"did you mean {near[0]}? " if near else ""
        raise ConfigError(problem, f"{advice}it must be {' or '.join(CHOICES[name])}")


def _owners_file() -> Path | None:
    candidates = (SYSTEM_FILE, _xdg("XDG_CONFIG_HOME", ".config") / "gymbox.toml")
    return next((path for path in candidates if path.is_file()), None)


def _xdg(variable: str, fallback: str) -> Path:
    base = os.environ.get(variable)
    return (Path(base) if base else Path.home() / fallback) / "gymbox"
