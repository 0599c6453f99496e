"""`gymbox bench`: how long each step takes, how much memory, how long until the first landmarks."""

import argparse
import json
from pathlib import Path
from typing import Any

from gymbox.camera.clip import ClipCamera
from gymbox.cli.mode_bench import MODES, ModeBench
from gymbox.cli.progress import Progress

DEMO = Path(__file__).parents[1] / "demo" / "squats.mp4"
"""The bundled clip."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "clip", metavar="CLIP", type=Path, nargs="?", default=DEMO, help="default: the bundled clip"
    )
    parser.add_argument("--mode", choices=MODES, default=MODES[0], help="default: auto")
    parser.add_argument("--frames", type=int, default=300, metavar="N", help="how many at most")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    """Measures and prints."""
    with ClipCamera(args.clip) as camera:
        bench = ModeBench(args.mode, args.settings)
        progress = Progress(args.clip.name, min(args.frames, camera.frames or args.frames))
        frames = iter(camera.read, None)
        for _, frame in zip(range(args.frames), frames, strict=False):
            bench.step(frame)
            progress.step()
        progress.close()
    figures = bench.figures()
    print(json.dumps(figures) if args.json else _table(figures))
    return 0


def _table(figures: dict[str, Any]) -> str:
    mode, startup = figures["mode"], figures["startup_s"]
    name = mode["name"]
    over = f"pose {figures['overhead']:.1%}, {name} mode {mode['overhead']:.1%}"
    lines = [
        *_block("of the pose", "whole pose", figures["stages"], figures),
        "",
        *_block(f"of {name} mode", "whole frame", mode["parts"], mode),
        "",
        f"overhead over the bare invokes: {over}",
        f"peak memory {figures['peak_memory_mb']:.0f} MB",
        f"start-up to first landmarks {'not known' if startup is None else f'{startup:.2f} s'}",
        f"{figures['model']} model, {figures['runtime']}, {figures['threads']} thread(s)",
    ]
    return "\n".join(lines)


def _block(title: str, whole: str, parts: dict[str, Any], figures: dict[str, Any]) -> list[str]:
    rows = [*parts.items(), (whole, figures["step"]), ("bare invokes", figures["bare_invokes"])]
    head = f"{title:<20}{'p50 ms':>9}{'p95 ms':>9}{'runs':>7}"
    return [
        head,
        *(f"{n:<20}{r['p50_ms']:>9.2f}{r['p95_ms']:>9.2f}{r['runs']:>7}" for n, r in rows),
    ]
