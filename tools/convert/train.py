"""`python -m tools.convert train TASK`: each task brings its own recipe."""

import argparse
from importlib import import_module

TASKS = {
    "phase": "spot mode: up, down or neither from a picture",
    "sequence": "auto mode: the exercise from a window of landmarks",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds one sub-command a task, with the options of its recipe."""
    tasks = parser.add_subparsers(dest="task", required=True)
    for name, summary in TASKS.items():
        task = tasks.add_parser(name, help=summary, description=summary.capitalize() + ".")
        module = import_module(f"tools.convert.{name}.train")
        module.add_arguments(task)
        task.set_defaults(train=module.run)


def run(args: argparse.Namespace) -> int:
    """Trains one model; returns the exit code."""
    return int(args.train(args))
