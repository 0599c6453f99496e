"""The published files of BlazePose: which package carries them and what they must be.

The three are those that MediaPipe 0.10.18 runs. Its wheel carries the detector and the full
network but not the lite one, which stands in the package of MediaPipe's JavaScript solution; that
package's own detector is an older build and is left alone.
"""

from dataclasses import dataclass, field
from typing import Literal

from gymbox.motion.landmarks import Landmark

WHEEL = "mediapipe==0.10.18"
NPM = "@mediapipe/pose@0.5.1675469404"
LICENCE = "Apache-2.0"
_POINTS = tuple(landmark.name.lower() for landmark in Landmark)


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """One model file inside a registry package.

    Attributes:
        name: key in the manifest; the file is called NAME.tflite.
        registry: the ordinary client that fetches the package.
        package: what to ask the client for, with its version.
        member: path of the file inside the package.
        sha256: of the file; the package is good if the file is.
        task: what the network does, in words.
        input_shape: of its only input.
        input_range: value of black and of full white.
        labels: what its outputs mean, where they are classes or points.
        figures: size; median of one run on one thread of the desktop machine of the reports; and,
            from docs/reports/pose.md, the median distance from MediaPipe's landmarks in percent of
            the body's height.
    """

    name: str
    registry: Literal["pip", "npm"]
    package: str
    member: str
    sha256: str
    task: str
    input_shape: tuple[int, ...]
    input_range: tuple[float, float]
    labels: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Name of the file in the models folder."""
        return f"{self.name}.tflite"

    def manifest_entry(self) -> dict[str, object]:
        """The table of this model in the manifest."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "task": self.task,
            "input_shape": list(self.input_shape),
            "input_range": list(self.input_range),
            "quantisation": "float16",
            "labels": list(self.labels),
            "source": f"{self.package} ({self.registry}), {self.member}",
            "licence": LICENCE,
            "recipe": "python -m tools.convert fetch",
            "figures": self.figures,
        }


POSE_MODELS = (
    PublishedModel(
        name="pose_detection",
        registry="pip",
        package=WHEEL,
        member="mediapipe/modules/pose_detection/pose_detection.tflite",
        sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        task="person detection",
        input_shape=(1, 224, 224, 3),
        input_range=(-1.0, 1.0),
        labels=("person",),
        figures={"bytes": 2959046, "invoke_ms_x86_64": 5.5},
    ),
    PublishedModel(
        name="pose_landmark_lite",
        registry="npm",
        package=NPM,
        member="package/pose_landmark_lite.tflite",
        sha256="f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
        task="body landmarks",
        input_shape=(1, 256, 256, 3),
        input_range=(0.0, 1.0),
        labels=_POINTS,
        figures={
            "bytes": 2819824,
            "invoke_ms_x86_64": 6.1,
            "percent_from_mediapipe": 0.33,
        },
    ),
    PublishedModel(
        name="pose_landmark_full",
        registry="pip",
        package=WHEEL,
        member="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        task="body landmarks",
        input_shape=(1, 256, 256, 3),
        input_range=(0.0, 1.0),
        labels=_POINTS,
        figures={
            "bytes": 6440512,
            "invoke_ms_x86_64": 8.7,
            "percent_from_mediapipe": 0.24,
        },
    ),
)
