"""What modes are made of, built from the settings."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from gymbox import __version__
from gymbox.collection.keeper import Keeper
from gymbox.collection.shelf import FOLDER, Shelf
from gymbox.config import Settings
from gymbox.eyes import Spotter, Teller, Watch
from gymbox.reps.profiles import Profile
from gymbox.teaching.library import Library

LOGGER = logging.getLogger("gymbox")
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Parts:
    """What modes are made of.

    Attributes:
        settings: the settings in force.
        watch: finds the athlete's pose.
        spotter: knows the phase by sight.
        teller: says which exercise it is.
        library: packaged and taught exercises.
        keeper: keeps the examples of collect mode; it does nothing before that is on.
        live: a camera and not a recording.
    """

    settings: Settings
    watch: Watch
    spotter: Spotter
    teller: Teller
    library: Library
    keeper: Keeper
    live: bool

    @classmethod
    def of(cls, settings: Settings, *, live: bool) -> "Parts":
        """The parts that the settings ask for; networks are loaded when a mode first needs them."""
        watch, spotter, library = Watch(settings), Spotter(settings), library_of(settings)
        return cls(settings, watch, spotter, Teller(settings), library, keeper_of(settings), live)

    @property
    def known(self) -> Mapping[str, Profile]:
        """The profiles by name as they are now."""
        return self.library.known


def keeper_of(settings: Settings) -> Keeper:
    """What keeps the examples of collect mode, beside the training log."""
    return Keeper(
        Shelf(settings.data_folder / FOLDER),
        most=settings.integer("collection", "max_mb") * MEGABYTE,
        model=f"pose_landmark_{settings.pose_model} of Gymbox {__version__}",
        on_change=_tell_collection,
    )


def library_of(settings: Settings) -> Library:
    """The exercises of the box; files that cannot be read go to the journal."""
    library = Library.open(settings.data_folder)
    for fault in library.faults:
        LOGGER.warning("%s", fault)
    return library


def _tell_collection(trouble: str) -> None:
    if trouble:
        LOGGER.error("collect mode: %s", trouble)
    else:
        LOGGER.warning("collect mode: the disk takes examples again")
