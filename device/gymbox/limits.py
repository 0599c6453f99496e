"""What the settings may be, beyond their type: the range of every number and the words of a choice.

A number outside its range, NaN and infinity included, or a word that is none of the choices is a
ConfigError as the settings are read, so that no part has to meet it.
"""

RANGES: dict[str, tuple[float, float]] = {
    "camera.device": (0, 255),
    "camera.width": (32, 8192),
    "camera.height": (32, 8192),
    "camera.fps": (1, 240),
    # Opening, a stall and the longest pause together must stay below the 30 s of a hung camera.
    "camera.stall_after": (0.5, 15),
    "pose.threads": (1, 64),
    "spot.threads": (1, 64),
    "auto.sure": (0.3, 0.999),
    "auto.every": (0.1, 2),
    "screen.port": (0, 255),
    "screen.address": (0x08, 0x77),
    "screen.spi_device": (0, 255),
    "screen.gpio_dc": (0, 53),
    "screen.gpio_rst": (0, 53),
    "screen.rotate": (0, 3),
    "screen.contrast": (0, 255),
    "screen.fps": (0.1, 60),
    "buttons.mode": (0, 53),
    "buttons.select": (0, 53),
    "buttons.back": (0, 53),
    "buttons.power": (0, 53),
    "buttons.hold": (0.1, 60),
    "buttons.long_press": (0.2, 5),
    "buzzer.pin": (0, 53),
    "training.rest_after": (1, 3600),
    "training.gone_after": (0.5, 3600),
    "training.target_reps": (0, 999),
    "training.target_sets": (0, 99),
    "training.rest_target": (0, 3600),
    "collection.athlete": (1, 9),
    "collection.max_mb": (20, 1000000),
    "log.resume_within": (0, 86400),
}
"""The lowest and the highest value of each number, both allowed, in the unit of default.toml."""

CHOICES: dict[str, tuple[str, ...]] = {
    "pose.model": ("full", "lite"),
    "spot.region": ("frame", "motion"),
    "training.mode": ("auto", "count", "spot", "framing", "collect", "teach", "history"),
}
"""The words of settings that no room of the box has a list of its own for."""
