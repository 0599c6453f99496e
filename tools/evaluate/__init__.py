"""How good the box is: labelled recordings in, figures and plots out.

Run as `python -m tools.evaluate COMMAND` from the root of the repository.
"""
