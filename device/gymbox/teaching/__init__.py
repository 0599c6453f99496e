"""Exercises that a box is taught: from a demonstration to a profile, and the files they are in."""
