"""What holds for all tests."""

from hypothesis import settings

# How long one example takes says something of the machine's other work, not of the code.
settings.register_profile("gymbox", deadline=None)
settings.load_profile("gymbox")
