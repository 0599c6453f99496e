"""OpenCV, told to keep quiet before it is loaded.

Its own lines on stderr ("moov atom not found") would stand beside the one line that the box prints.
FFmpeg's level is read from the environment when the first clip is opened.
"""

import os
from typing import Any

os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")

import cv2

__all__ = ["cv2"]

if os.environ["OPENCV_LOG_LEVEL"] == "SILENT":
    # Another room may have loaded OpenCV first, with its default level. Between 4.11 and 4.14 the
    # function has moved.
    _logging: Any = getattr(cv2.utils, "logging", cv2)
    _logging.setLogLevel(0)
