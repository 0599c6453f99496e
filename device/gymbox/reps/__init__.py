"""Exercise profiles, the counter, sets: pure."""
