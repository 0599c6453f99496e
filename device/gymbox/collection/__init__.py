"""Labelled examples recorded on the box: what a take is, what is missing, where it is kept."""
