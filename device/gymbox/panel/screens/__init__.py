"""The kinds of screen, one module each."""
