"""`gymbox doctor`: one line a part, what is wrong with it and what to do."""

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from gymbox.config import Settings
from gymbox.errors import DataFolderError, GymboxError, ModelError
from gymbox.health.running import Mark

THROTTLED = Path("/sys/devices/platform/soc/soc:firmware/get_throttled")
HEAT = Path("/sys/class/thermal/thermal_zone0/temp")
JOURNAL = Path("/var/log/journal")
HOT = 80.0  # degrees Celsius at which a Pi begins to slow down
LEAST_DISK = 200  # MB; a year of training takes less than 20
HELD = {"camera", "screen", "buttons", "buzzer"}  # by a running box
IN_USE = "in use by the running box"
UNDER_VOLTAGE = 0x50005  # now or since switch-on: under-voltage, throttled


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options of its own."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Checks every part; 1 if one of them has a fault.

    What a running box holds is left to it: a second hand on the camera or the lines would fail, and
    one on the screen would wipe its picture.
    """
    running = Mark(args.settings.data_folder).seen()
    faults = 0
    for name, check in CHECKS.items():
        try:
            found = IN_USE if running and name in HELD else check(args.settings)
            print(f"ok     {name:<8} {found}", flush=True)
        except GymboxError as error:
            faults += 1
            print(f"FAULT  {name:<8} {error}", flush=True)
    return 1 if faults else 0


def check_models(settings: Settings) -> str:
    """Every file is the one in the manifest or the bundle, and the networks run here."""
    from gymbox.bundles.sets import INSTALLED, read_set  # noqa: PLC0415 (for one check)
    from gymbox.inference.manifest import ROLLBACK, load_manifest  # noqa: PLC0415
    from gymbox.inference.runtime import Network  # noqa: PLC0415

    folder = settings.models_folder
    networks = [Network(card) for card in load_manifest(folder).values()]
    words = f"{len(networks)} models run on {networks[0].runtime}"
    if folder is None or not (folder / INSTALLED).is_file():
        return words
    bundle = read_set(folder)
    for fault in bundle.faults():
        raise ModelError(fault, ROLLBACK)
    return f"{words}, those of bundle {bundle.label.version} first"


def check_camera(settings: Settings) -> str:
    """One frame arrives."""
    from gymbox.box import camera_of  # noqa: PLC0415

    with camera_of(settings) as camera:
        frame = camera.read()
    height, width = frame.image.shape[:2] if frame else (0, 0)
    return f"{settings.text('camera', 'kind')} gives frames of {width} x {height}"


def check_screen(settings: Settings) -> str:
    """The screen acknowledges."""
    from gymbox.box import screen_of  # noqa: PLC0415

    screen = screen_of(settings)
    width, height = screen.size
    screen.close(keep=True)
    return f"{settings.text('screen', 'kind')} answers, {width} x {height}"


def check_buttons(settings: Settings) -> str:
    """The GPIO lines can be had."""
    from gymbox.box import buttons_of  # noqa: PLC0415

    buttons_of(settings).close()
    return settings.text("buttons", "kind")


def check_buzzer(settings: Settings) -> str:
    """The GPIO line can be had."""
    from gymbox.box import buzzer_of  # noqa: PLC0415

    buzzer_of(settings).close()
    return settings.text("buzzer", "kind")


def check_log(settings: Settings) -> str:
    """The training log can be written."""
    from gymbox.workouts.log import TrainingLog  # noqa: PLC0415

    with TrainingLog.open(settings.data_folder) as log:
        return f"{log.path} can be written"


def check_disk(settings: Settings) -> str:
    """There is room for the log."""
    folder = settings.data_folder
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < LEAST_DISK:
        raise DataFolderError(f"only {free} MB are free in {folder}", "make room")
    return f"{free} MB free in {folder}"


def check_heat(settings: Settings) -> str:
    """The processor is not so hot that it slows down."""
    del settings
    if not HEAT.exists():
        return "this machine has no thermometer that we can read"
    degrees = int(HEAT.read_text("ascii")) / 1000
    if degrees >= HOT:
        raise GymboxError(f"the processor has {degrees:.0f} C", "give the box air or a heat sink")
    return f"{degrees:.0f} C"


def check_power(settings: Settings) -> str:
    """The voltage has not dropped since switch-on."""
    del settings
    if not THROTTLED.exists():
        return "this machine does not measure its supply"
    if int(THROTTLED.read_text("ascii"), 16) & UNDER_VOLTAGE:
        raise GymboxError(
            "the voltage has dropped since switch-on", "use a stronger supply or a thicker cable"
        )
    return "the voltage has held since switch-on"


def check_journal(settings: Settings) -> str:
    """The journal outlives a restart."""
    del settings
    if not JOURNAL.is_dir():
        raise GymboxError(
            "the journal is kept in memory and lost at every restart",
            "sudo ./setup.sh install makes it persistent",
        )
    return f"is kept in {JOURNAL}"


CHECKS: dict[str, Callable[[Settings], str]] = {
    "models": check_models,
    "camera": check_camera,
    "screen": check_screen,
    "buttons": check_buttons,
    "buzzer": check_buzzer,
    "log": check_log,
    "disk": check_disk,
    "heat": check_heat,
    "power": check_power,
    "journal": check_journal,
}
