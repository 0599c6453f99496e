"""The training log."""
