"""Landmarks, smoothed landmarks, angles: pure numpy."""
