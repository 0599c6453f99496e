"""`gymbox models`: what is installed; install a bundle, verify it, go back to the one before."""

import argparse
import json
from pathlib import Path
from typing import Any

from gymbox.bundles.sets import InstalledSet, current_set, read_label, sets_folder
from gymbox.config import SYSTEM_DATA, Settings
from gymbox.errors import InputError, ModelError, UsageError
from gymbox.health.running import Mark
from gymbox.inference.manifest import (
    ROLLBACK,
    ModelCard,
    load_manifest,
    models_folder,
    read_manifest,
)

PACKAGED = "packaged"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=tuple(ACTIONS),
        default="list",
        help="list (without a word), install BUNDLE, verify every file and run it,"
        " rollback to the models before",
    )
    parser.add_argument("bundle", nargs="?", type=Path, metavar="BUNDLE", help="a zip, to install")
    parser.add_argument("--json", action="store_true", help="one JSON object (list)")


def run(args: argparse.Namespace) -> int:
    """Does what is asked for; 1 if a model is not as it should be."""
    if (args.bundle is not None) != (args.action == "install"):
        wanted = "one bundle" if args.action == "install" else "nothing more"
        raise UsageError(f"gymbox models {args.action} takes {wanted}", "see gymbox models --help")
    if args.json and args.action != "list":
        raise UsageError("--json is for gymbox models list", "leave it out")
    return ACTIONS[args.action](args)


def list_models(args: argparse.Namespace) -> int:
    """Prints every model and checks its file."""
    cards = load_manifest(args.settings.models_folder)
    states = {name: _state(card) for name, card in cards.items()}
    origins = {name: _origin(card) for name, card in cards.items()}
    if args.json:
        table = {
            name: _row(card) | {"origin": origins[name], "state": states[name]}
            for name, card in cards.items()
        }
        print(json.dumps(table, indent=2))
    else:
        for name, card in cards.items():
            print(
                f"{name:<22} {card.quantisation:<12} {card.licence:<12} {origins[name]:<20}"
                f" {states[name]}"
            )
    return 0 if all(state == "ok" for state in states.values()) else 1


def install(args: argparse.Namespace) -> int:
    """Puts the models of a bundle in force, if they are whole and run here."""
    from gymbox.bundles.store import Store  # noqa: PLC0415 (zip and processes: only here)

    outcome = Store(args.data).install(args.bundle)
    label = outcome.current.label
    if outcome.tried is None:
        print(f"models {label.version} are installed already")
        return 0
    print(
        f"models {label.version} are installed: {', '.join(read_manifest(outcome.current.folder))}"
    )
    compared = ", ".join(outcome.tried.compared) or "run only, there are no samples"
    print(f"self-test passed on {outcome.tried.runtime}: {compared}")
    print(f"gymbox models rollback goes back to {_named(outcome.current.replaces)}")
    _tell_restart(args.settings)
    return 0


def verify(args: argparse.Namespace) -> int:
    """Checks every file of the models in force and runs each model."""
    from gymbox.bundles.selftest import run_selftest  # noqa: PLC0415 (as above)

    faults, folder = [], Path()
    try:
        installed = _current(args.data)
        folder = models_folder(args.settings.models_folder)
        faults = _faults(folder, installed)
    except ModelError as error:
        faults = [str(error)]
    for fault in faults:
        print(f"FAULT  {fault}")
    if faults:
        return 1
    passed = run_selftest(folder, owner=args.data if args.data.is_dir() else folder)
    models = len(load_manifest(folder))
    print(f"ok     {models} models are as they were packed and run on {passed.runtime}")
    if passed.compared:
        print(f"ok     same results as where they were packed: {', '.join(passed.compared)}")
    return 0


def rollback(args: argparse.Namespace) -> int:
    """Goes back to the bundle before, or to the packaged models."""
    from gymbox.bundles.store import Store  # noqa: PLC0415 (as above)

    target, skipped = Store(args.data).rollback()
    if skipped:
        print(f"the bundle before cannot be used: {skipped}")
    print(f"back to {_named(target.folder.name if target else '')}")
    _tell_restart(args.settings)
    return 0


ACTIONS = {"list": list_models, "install": install, "verify": verify, "rollback": rollback}


def _state(card: ModelCard) -> str:
    try:
        card.read()
    except ModelError as error:
        return str(error)
    return "ok"


def _faults(folder: Path, installed: InstalledSet | None) -> list[str]:
    """Every file that is not as it should be, a line each."""
    own: list[str] = []
    if installed is not None and installed.folder == folder:
        own = [f"{fault}: {ROLLBACK}" for fault in installed.faults()]
    states = [_state(card) for card in load_manifest(folder).values()]
    return own or [state for state in states if state != "ok"]


def _origin(card: ModelCard) -> str:
    """Which bundle the model came in, or that it came with gymbox."""
    try:
        return f"bundle {read_label(card.path.parent).version}"
    except FileNotFoundError:
        return PACKAGED


def _named(folder: str) -> str:
    return f"models {folder}" if folder else "the packaged models"


def _current(data: Path) -> InstalledSet | None:
    try:
        return current_set(sets_folder(data))
    except PermissionError as error:
        raise InputError(f"{data} is closed to this user", "use sudo") from error


def _tell_restart(settings: Settings) -> None:
    """The daemon loads its models when it starts."""
    if settings.text("models", "folder"):
        print("models.folder is set, so the box takes the models there and not these")
    elif settings.data_folder == SYSTEM_DATA:
        print("restart: sudo systemctl restart gymbox")
    elif Mark(settings.data_folder).seen():
        print("restart: the running gymbox still has the models of before")


def _row(card: ModelCard) -> dict[str, Any]:
    return {
        "file": str(card.path),
        "sha256": card.sha256,
        "task": card.task,
        "input_shape": card.input_shape,
        "input_range": card.input_range,
        "quantisation": card.quantisation,
        "labels": card.labels,
        "source": card.source,
        "licence": card.licence,
        "recipe": card.recipe,
        "figures": card.figures,
        "version": card.version,
    }
