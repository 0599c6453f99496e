"""MediaPipe's `Pose` behind a pipe; run by the Python of MediaPipe's own environment.

Standard library, numpy and mediapipe only: nothing of Gymbox can be imported there. Frames come in
on standard input, each as height and width (two unsigned integers) and the RGB bytes; a height of 0
starts a new clip. Each frame is answered on standard output with the seconds that `process` took, a
flag for whether it found somebody, and [33, 4] float32: x and y in pixels, z on the scale of x,
visibility.
"""

import os
import struct
import sys
import time

import numpy as np

HEADER = struct.Struct("<II")
ANSWER = struct.Struct("<d?")
LANDMARKS = 33


def main() -> int:
    """Serves frames until standard input ends. The argument is the model complexity, 0 or 1."""
    # MediaPipe logs to the standard streams of C; keep ours for the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import mediapipe  # noqa: PLC0415 - after its output has been led away

    complexity = int(sys.argv[1])
    frames = sys.stdin.buffer
    pose = mediapipe.solutions.pose.Pose(model_complexity=complexity)
    _answer(answers, mediapipe.__version__.encode().ljust(16))
    while header := frames.read(HEADER.size):
        height, width = HEADER.unpack(header)
        if height == 0:
            pose.close()
            pose = mediapipe.solutions.pose.Pose(model_complexity=complexity)
            continue
        image = np.frombuffer(frames.read(height * width * 3), np.uint8)
        image = image.reshape(height, width, 3)
        begun = time.perf_counter()
        result = pose.process(image)
        seconds = time.perf_counter() - begun
        found = result.pose_landmarks is not None
        points = np.zeros((LANDMARKS, 4), np.float32)
        if found:
            scale = np.array([width, height, width, 1], np.float32)
            rows = [(p.x, p.y, p.z, p.visibility) for p in result.pose_landmarks.landmark]
            points = np.asarray(rows, np.float32) * scale
        _answer(answers, ANSWER.pack(seconds, found) + points.tobytes())
    return 0


def _answer(stream, data):  # noqa: ANN001, ANN202 - a binary stream, and bytes
    stream.write(data)
    stream.flush()


if __name__ == "__main__":
    sys.exit(main())
