"""The sub-commands of `gymbox`, one module each."""
