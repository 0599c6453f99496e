"""The table of modes: what each is made of. A new mode is one module and one line in TABLE."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence

from gymbox.config import COMMAND_LINE, Settings
from gymbox.errors import ConfigError, GymboxError, UsageError
from gymbox.modes import Mode
from gymbox.modes.auto import AutoMode
from gymbox.modes.collect import CollectMode
from gymbox.modes.count import CountMode
from gymbox.modes.framing import FramingMode
from gymbox.modes.history import HistoryMode, Rows
from gymbox.modes.spot import EXERCISES, SpotMode
from gymbox.modes.teach import TeachMode
from gymbox.parts import Parts
from gymbox.reps.auto_state import AutoRules
from gymbox.reps.counter import Counter
from gymbox.reps.phases import PhaseCounter
from gymbox.reps.plan import Plan
from gymbox.reps.profiles import UNKNOWN
from gymbox.reps.sets import C, SetRules, SetState
from gymbox.resume import rest_again, set_again
from gymbox.teaching.kept import Kept
from gymbox.teaching.library import FOLDER as TAUGHT
from gymbox.teaching.recogniser import TaughtRecogniser
from gymbox.teaching.school import School
from gymbox.workouts.log import TrainingLog
from gymbox.workouts.rows import NextSet, OpenSet

LOGGER = logging.getLogger("gymbox")
HISTORY_ROWS = 20

LeftOff = OpenSet | NextSet | None
"""Where the program before this one left off."""


Maker = Callable[[Parts, LeftOff], Mode]


def _auto(parts: Parts, left_off: LeftOff) -> Mode:
    state = first_set(parts, left_off, Counter(), otherwise=UNKNOWN)
    section = parts.settings.section("auto")
    # A variant differs from its exercise in what it is called, and the recogniser calls both alike.
    known = parts.library.plain
    return AutoMode(
        parts.watch,
        TaughtRecogniser(parts.teller, parts.library.taught),
        state,
        rules(parts.settings),
        known=known,
        recognition=AutoRules(sure=section["sure"]),
        every=section["every"],
    )


def _count(parts: Parts, left_off: LeftOff) -> Mode:
    state = first_set(parts, left_off, Counter(), otherwise=_asked(parts))
    asked = _can_be_had(parts, "a second opinion in count", ("spotter",))
    sight = parts.spotter if asked else None
    return CountMode(parts.watch, state, rules(parts.settings), parts.known, sight=sight)


def _spot(parts: Parts, left_off: LeftOff) -> Mode:
    state = first_set(parts, left_off, PhaseCounter(), otherwise=_asked(parts))
    if state.exercise not in EXERCISES:
        state = SetState(exercise=EXERCISES[0], counter=PhaseCounter())
    return SpotMode(parts.spotter, state, rules(parts.settings))


def _framing(parts: Parts, left_off: LeftOff) -> Mode:  # noqa: ARG001 (no set in it)
    return FramingMode(parts.watch)


def _collect(parts: Parts, left_off: LeftOff) -> Mode:  # noqa: ARG001 (no set in it)
    return CollectMode(
        parts.watch,
        parts.keeper,
        lambda: parts.known,
        athlete=parts.settings.integer("collection", "athlete"),
        gone_after=parts.settings.number("training", "gone_after"),
    )


def _teach(parts: Parts, left_off: LeftOff) -> Mode:  # noqa: ARG001 (no set in it)
    told = _can_be_had(parts, "recognition in teach", ("teller",))
    school = School(parts.library, (lambda: parts.teller.build().fresh()) if told else None)
    gone_after = parts.settings.number("training", "gone_after")
    kept = Kept(parts.settings.data_folder / TAUGHT)
    return TeachMode(parts.watch, school, parts.library, kept, gone_after=gone_after)


def _history(parts: Parts, left_off: LeftOff) -> Mode:  # noqa: ARG001 (no set in it)
    return HistoryMode(lambda: history(parts.settings))


TABLE: Mapping[str, tuple[Maker, tuple[str, ...]]] = {
    "auto": (_auto, ("watch", "teller")),
    "count": (_count, ("watch",)),
    "spot": (_spot, ("spotter",)),
    "framing": (_framing, ("watch",)),
    "collect": (_collect, ("watch",)),
    "teach": (_teach, ("watch",)),
    "history": (_history, ()),
}
"""How each mode is made, and the parts that it looks with; in the order of the mode button."""

DISPENSABLE = ("teller", "spotter")
"""Parts without whose network the box does all the rest: modes that need them are left out."""


def modes(parts: Parts, *, first: str, left_off: LeftOff) -> Sequence[Mode]:
    """All modes, the first one to be on first, and to go on where the program before left off.

    Raises:
        ModelError: the first mode cannot be had: what is wrong with it is told at once.
    """
    for part in TABLE[first][1]:
        getattr(parts, part).build()
    made = [
        make(parts, left_off if name == first else None)
        for name, (make, needs) in TABLE.items()
        if name == first or _can_be_had(parts, name, needs)
    ]
    place = [mode.name for mode in made].index(first)
    return made[place:] + made[:place]


def rules(settings: Settings) -> SetRules:
    """When a set is over."""
    training = settings.section("training")
    plan = Plan(
        reps=training["target_reps"], sets=training["target_sets"], rest=training["rest_target"]
    )
    return SetRules(rest_after=training["rest_after"], gone_after=training["gone_after"], plan=plan)


def _can_be_had(parts: Parts, mode: str, needs: Sequence[str]) -> bool:
    """Whether a mode can be offered; why not goes to the journal."""
    for part in needs:
        if part in DISPENSABLE and (fault := getattr(parts, part).fault):
            LOGGER.info("%s mode is left out: %s", mode, fault)
            return False
    return True


def _asked(parts: Parts) -> str:
    """The exercise of the settings."""
    name = parts.settings.text("training", "exercise")
    try:
        return parts.library.profile(name).name
    except UsageError as error:
        raise ConfigError(f"training.exercise: {error.problem}", error.advice) from error


def first_set(parts: Parts, left_off: LeftOff, counter: C, *, otherwise: str) -> SetState[C]:
    """The set that a restart cut off, the one after the last, or the exercise that was asked for.

    Args:
        parts: of the box.
        left_off: where the program before left off.
        counter: a fresh one.
        otherwise: the exercise to begin with.
    """
    if left_off is None or left_off.exercise not in parts.known:
        return SetState(exercise=otherwise, counter=counter)
    ruled = rules(parts.settings)
    now = time.monotonic() if parts.live else 0.0  # on the clock of the frames to come
    if isinstance(left_off, OpenSet):
        return set_again(left_off, counter, ruled, now)
    # A recording, or an exercise named on the command line, is no restart of the box.
    if not parts.live or parts.settings.origin("training", "exercise") == COMMAND_LINE:
        return SetState(exercise=otherwise, counter=counter)
    # Where the box finds the exercise itself, the next set may be of anything.
    exercise = UNKNOWN if otherwise == UNKNOWN else None
    return rest_again(left_off, counter, ruled, now, exercise=exercise)


def history(settings: Settings) -> Rows | None:
    """The last sets; None, and the reason in the journal, where the log cannot be read."""
    try:
        with TrainingLog.open(settings.data_folder, read_only=True) as log:
            return tuple(
                (row.exercise, row.reps, f"{row.started.astimezone():%a %H:%M}")
                for row in log.history(HISTORY_ROWS)
            )
    except GymboxError as error:
        LOGGER.error("the training log cannot be read: %s", error)  # noqa: TRY400 (one line)
        return None
