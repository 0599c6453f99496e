"""The data of the sequence net: what is real, what is synthetic, and what is kept of it."""

import argparse
import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gymbox.cli.progress import Progress
from gymbox.errors import InputError
from gymbox.motion.recording import load_poses
from tools.convert.sequence import collected, stills
from tools.convert.sequence.stills import look
from tools.convert.sequence.store import Store, Track, rendered, shards, track
from tools.evaluate._count_clips import Clip, load_clips
from tools.evaluate._count_run import poses

ATHLETE = "thesebitzu"
"""Photographs of this source are frames of clips that the net is judged by."""
CACHE = Path(".cache/factory/sequence")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data lie."""
    parser.add_argument("--clips", type=Path, required=True, help="folder of the recordings")
    parser.add_argument("--csv", type=Path, required=True, help="table in the form of clips.csv")
    parser.add_argument(
        "--landmarks", type=Path, help="folder that keeps the poses of clips (default: in --cache)"
    )
    parser.add_argument(
        "--synthetic",
        type=Path,
        nargs="+",
        default=[],
        metavar="DIR",
        help="folders of shards, of `tools.synth make sequences` and of `others`",
    )
    parser.add_argument(
        "--rendered",
        type=Path,
        nargs="+",
        default=[],
        metavar="DIR",
        help="sets of rendered clips that `tools.evaluate renders` has looked at",
    )
    parser.add_argument(
        "--photographs",
        type=Path,
        nargs="+",
        default=[],
        metavar="DIR",
        help="folders of photographs of people who do nothing known",
    )
    parser.add_argument(
        "--collected",
        type=Path,
        nargs="+",
        default=[],
        metavar="DIR",
        help="collections that boxes have recorded, see docs/collecting.md",
    )
    parser.add_argument("--cache", type=Path, default=CACHE, help=f"work files (default: {CACHE})")


def real_clips(args: argparse.Namespace) -> list[Clip]:
    """The clips of real people."""
    clips = [clip for clip in load_clips(args.csv, args.clips) if not clip.rendered]
    if not clips:
        raise InputError(f"{args.csv} names no real clip", "see docs/models/sequence.md")
    return clips


def real_tracks(args: argparse.Namespace) -> list[Track]:
    """Real people as the box's own tracker sees them.

    Clips are looked at once and kept; collections were recorded as poses.
    """
    folder = args.landmarks or args.cache / "landmarks"
    clips = real_clips(args)
    progress = Progress("looking at clips", len(clips))
    tracks = []
    for clip in clips:
        kept = folder / f"{clip.name}.npz"
        if not kept.is_file():
            poses(clip.file, folder)
        tracks.append(track(load_poses(kept), clip.exercise, group=clip.scene, name=clip.name))
        progress.step()
    progress.close()
    return tracks + collected.tracks(args.collected)


def photographs(args: argparse.Namespace) -> dict[str, NDArray[np.float32]]:
    """People in photographs as the box's own tracker sees them; looked at once and kept."""
    found = look(stills.photographs(args.photographs, ATHLETE), args.cache / "photographs.npz")
    if not found:
        raise InputError(
            "there are no photographs with people who do nothing known",
            "name folders of them with --photographs, see docs/models/sequence.md",
        )
    return found


def synthetic_stores(args: argparse.Namespace) -> dict[Path, Store]:
    """Everything synthetic by its folder, gathered once and kept."""
    folders = [*args.synthetic, *(f for f in args.rendered if (f / "seen").is_dir())]
    if not folders:
        raise InputError(
            "there are no synthetic athletes", "make some, see docs/models/sequence.md"
        )
    return {folder: _kept(folder, args.cache) for folder in folders}


def _kept(folder: Path, cache: Path) -> Store:
    """A folder's tracks, from the cache if nothing was added to it since."""
    seen = folder / "seen"
    files = sorted((seen if seen.is_dir() else folder).glob("[0-9]*.npz"))
    names = "\n".join(f"{path} {path.stat().st_size}" for path in files)
    kept = cache / f"{folder.name}-{hashlib.sha256(names.encode()).hexdigest()[:12]}"
    if not (kept / "size.npy").is_file():
        progress = Progress(f"gathering {folder.name}", 0 if seen.is_dir() else len(files))
        tracks: list[Track] = rendered(folder) if seen.is_dir() else []
        for path in files if not tracks else ():
            tracks += shards([path])
            progress.step()
        progress.close()
        if not tracks:
            raise InputError(
                f"{folder} holds no sequences", "make some, see docs/models/sequence.md"
            )
        Store.of(tracks).save(kept)
    return Store.load(kept)
