"""The command `python -m tools.evaluate`: every figure of the box."""

import sys

from tools import subcommands

COMMANDS = {
    "classification": "report on a classifier, from what it said about labelled samples",
    "counts": "count the repetitions of labelled clips and tell how many are right",
    "confidence": "learn how far a counted repetition can be trusted, and tell how true that is",
    "disturbed": "count where frames, joints, tempo or range are not as they should be",
    "explain": "show where in a picture a network looks",
    "phase": "tell how often the phase network is right about people it has not seen",
    "pose": "compare the landmarks and the speed with mediapipe",
    "sequence": "recognise exercises, of real people and of synthetic ones",
    "quantised_pose": "compare the quantised pose networks with the published ones",
    "session": "count and recognise clips by the box's modes, beside other people's counters",
    "renders": "look at rendered athletes: found, near the truth, counted",
    "teach": "show three repetitions of an exercise, count the rest",
    "sight": "count push-ups and squats with poses taken away, asking the phase network or not",
    "spot": "count push-ups and squats by the phase network alone",
}


def main(argv: list[str] | None = None) -> int:
    """Runs one evaluation; returns the exit code."""
    return subcommands.run("tools.evaluate", COMMANDS, argv)


if __name__ == "__main__":
    sys.exit(main())
