"""Many recorded or synthetic athletes in memory, ready to be cut into windows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.features import rows
from gymbox.motion.recording import PoseRecording, load_poses
from gymbox.motion.windows import BRIDGE
from tools.convert.sequence.labels import LABELS, label_of

IDLE = "idle"
"""Name of the phase in which the athlete does not train."""


@dataclass(frozen=True, slots=True)
class Track:
    """One athlete over one recording.

    Attributes:
        rows: [n, joints, channels] half precision, as `features.rows`; short gaps filled in.
        found: [n] where somebody was found.
        fps: frames a second.
        label: class of what is trained, see `labels.LABELS`.
        active: [n] whether it is trained in that frame.
        depth: [n] 0 the start pose, 1 the turn; NaN where nobody knows.
        group: what must not be split: a scene or a performance.
        name: of the recording.
        size: of the picture, pixels.
    """

    rows: NDArray[np.float16]
    found: NDArray[np.bool_]
    fps: float
    label: int
    active: NDArray[np.bool_]
    depth: NDArray[np.float16]
    group: str
    name: str
    size: tuple[int, int]


def track(
    recording: PoseRecording,
    exercise: str,
    *,
    group: str,
    name: str,
    active: NDArray[np.bool_] | None = None,
    depth: NDArray[Any] | None = None,
) -> Track:
    """A recording with its label; without `active` and `depth` all of it shows the exercise."""
    found = ~np.isnan(recording.score)
    seen = rows(recording.points, recording.world, recording.visibility)
    seen, found = _bridged(seen, found, recording.times)
    count = len(recording)
    seconds = float(np.ptp(recording.times)) if count > 1 else 0.0
    return Track(
        rows=np.clip(seen, -6e4, 6e4).astype(np.float16),
        found=found,
        fps=(count - 1) / seconds if seconds else recording.fps,
        label=LABELS.index(label_of(exercise)),
        active=np.ones(count, bool) if active is None else active,
        depth=np.full(count, np.nan, np.float16) if depth is None else depth.astype(np.float16),
        group=group,
        name=name,
        size=recording.size,
    )


def _bridged(
    seen: NDArray[np.float32], found: NDArray[np.bool_], times: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Gaps that the device bridges too are filled in on a line."""
    at = np.flatnonzero(found)
    seen, found = np.nan_to_num(seen), found.copy()
    for left, right in pairwise(at.tolist()):
        span = times[right] - times[left]
        if right - left > 1 and span <= BRIDGE:
            share = ((times[left + 1 : right] - times[left]) / span)[:, None, None]
            seen[left + 1 : right] = seen[left] + share * (seen[right] - seen[left])
            found[left + 1 : right] = True
    return seen, found


@dataclass(frozen=True, slots=True)
class Store:
    """Tracks behind one another in one array, so that a batch of windows is cut in one go.

    Attributes:
        begin: [k + 1] frame at which each track begins, and the last ends.
        rows, found, active, depth: of all frames, see `Track`.
        fps, label, group, name: [k] of each track.
        size: [k, 2] likewise.
    """

    begin: NDArray[np.intp]
    rows: NDArray[np.float16]
    found: NDArray[np.bool_]
    active: NDArray[np.bool_]
    depth: NDArray[np.float16]
    fps: NDArray[np.float64]
    label: NDArray[np.intp]
    group: NDArray[np.str_]
    name: NDArray[np.str_]
    size: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.fps)

    @classmethod
    def of(cls, tracks: Sequence[Track]) -> "Store":
        """Gathers tracks."""
        lengths = [len(one.found) for one in tracks]
        return cls(
            begin=np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp),
            **{
                key: np.concatenate([getattr(one, key) for one in tracks])
                for key in ("rows", "found", "active", "depth")
            },
            fps=np.array([one.fps for one in tracks]),
            label=np.array([one.label for one in tracks]),
            group=np.array([one.group for one in tracks]),
            name=np.array([one.name for one in tracks]),
            size=np.array([one.size for one in tracks], float),
        )

    @classmethod
    def load(cls, folder: Path) -> "Store":
        """Reads what `save` wrote; the frames stay on the disk until they are looked at."""
        return cls(
            **{
                entry.name: np.load(folder / f"{entry.name}.npy", mmap_mode="r")
                for entry in fields(cls)
            }
        )

    def save(self, folder: Path) -> None:
        """Writes one file for each attribute."""
        folder.mkdir(parents=True, exist_ok=True)
        for entry in fields(self):
            np.save(folder / f"{entry.name}.npy", getattr(self, entry.name))


def shards(paths: Iterable[Path]) -> list[Track]:
    """The sequences of `tools.synth make sequences` or of `others`."""
    from tools.synth.sets.shards import PHASES, load  # noqa: PLC0415

    tracks = []
    for path in sorted(paths):
        shard = load(path)
        kept = shard.arrays
        idle = PHASES.index(IDLE)
        for index, recording in enumerate(shard):
            part = slice(*kept["begin"][index : index + 2].tolist())
            exercise = str(kept["names"][kept["exercise"][index]])
            tracks.append(
                track(
                    recording,
                    exercise,
                    group=f"performance {kept['performance'][index]}",
                    name=f"{path.parent.name}/{path.stem}/{index}",
                    active=kept["phase"][part] != idle,
                    depth=kept["depth"][part],
                )
            )
    return tracks


def rendered(folder: Path, seen: Path | None = None) -> list[Track]:
    """Rendered clips as the box's own tracker saw them: labels in `folder`, poses in `seen`."""
    tracks = []
    for path in sorted((seen or folder / "seen").glob("*.npz")):
        label = json.loads((folder / f"{path.stem}.json").read_text("utf-8"))
        recording = load_poses(path)
        phases = np.array(label["phase"][: len(recording)])
        depth = np.full(len(recording), np.nan)
        for rep in label["repetitions"]:
            inside = (recording.times >= rep["begin"]) & (recording.times <= rep["end"])
            depth[inside] = rep["depth"] * _hump(recording.times[inside], rep)
        depth[np.isnan(depth) & (phases != IDLE)] = 0.0
        tracks.append(
            track(
                recording,
                label["exercise"],
                group=f"{folder.name}/{path.stem}",
                name=f"{folder.name}/{path.stem}",
                active=phases != IDLE,
                depth=depth,
            )
        )
    return tracks


def _hump(times: NDArray[np.float64], rep: dict[str, Any]) -> NDArray[np.float64]:
    """0 at both ends of a repetition, 1 at its turn."""
    places = (rep["begin"], rep["turn"], rep["end"])
    return np.sin(np.interp(times, places, (0.0, 0.5, 1.0)) * np.pi)
