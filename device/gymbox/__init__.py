"""Gymbox: firmware for a standalone gym box that counts repetitions."""

__version__ = "0.1.0"
