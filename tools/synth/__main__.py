"""Command line: python -m tools.synth demo | make SET | sheets | fit SET... | check SET..."""

import argparse
import os
import sys
from pathlib import Path

from gymbox.errors import GymboxError, UsageError
from tools.synth.sensor.sensor import MODEL
from tools.synth.sets import recipe


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; returns the exit code of the design."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.synth", description="Synthetic athletes."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("demo", help="make the bundled demo clip and its labels")
    one.add_argument(
        "--out", type=Path, default=Path("device/gymbox/demo"), help="folder to write to"
    )
    one.add_argument("--recipe", type=Path, default=recipe.DEFAULT, help="its set is `demo`")
    one.set_defaults(run=_demo)
    many = commands.add_parser("make", help="make a set of clips, pictures or sequences")
    many.add_argument("set", metavar="SET", help="its name in the recipe")
    many.add_argument("--out", type=Path, help="folder to write to; default: out/synth/SET")
    many.add_argument("--recipe", type=Path, default=recipe.DEFAULT, help="what is in the sets")
    many.add_argument("--count", type=int, help="only the first so many")
    many.add_argument("--alone", action="store_true", help="the same clips without other people")
    many.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    many.set_defaults(run=_make)
    proof = commands.add_parser("prove", help="make clips twice: are they the same, how quickly")
    proof.add_argument("set", metavar="SET", help="its name in the recipe")
    proof.add_argument("--recipe", type=Path, default=recipe.DEFAULT, help="what is in the sets")
    proof.add_argument("--count", type=int, default=6, help="how many clips; default: 6")
    proof.set_defaults(run=_prove)
    sheets = commands.add_parser("sheets", help="draw a contact sheet per exercise and per fault")
    sheets.add_argument("--out", type=Path, default=Path("docs/synth"), help="folder to write to")
    sheets.add_argument("names", metavar="EXERCISE", nargs="*", help="default: all")
    sheets.set_defaults(run=_sheets)
    learn = commands.add_parser("fit", help="fit the model of the pose step to what it saw")
    learn.add_argument("sets", metavar="DIR", nargs="+", type=Path, help="set with DIR/seen")
    learn.add_argument("--out", type=Path, default=MODEL, help="file to write")
    learn.set_defaults(run=_fit)
    judge = commands.add_parser("check", help="compare that model with clips it has not seen")
    judge.add_argument("sets", metavar="DIR", nargs="+", type=Path, help="set with DIR/seen")
    judge.add_argument("--out", type=Path, default=Path("docs/reports/sensor.md"), help="report")
    judge.set_defaults(run=_check)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except GymboxError as error:
        print(f"synth: {error}", file=sys.stderr)
        return error.exit_code
    except ModuleNotFoundError as error:
        print(f"synth: {error.name} is missing: set up the venv of docs/synth.md", file=sys.stderr)
        return 1
    return 0


def _demo(options: argparse.Namespace) -> None:
    recipe.read(options.recipe)
    from tools.synth.sets import demo  # noqa: PLC0415 - this needs the extra synth

    print(demo.make(options.out, options.recipe))


def _make(options: argparse.Namespace) -> None:
    from dataclasses import replace  # noqa: PLC0415

    specs = recipe.read(options.recipe)
    if options.set not in specs:
        raise UsageError(f"no set is called {options.set}", f"take one of {', '.join(specs)}")
    spec = specs[options.set]
    if options.count is not None:
        spec = replace(spec, count=options.count)
    if options.alone:
        spec = replace(spec, alone=True)
    from tools.synth.sets import (  # noqa: PLC0415 - these need the extra synth
        clips,
        sequences,
        stills,
        work,
    )

    kinds = {"clips": clips.make, "pictures": stills.make, "sequences": sequences.make}
    make = kinds[spec.kind]
    folder = options.out or Path("out/synth") / spec.name
    work.run(spec, folder, make, jobs=options.jobs)
    print(folder / "README.md")


def _prove(options: argparse.Namespace) -> None:
    from dataclasses import replace  # noqa: PLC0415

    specs = recipe.read(options.recipe)
    if options.set not in specs or specs[options.set].kind != "clips":
        names = ", ".join(name for name, spec in specs.items() if spec.kind == "clips")
        raise UsageError(f"no set of clips is called {options.set}", f"take one of {names}")
    from tools.synth.sets import proof  # noqa: PLC0415

    print(proof.prove(replace(specs[options.set], count=options.count)))


def _fit(options: argparse.Namespace) -> None:
    from tools.synth.sensor import fit, pairs, sheet  # noqa: PLC0415

    found = pairs.read(options.sets)
    fit.fit(found).save(options.out)
    print(sheet.write(found, options.out))


def _check(options: argparse.Namespace) -> None:
    from tools.synth.sensor import report  # noqa: PLC0415 - this needs the extra desktop

    print(report.write(options.sets, options.out))


def _sheets(options: argparse.Namespace) -> None:
    from tools.synth.sets import sheets  # noqa: PLC0415

    for path in sheets.draw(options.out, tuple(options.names)):
        print(path)


if __name__ == "__main__":
    sys.exit(main())
