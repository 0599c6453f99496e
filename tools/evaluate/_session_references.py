"""What the references make of the same clips, on mediapipe's landmarks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gymbox.reps.profiles import UNKNOWN
from tools.evaluate import _mediapipe, _neighbour_samples, reference_angle, reference_neighbours
from tools.evaluate._count_clips import Clip
from tools.evaluate._mediapipe import Landmarks
from tools.evaluate._neighbour_samples import for_clip, only
from tools.evaluate._session_scores import Outcome
from tools.evaluate.reference_neighbours import Samples

ANGLE = "two-angle rule, exercise told"
NEIGHBOURS = "nearest neighbours, exercise told"
NEIGHBOURS_AUTO = "nearest neighbours, exercise not told"


@dataclass(slots=True)
class References:
    """Two counters that were published, on what mediapipe saw.

    Args:
        folder: of mediapipe's landmarks.
        samples: poses of the ends of movements, of all clips.

    Attributes:
        outcomes: by name and frame rate.
    """

    folder: Path
    samples: Samples
    outcomes: dict[str, dict[float, list[Outcome]]] = field(default_factory=dict)

    def judge(self, clip: Clip, rates: Sequence[float], *, told: bool) -> bool:
        """Counts a clip at all frame rates; whether mediapipe's landmarks of it are there.

        Args:
            clip: what.
            rates: frames a second.
            told: whether the clip's exercise is one to ask for.
        """
        file = self.folder / f"{clip.name}.npz"
        if not file.is_file():
            return False
        whole = _mediapipe.load(file)
        others = for_clip(self.samples, clip)
        for fps in rates:
            seen = whole.thinned(fps)
            if told:
                reps = reference_angle.count(seen.points, clip.group)
                self._keep(ANGLE, fps, _outcome(clip, seen, {clip.group: reps}))
                reps = _neighbours(seen, only(others, clip.group)).get(clip.group, [])
                self._keep(NEIGHBOURS, fps, _outcome(clip, seen, {clip.group: reps}))
            self._keep(NEIGHBOURS_AUTO, fps, _outcome(clip, seen, _neighbours(seen, others)))
        return True

    def _keep(self, name: str, fps: float, outcome: Outcome) -> None:
        self.outcomes.setdefault(name, {}).setdefault(fps, []).append(outcome)


def gather(clips: Sequence[Clip], folder: Path, poses: Path | None) -> References:
    """The references with their samples: of the listed exercises' clips, and published ones."""
    parts = [_neighbour_samples.of_clips(clips, folder)]
    if poses:
        parts.append(_neighbour_samples.published(poses))
    return References(folder, Samples.joined(parts))


def _neighbours(seen: Landmarks, samples: Samples) -> dict[str, list[int]]:
    """Frames at which repetitions are counted, of each exercise that there are samples of."""
    if not len(samples.classes):
        return {}
    rows = reference_neighbours.votes(reference_neighbours.embed(seen.points[..., :3]), samples)
    names = {name.rsplit(" ", 1)[0] for name in samples.classes.tolist()}
    return {name: reference_neighbours.count(rows, name) for name in sorted(names)}


def _outcome(clip: Clip, seen: Landmarks, reps: dict[str, list[int]]) -> Outcome:
    best = max(reps, key=lambda name: len(reps[name]), default=UNKNOWN)
    ends = sorted(frame for frames in reps.values() for frame in frames)
    return Outcome(
        clip,
        len(ends),
        ends=tuple(seen.seconds(frame) for frame in ends),
        seconds=seen.seconds(len(seen.points) - 1),
        said=best if reps.get(best) else UNKNOWN,
        told=len(ends),
        wrong=len(ends) - len(reps.get(clip.group, ())),
    )
