"""How far two sets of landmarks are apart, in the body's own measure."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gymbox.motion.landmarks import Landmark

Points = NDArray[np.float32]

_LEFT_LEG = (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE, Landmark.LEFT_HEEL)
_RIGHT_LEG = (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE, Landmark.RIGHT_HEEL)


@dataclass(slots=True)
class ClipScore:
    """What was seen and timed in one clip; `add` it up frame by frame.

    Attributes:
        file: name of the clip.
        exercise: what is done in it.
        ours: [33, 2] pixels for each frame that both found somebody in.
        theirs: the same of the reference.
        only_ours: frames in which only we found somebody.
        only_theirs: frames in which only the reference did.
        neither: frames in which nobody did.
        times: seconds for each frame: our step, and the reference's.
    """

    file: str
    exercise: str
    ours: list[Points] = field(default_factory=list)
    theirs: list[Points] = field(default_factory=list)
    only_ours: int = 0
    only_theirs: int = 0
    neither: int = 0
    times: list[tuple[float, float]] = field(default_factory=list)

    def add(self, ours: Points | None, theirs: Points | None) -> None:
        """Adds the [33, >= 2] landmarks of one frame."""
        if ours is not None and theirs is not None:
            self.ours.append(ours[:, :2])
            self.theirs.append(theirs[:, :2])
        elif ours is not None:
            self.only_ours += 1
        elif theirs is not None:
            self.only_theirs += 1
        else:
            self.neither += 1

    def height(self) -> float:
        """The athlete's height in the picture, pixels.

        The length of the chain nose, middle of the shoulders, middle of the hips, knee, ankle, heel
        (mean of the legs) in the reference's landmarks; the median over the frames. It leaves out
        the top of the head and whatever points towards the camera, so it is shorter than the
        athlete, which makes distances in it larger.
        """
        points = np.asarray(self.theirs)
        shoulders = points[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=1)
        hips = points[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=1)
        trunk = np.stack([points[:, Landmark.NOSE], shoulders, hips], axis=1)
        legs = (_chain(points[:, _LEFT_LEG]) + _chain(points[:, _RIGHT_LEG])) / 2
        return float(np.median(_chain(trunk) + legs))

    def distances(self) -> NDArray[np.float64]:
        """[frames, 33] between our landmarks and the reference's, percent of the height."""
        apart = np.linalg.norm(np.asarray(self.ours) - np.asarray(self.theirs), axis=2)
        return 100 * apart / self.height()


def _chain(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """The length of a line through [n, k, 2] points; [n]."""
    length: NDArray[np.float32] = np.linalg.norm(np.diff(points, axis=1), axis=2).sum(axis=1)
    return length


def agreement(clips: list[ClipScore]) -> dict[str, float]:
    """Distances over some clips, every landmark of every frame counted once."""
    seen = [clip for clip in clips if clip.ours]
    apart = np.concatenate([clip.distances().ravel() for clip in seen]) if seen else np.empty(0)
    median, p95 = np.percentile(apart, (50, 95)).tolist() if seen else (np.nan, np.nan)
    return {
        "median_percent": round(median, 3),
        "p95_percent": round(p95, 3),
        "frames_both": sum(len(clip.ours) for clip in clips),
        "frames_only_ours": sum(clip.only_ours for clip in clips),
        "frames_only_theirs": sum(clip.only_theirs for clip in clips),
        "frames_neither": sum(clip.neither for clip in clips),
    }


def speed(clips: list[ClipScore]) -> dict[str, float]:
    """Times over some clips, milliseconds, and ours as a share of the reference's."""
    times = np.asarray([pair for clip in clips for pair in clip.times])
    ours, theirs = np.median(times, axis=0)
    return {
        "ours_ms": round(1000 * ours, 2),
        "theirs_ms": round(1000 * theirs, 2),
        "ratio": round(ours / theirs, 3),
        "ratio_of_sums": round(times[:, 0].sum() / times[:, 1].sum(), 3),
    }
