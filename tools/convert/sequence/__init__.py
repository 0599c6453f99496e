"""The sequence net: which exercise is it, from a window of landmarks."""
