"""Where the models of the box come from: fetched, trained, converted, quantised, compared.

Run as `python -m tools.convert COMMAND` from the root of the repository.
"""
