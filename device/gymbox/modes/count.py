"""Count mode: the athlete names the exercise by button, the box counts it by their joints."""

from collections.abc import Mapping, Sequence

from gymbox.camera.frame import Frame
from gymbox.display import Display, Status
from gymbox.events import Event
from gymbox.modes import Watcher
from gymbox.modes._counting import CountingMode
from gymbox.modes._curve import Curve
from gymbox.modes._framing_advice import FramingAdvice
from gymbox.modes._second_opinion import Classifier, SecondOpinion
from gymbox.modes._sets import Sets
from gymbox.motion import presence
from gymbox.motion.observe import Body, observe
from gymbox.motion.presence import Presence
from gymbox.reps.counter import Counter
from gymbox.reps.profiles import Names, Profile, profiles
from gymbox.reps.sets import SetRules, SetState


class CountMode(CountingMode[Counter]):
    """Counts one exercise after the other.

    Args:
        watcher: finds the athlete.
        state: the exercise to begin with, or a set that was cut off and goes on.
        rules: when a set is over.
        known: the profiles by name; those that came with the box if none are given.
        sight: the phase network, asked where the pose is unsure; None asks nobody.
    """

    name = "count"

    def __init__(
        self,
        watcher: Watcher,
        state: SetState[Counter],
        rules: SetRules,
        known: Mapping[str, Profile] | None = None,
        *,
        sight: Classifier | None = None,
    ) -> None:
        self._known = profiles() if known is None else known
        super().__init__(Sets(state, rules, Names(self._known), Counter))
        self._watcher = watcher
        self._gone_after = rules.gone_after
        self._presence = Presence()
        self._opinion = SecondOpinion(sight)
        self._body: Body | None = None
        self._curve = Curve()
        self._framing = FramingAdvice()

    def update(self, frame: Frame) -> Sequence[Event]:
        """Looks for the athlete and takes their movement one frame further."""
        t = frame.timestamp
        pose = self._watcher.process(frame)
        self._presence, events = presence.step(
            self._presence, t, seen=pose is not None, lost_after=self._gone_after
        )
        observation = None
        if pose is not None:
            observation, self._body = observe(pose, self._body)
        exercise = self._known[self._sets.exercise]
        counted, news = self._opinion.step(self._sets.counter, observation, frame, exercise)
        self._curve.add(t, observation)
        told = self._sets.take(counted, news, t, seen=pose is not None)
        self._advice = self._framing.add(pose, t)
        return (*self._sets.begin(t), *events, *told)

    def display(self, t: float, status: Status) -> Display:
        """The count, or what is seen of the movement."""
        curve = self._curve.shown(self._known[self._sets.exercise])
        return self._sets.display(t, status, advice=self._advice, curve=curve)
