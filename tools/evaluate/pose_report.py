"""The report of the pose comparison, for reading and for machines."""

import json
from pathlib import Path
from typing import Any

MOST_PERCENT = 1.5
MOST_RATIO = 0.95
MOST_OVERHEAD = 0.10
"""What the box must keep to."""

_TEXT = """\
# Pose: Gymbox beside MediaPipe

Our BlazePose (`gymbox.inference`) and `Pose` of MediaPipe {mediapipe} with its defaults
(`static_image_mode=False`, `smooth_landmarks=True`, `enable_segmentation=False`) on the same
decoded frames of {count} real clips.

    {command}

{cpu}, {cores} cores, both processes tied to one; Python {python}, {runtime}, numpy {numpy},
OpenCV {opencv}.

| | at most | lite, complexity 0 | full, complexity 1 |
|---|---|---|---|
{summary}

## How it is measured

- *Distance*: in the picture, between our landmark and MediaPipe's, for all 33 landmarks of every
  frame in which both found somebody, as a share of the athlete's height in that clip. The height
  is the length of the chain nose, middle of the shoulders, middle of the hips, knee, ankle, heel
  (mean of both legs) in MediaPipe's landmarks, median over the frames. It leaves out the top of
  the head and what points towards the camera, so it errs on the short side, against us.
- *Clips*: real ones only. The exercises take turns, those with the most clips first, then by name;
  each gives its next clip by file name, of a new scene. At most {frames} frames a clip.
- *Time*: our step is `PoseTracker.process`, BGR frame in, smoothed pose out; MediaPipe's is
  `Pose.process`, RGB frame in, landmarks out, the turn to RGB not counted. Decoding counts on
  neither side. They take turns frame by frame and change who goes first; the first five frames of
  a clip are not timed. Medians over all frames, and the ratio of the sums beside the ratio of the
  medians. MediaPipe's inference runs on XNNPACK with its default of one thread.
- *Overhead*: measured on the same clips by `gymbox bench`'s own code while MediaPipe does not run.
  Each step is followed by its bare interpreter invokes, repeated on the same tensors; the overhead
  is the median over the frames of step / invokes - 1.
- Our One-Euro filter runs on the clip's timestamps, MediaPipe's on frames that it takes to be
  33.333 ms apart whatever the clip's rate.
- *Lite*: MediaPipe's wheel has no lite network and downloads the newest; here it runs the same file
  as we do, that of the npm package in the manifest.
"""


def write_report(results: dict[str, Any], path: Path | None) -> int:
    """Writes the report, or prints it if there is no path; 1 if a requirement is missed."""
    text = _render(results)
    if path is None:
        print(text)
    else:
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        print(f"written: {path}")
    kept = all(
        model["agreement"]["median_percent"] <= MOST_PERCENT
        and model["speed"]["ratio"] <= MOST_RATIO
        and model["alone"]["overhead"] <= MOST_OVERHEAD
        for model in results["models"].values()
    )
    return 0 if kept else 1


def _render(results: dict[str, Any]) -> str:
    models = results["models"]
    head = _TEXT.format(
        **results["machine"],
        command=results["command"],
        count=len(models["full"]["clips"]),
        frames=results["frames"],
        summary=_summary(models["lite"], models["full"]),
    )
    return head + "".join(_clips(name, model["clips"]) for name, model in models.items())


def _summary(*models: dict[str, Any]) -> str:
    rows = [
        ("median distance", f"{MOST_PERCENT} %", "agreement", "median_percent", "{} %"),
        ("95th percentile", "", "agreement", "p95_percent", "{} %"),
        ("frames with somebody for both", "", "agreement", "frames_both", "{}"),
        ("for us only", "", "agreement", "frames_only_ours", "{}"),
        ("for MediaPipe only", "", "agreement", "frames_only_theirs", "{}"),
        ("for neither", "", "agreement", "frames_neither", "{}"),
        ("our step", "", "speed", "ours_ms", "{} ms"),
        ("MediaPipe's `process`", "", "speed", "theirs_ms", "{} ms"),
        ("ratio", f"{MOST_RATIO}", "speed", "ratio", "{}"),
        ("ratio of the sums", "", "speed", "ratio_of_sums", "{}"),
        ("overhead over the bare invokes", f"{MOST_OVERHEAD:.0%}", "alone", "overhead", "{:.1%}"),
    ]
    worst = " | ".join(
        f"{max(clip['median_percent'] for clip in model['clips'])} %" for model in models
    )
    lines = [
        f"| {name} | {limit} | " + " | ".join(form.format(m[part][key]) for m in models) + " |"
        for name, limit, part, key, form in rows
    ]
    lines.insert(1, f"| median of the worst clip | | {worst} |")
    return "\n".join(lines)


def _clips(name: str, clips: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"| {c['file']} | {c['exercise']} | {c['median_percent']} | {c['p95_percent']} "
        f"| {c['frames_both']} | {c['frames_only_ours']} | {c['frames_only_theirs']} "
        f"| {c['ours_ms']} | {c['theirs_ms']} | {c['ratio']} |\n"
        for c in clips
    )
    return f"""
## {name.capitalize()}, clip by clip

| clip | exercise | median % | p95 % | both | only ours | only theirs | our ms | their ms | ratio |
|---|---|---|---|---|---|---|---|---|---|
{rows}"""
