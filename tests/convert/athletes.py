"""Somebody whose joints drift about, or go up and down, for tests of the sequence net."""

import json
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.features import rows
from gymbox.motion.landmarks import Pose
from gymbox.motion.recording import PoseRecorder

SIZE = (640, 480)
PHASES = ("out", "back")


def recorded(path: Path, *, label: int, seconds: float = 4.0, fps: float = 15.0) -> int:
    """Writes poses in which only one joint moves, another for each label; returns the frames."""
    rng = np.random.default_rng(crc32(path.name.encode()))
    still = np.random.default_rng(0).normal(0, 0.4, (33, 3))
    recorder = PoseRecorder(fps, SIZE)
    count = round(seconds * fps)
    for t in (np.arange(count) / fps).tolist():
        world = still + rng.normal(0, 0.005, (33, 3))
        world[13 + label] += np.sin(2 * np.pi * t / 2.0)
        points = (world * 100 + 240).astype(np.float32)
        seen = np.full(33, 0.9, np.float32)
        recorder.add(t, Pose(t, points, seen, world.astype(np.float32), 0.9, SIZE))
    path.parent.mkdir(parents=True, exist_ok=True)
    recorder.save(path)
    return count


def rendered(folder: Path, name: str, exercise: str, *, label: int) -> None:
    """Writes a rendered clip's label and what the box saw in it."""
    count = recorded(folder / "seen" / f"{name}.npz", label=label)
    phases = [PHASES[k // 15 % 2] for k in range(count)]
    repetitions = [{"begin": k, "turn": k + 1.0, "end": k + 2.0, "depth": 1.0} for k in (0, 2)]
    told = {"exercise": exercise, "phase": phases, "repetitions": repetitions}
    (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")


def table(path: Path, clips: list[tuple[str, str, str]]) -> None:
    """Writes a table of clips: name, exercise and scene of each."""
    head = "file,exercise,reps,reps_min,reps_max,strict,scene,rendered\n"
    rows = [f"{name}.mp4,{exercise},1,1,1,1,{scene},0\n" for name, exercise, scene in clips]
    path.write_text(head + "".join(rows), encoding="utf-8")


def photograph(seed: int) -> NDArray[np.float32]:
    """Rows of somebody in a photograph, [joints, channels]."""
    rng = np.random.default_rng(seed)
    world = rng.normal(0, 0.4, (33, 3)).astype(np.float32)
    return rows(world * 100 + 240, world, np.full(33, 0.9, np.float32))


def gathered(folder: Path) -> list[str]:
    """Writes a little of everything that is trained on; returns the options that name it."""
    for k, exercise in [(k, e) for k in range(6) for e in ("squat", "push_up", "crunch")]:
        label = ("squat", "push_up", "crunch").index(exercise)
        rendered(folder / "drawn", f"{exercise}{k}", exercise, label=label)
    clips = [(f"{e}_{s}", e, s) for s in ("gym", "park", "home") for e in ("squat", "push_up")]
    for name, exercise, _ in clips:
        label = ("squat", "push_up").index(exercise)
        recorded(folder / "landmarks" / f"{name}.npz", label=label)
    table(folder / "clips.csv", clips)
    (folder / "cache").mkdir()
    seen = {f"place|photo_{k}": photograph(k) for k in range(3)}
    np.savez(folder / "cache" / "photographs.npz", **seen)
    return [
        *("--clips", str(folder), "--csv", str(folder / "clips.csv")),
        *("--landmarks", str(folder / "landmarks"), "--rendered", str(folder / "drawn")),
        *("--cache", str(folder / "cache")),
    ]
