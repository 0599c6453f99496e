"""`gymbox exercises`: what the box can count; teach from a recording, rename, export, import."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gymbox.cli.drafts import explained, replacing
from gymbox.cli.progress import Progress
from gymbox.config import Settings
from gymbox.errors import GymboxError, UsageError
from gymbox.health.running import Mark
from gymbox.reps.profiles import Profile
from gymbox.teaching.library import Library, load
from gymbox.teaching.taught import Taught, check_name, written


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    parser.set_defaults(action="list")
    parser.add_argument("--json", action="store_true", help="one JSON object")

    def action(name: str, words: str, *arguments: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=words, description=f"{words}.")
        for argument in arguments:
            made.add_argument(argument, metavar=argument.upper())
        return made

    _json(action("list", "every exercise that the box can count"))
    _json(action("show", "how an exercise is counted", "name"))
    _title(action("rename", "gives a taught exercise another name or title", "name", "new"))
    action("remove", "forgets a taught exercise", "name")
    given = action("export", "writes a taught exercise to a file", "name")
    given.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: NAME.toml")
    given.add_argument("--force", action="store_true", help="write over FILE if it is there")
    taken = action("import", "takes a taught exercise from a file")
    taken.add_argument("file", type=Path, metavar="FILE")
    taken.add_argument("--name", metavar="NAME", help="another name than that in the file")
    _over(taken)
    lesson = action("teach", "learns an exercise from a recording of three repetitions or more")
    lesson.add_argument("clip", type=Path, metavar="CLIP")
    lesson.add_argument("--name", metavar="NAME", required=True, help="such as front_raise")
    _title(lesson)
    _over(lesson)
    lesson.add_argument("--begin", type=float, metavar="SECONDS", default=0.0, help="from then on")
    lesson.add_argument("--end", type=float, metavar="SECONDS", help="up to then")
    lesson.add_argument(
        "--anyway", action="store_true", help="even if it is too like another exercise"
    )


def run(args: argparse.Namespace) -> int:
    """Does what is asked for; 1 if a file of the library cannot be read, or nothing was learnt."""
    library = Library.open(args.data)
    for fault in library.faults:
        print(f"gymbox: {fault}", file=sys.stderr)
    code: int = ACTIONS[args.action](args, library)
    return code or int(bool(library.faults) and args.action == "list")


def list_exercises(args: argparse.Namespace, library: Library) -> int:
    """Prints every exercise, the taught ones last."""
    taught = library.taught()
    if args.json:
        rows = {
            name: {"title": one.title, "taught": name in taught}
            | ({"reps": taught[name].reps, "like": taught[name].like} if name in taught else {})
            for name, one in library.profiles().items()
        }
        print(json.dumps(rows, indent=2))
        return 0
    for name, one in library.profiles().items():
        print(f"{name:<24} {one.title:<24} {_origin(taught.get(name))}".rstrip())
    return 0


def show(args: argparse.Namespace, library: Library) -> int:
    """Prints how an exercise is counted."""
    one = library.profile(args.name)
    taught = library.taught().get(args.name)
    if args.json:
        print(json.dumps(_row(one, taught), indent=2))
    elif taught:
        print(written(taught).partition("\n[template]")[0].partition("\n")[2])
    else:
        print(f"{one.name}: {one.title}, an exercise that came with the box")
        for signal in one.signals:
            print(f"  {signal.name:<22} {signal.start:g} to {signal.turn:g}")
    return 0


def rename(args: argparse.Namespace, library: Library) -> int:
    """Gives a taught exercise another name."""
    library.rename(args.name, args.new, args.title or "")
    print(f"{args.name} is now {args.new}")
    return _tell_restart(args)


def remove(args: argparse.Namespace, library: Library) -> int:
    """Forgets a taught exercise; sets that were trained stay in the log."""
    library.remove(args.name)
    print(f"{args.name} is forgotten, its sets stay in the training log")
    return _tell_restart(args)


def export(args: argparse.Namespace, library: Library) -> int:
    """Writes a taught exercise to a file of its own.

    Raises:
        UsageError: the file is there already, without --force.
    """
    taught = library.find(args.name)
    path: Path = args.file or Path(f"{args.name}.toml")
    if path.is_file() and not args.force:
        raise UsageError(f"{path} is there already", "choose another name, or add --force")
    with replacing(path) as draft, explained(path):
        draft.write_text(written(taught), "utf-8")
    print(f"{args.name} is in {path}")
    return 0


def take(args: argparse.Namespace, library: Library) -> int:
    """Takes a taught exercise from a file."""
    taught = load(args.file)
    if args.name:
        taught = taught.named(args.name)
    library.save(taught, over=args.replace)
    print(f"{taught.name} is taken in")
    return _tell_restart(args)


def teach(args: argparse.Namespace, library: Library) -> int:
    """Learns an exercise from a recording."""
    from gymbox.teaching.lesson import Problem  # noqa: PLC0415 (numpy and networks: only here)
    from gymbox.teaching.school import School  # noqa: PLC0415

    check_name(args.name)
    if args.name in library.taught() and not args.replace:
        raise UsageError(f"{args.name} is there already", "take another name or --replace")
    recording = _recording(args)
    learnt = School(library, _recogniser(args.settings)).learn(recording)
    if isinstance(learnt, Problem):
        raise GymboxError(f"nothing was learnt from {args.clip}: {learnt.words}", ADVICE)
    if learnt.like and not args.anyway:
        raise GymboxError(
            f"what {args.clip} shows is too like {learnt.like}",
            "count it as that, or --anyway: then its name goes before the other's",
        )
    named = learnt.named(args.name, args.title or "")
    library.save(named, over=args.replace)
    signals = ", ".join(signal.name for signal in named.profile.signals)
    print(f"{named.name} is learnt from {named.reps} repetitions, by {signals}")
    return _tell_restart(args)


ADVICE = "show three whole repetitions, from a second of the start pose on, all of you in sight"
ACTIONS = {
    "list": list_exercises,
    "show": show,
    "rename": rename,
    "remove": remove,
    "export": export,
    "import": take,
    "teach": teach,
}


def _json(parser: argparse.ArgumentParser) -> None:
    # Without a default of its own: it would undo the word that stood before the action.
    parser.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="one JSON object"
    )


def _title(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", metavar="TEXT", help="what the screen says")


def _over(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--replace", action="store_true", help="in place of one of that name")


def _origin(taught: Taught | None) -> str:
    if taught is None:
        return ""
    like = f", like {taught.like}" if taught.like else ""
    return f"taught, {taught.reps} repetitions{like}"


def _row(one: Profile, taught: Taught | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": one.name,
        "title": one.title,
        "taught": taught is not None,
        "counts_at": one.counts_at,
        "signals": {signal.name: [signal.start, signal.turn] for signal in one.signals},
    }
    return row | ({"reps": taught.reps, "like": taught.like} if taught else {})


def _recording(args: argparse.Namespace) -> list[Any]:
    """The poses of the clip between the times that were asked for."""
    from gymbox.camera.clip import ClipCamera  # noqa: PLC0415 (OpenCV and networks: only here)
    from gymbox.eyes import Watch  # noqa: PLC0415

    found = []
    watch = Watch(args.settings)
    with ClipCamera(args.clip) as clip:
        progress = Progress(args.clip.name, clip.frames or 0)
        while (frame := clip.read()) is not None:
            progress.step()
            if args.end is not None and frame.timestamp > args.end:
                break
            if frame.timestamp >= args.begin:
                found.append((frame.timestamp, watch.process(frame)))
        progress.close()
    return found


def _recogniser(settings: Settings) -> Any:  # noqa: ANN401 (makes recognisers of the device)
    from gymbox.inference.recogniser import Recogniser  # noqa: PLC0415 (as above)
    from gymbox.inference.sequence_net import SequenceNet  # noqa: PLC0415

    return lambda: Recogniser(SequenceNet(models=settings.models_folder))


def _tell_restart(args: argparse.Namespace) -> int:
    """The daemon reads the folder when it starts."""
    if Mark(args.settings.data_folder).seen():
        print("restart: the running gymbox still has the exercises of before")
    return 0
