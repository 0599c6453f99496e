"""OpenCV, told to keep quiet before it is loaded.

Its own lines on stderr ("moov atom not found") would stand beside the one line that the box prints.
FFmpeg's level is read from the environment when the first clip is opened; 4.x and 5.x both read it.
"""

import os

os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")

import cv2

__all__ = ["cv2"]

if os.environ["OPENCV_LOG_LEVEL"] == "SILENT":
    # Another room may have loaded OpenCV first, with its default level.
    cv2.setLogLevel(0)
