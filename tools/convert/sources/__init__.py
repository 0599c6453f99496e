"""Trained models as they come: each format is a module here, imported only for its own files."""
