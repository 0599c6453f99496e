"""`gymbox run`: the daemon."""

import argparse
import logging
import signal
import threading
from contextlib import ExitStack

from gymbox import box
from gymbox.health import journal
from gymbox.health.notify import notifier
from gymbox.health.running import Mark


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options of its own: everything is a setting."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Runs until the power button is held, a signal comes or a recording ends."""
    settings = args.settings
    # On a screen drawn in the terminal every record would be a blot.
    drawn = settings.text("screen", "kind") == "terminal"
    journal.start(logging.WARNING if drawn else logging.INFO)
    notify = notifier()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with ExitStack() as stack:
        parts = stack.enter_context(
            box.open_box(
                settings,
                mode=settings.text("training", "mode"),
                outputs=[journal.record],
                log=True,
                alive=lambda: notify("WATCHDOG=1"),
            )
        )
        mark = Mark(settings.data_folder)
        stack.callback(mark.drop)
        # Not before a frame has come: until then the doctor may be asked what is wrong.
        parts.taps.append(lambda *_: mark.hold())
        notify("READY=1")
        parts.run(stop.is_set)
        notify("STOPPING=1")
    if parts.loop.power_off:
        box.power_off(settings)
    return 0
