"""What the references make of the same clips, on mediapipe's landmarks."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, eq=False)
class References:
    """Two counters that were published, on what mediapipe saw.

    Attributes:
        folder: of mediapipe's landmarks.
        samples: poses of the ends of movements, of all clips.
    """

    folder: Path
    samples: Samples

    def judge(
        self, clip: Clip, rates: Sequence[float], *, told: bool
    ) -> list[tuple[str, float, Outcome]]:
        """What they make of a clip at all frame rates; nothing if its landmarks are not there.

        Args:
            clip: what.
            rates: frames a second.
            told: whether the clip's exercise is one to ask for.
        """
        file = self.folder / f"{clip.name}.npz"
        if not file.is_file():
            return []
        whole = _mediapipe.load(file)
        others = for_clip(self.samples, clip)
        out = []
        for fps in rates:
            seen = whole.thinned(fps)
            found = {NEIGHBOURS_AUTO: _neighbours(seen, others)}
            if told:
                found[ANGLE] = {clip.group: reference_angle.count(seen.points, clip.group)}
                found[NEIGHBOURS] = _neighbours(seen, only(others, clip.group))
            out += [(name, fps, _outcome(clip, seen, reps)) for name, reps in found.items()]
        return out


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
