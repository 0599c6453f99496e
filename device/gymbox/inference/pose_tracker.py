"""BlazePose over a sequence of frames: find the athlete, then follow and keep him."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import cv2

from gymbox.camera.frame import Frame
from gymbox.inference.athlete import OWN, Athlete, Sight, region
from gymbox.inference.choice import Choice, other_way_up, prominence
from gymbox.inference.company import Company, fills
from gymbox.inference.detector import CERTAIN, Detection, PoseDetector
from gymbox.inference.landmarker import Landmarker
from gymbox.inference.manifest import find_model
from gymbox.inference.roi import Roi
from gymbox.inference.runtime import Network
from gymbox.inference.smoothing import PoseSmoother
from gymbox.motion.landmarks import Pose
from gymbox.motion.lock import BRIEFLY, COVERED, ELSEWHERE, Lock

PoseModel = Literal["lite", "full"]

LYING = math.pi / 4
"""Radians from upright beyond which the detector may take the feet for the head."""
OVER = 3 * math.pi / 4
"""Radians from upright beyond which somebody stands on his head, which is doubtful."""
SURE, SURER = 7.0, 1.0
"""Logits: where a region needs no second look, and by what the other way round must be better."""
FAR_SURER = 3.0
"""The same for somebody who is followed already."""
EPSILON = 1e-7
"""Nothing is surer than this."""
CONFIRMED, SEARCH = 0.95, 2.0
"""Chance of a person, or seconds, until which all frames are searched: a doubtful find may err."""
PATIENCE = 3.0
"""Seconds for which an athlete may be doubtful; a chair that he leaves behind is, and stays so."""
CHECKS = 1.0, 4.0
"""Seconds from one search of the whole picture to the next while the athlete is followed: with
others about, and when nobody else has been seen for long."""
OFTEN = 0.5
"""The same while the choice is young."""
UNLIKE = 0.4
"""Likeness of the clothes below which it is somebody else though nobody else was noticed."""
PAUSE = 0.25
"""Seconds without a pose after which smoothing begins anew."""

Lap = Callable[[str], None]
"""Told the name of each stage when it ends: crop, invoke, decode, smooth; detect_... before."""


class PoseTracker:
    """Follows one athlete and nobody else.

    The detector looks at the whole frame while nobody is followed; afterwards the landmarks of one
    frame say where to look in the next, as in MediaPipe's `Pose`. MediaPipe asks for 0.5 in all
    three scores; here a faint detection is looked at, the search goes on until somebody is surely
    found, and from then on the athlete is not given up for a doubtful frame, such as crouched
    behind the plates. What is seen there is believed only if it can be the athlete
    (`motion.lock`); otherwise nobody is seen, and the athlete is waited for and looked for.

    Args:
        model: which landmark network; full is more exact, lite is faster.
        threads: how many threads one run of a network may use.
        models: folder of the models, if not the usual one.
        min_detection_score: 0..1, what a detection must reach to be looked at.
        min_presence_score: 0..1, the chance of a person that it takes to begin to follow.
        min_tracking_score: 0..1, the chance of a person below which the athlete is lost;
            that of beginning after `PATIENCE` seconds of doubt.
        keep: seconds for which an unseen athlete is waited for before somebody else is followed.
        runtime: which TFLite runtime, if not the one that is installed.
        lap: called at the end of every stage, for `gymbox bench`.

    Raises:
        ModelError: a model is missing or damaged, or there is no runtime for it.
    """

    def __init__(
        self,
        *,
        model: PoseModel = "full",
        threads: int = 1,
        models: Path | None = None,
        min_detection_score: float = 0.3,
        min_presence_score: float = 0.5,
        min_tracking_score: float = 0.2,
        keep: float = 4.0,
        runtime: str | None = None,
        lap: Lap | None = None,
    ) -> None:
        # The crops are far too small for OpenCV's thread pool to pay.
        cv2.setNumThreads(1)
        detection = find_model("pose_detection", models)
        landmarks = find_model(f"pose_landmark_{model}", models)
        self.detector = PoseDetector(
            Network(detection, threads=threads, runtime=runtime), min_score=min_detection_score
        )
        self.landmarker = Landmarker(Network(landmarks, threads=threads, runtime=runtime))
        self._min_presence, self._min_tracking = min_presence_score, min_tracking_score
        self._keep = keep
        self._smoother = PoseSmoother()
        self._lap = lap or _ignore
        self._people = 0
        self._company = Company()
        self.reset()

    def reset(self) -> None:
        """Forgets the athlete: the next frame is searched anew."""
        self._roi: Roi | None = None
        self._athlete: Athlete | None = None
        self._confirmed = False
        self._unseen, self._mixed = 0.0, False
        self._check, self._every = math.inf, CHECKS[0]
        self._choice: Choice | None = None
        self._company.reset()
        self._smoother.reset()

    @property
    def lock(self) -> Lock:
        """Whether the athlete is followed, and how many people are about."""
        if self._athlete is None:
            return Lock("searching", self._people)
        if self._unseen == 0 and not self._mixed:
            return Lock("locked", max(self._people, 1))
        return Lock("hidden" if self._unseen <= COVERED else "lost", self._people)

    def process(self, frame: Frame) -> Pose | None:
        """Finds the athlete's pose in the next frame.

        Args:
            frame: its timestamp must be later than that of the frame before.

        Returns:
            None where the athlete is not seen, whoever else may be.
        """
        t = frame.timestamp
        if (
            self._athlete is not None
            and self._unseen
            and self._athlete.missed(t, self._kept(self._athlete, t))
        ):
            self.reset()
        athlete = self._athlete
        if athlete is None or not self._confirmed:
            sight = self._search(frame)
        else:
            sight = self._follow(frame, athlete)
        if sight is not None:
            self._mixed = self._is_mixed(frame, sight)
            pose = self._take(frame, sight)
            return None if self._mixed else pose
        if not self._confirmed:
            self.reset()
        elif athlete is not None:
            self._unseen = t - athlete.seen
            self._company.hide(t)
        return None

    def _search(self, frame: Frame) -> Sight | None:
        """Whoever is most prominent, or else is still where somebody was a frame ago."""
        people = self._detect(frame)
        sight = None
        if people:
            best = max(people, key=lambda person: prominence(person, _size(frame)))
            sight = self._look(frame, self._head_up(frame, best.roi), self._min_presence)
        if sight is None and self._roi is not None:
            sight = self._look(frame, self._roi, self._enough(frame.timestamp))
        return sight

    def _follow(self, frame: Frame, athlete: Athlete) -> Sight | None:
        """The athlete where he was, or else wherever he is."""
        t = frame.timestamp
        self._company.watch(frame.image, t, athlete.place)
        sight = None
        if self._roi is not None and t - athlete.seen <= COVERED:
            sight = self._look(frame, self._roi, self._enough(t))
        if sight is not None and athlete.is_in(sight, t):
            return self._checked(frame, sight) if t >= self._check else sight
        people = self._detect(frame)
        # One alone who is not where the athlete was may be the athlete.
        if self._people > 1:
            self._company.meet(people, athlete.place, t)
        strays = sight is not None and athlete.strays(sight)
        slid = strays or (sight is not None and athlete.drifted(sight))
        if strays:
            self._company.notice(t)
        if self._company.alone(t):
            return self._only_one(frame, athlete, sight, people)
        if self._people <= 1 and not self._company.met(t):
            close = self._only_one(frame, athlete, sight, people)
            if close is not None and fills(close.place, frame.image) and athlete.wears(close):
                return close
        again: list[Roi] = []
        if slid:
            athlete = athlete if self._unseen else athlete.rewound()
            self._athlete, self._roi = athlete, athlete.at_home(region(athlete.place))
            # Who stands beside him is got rid of at once, who walks before him is not.
            again = [] if self._company.passing(t) else [self._roi]
        found = [
            other
            for roi in again + athlete.near(people, t)
            if (other := self._look(frame, self._head_up(frame, roi), self._min_presence))
            and athlete.is_back_in(other, t)
        ]
        return min(found, key=lambda other: athlete.oddness(other, t), default=None)

    def _only_one(
        self, frame: Frame, athlete: Athlete, sight: Sight | None, people: Sequence[Detection]
    ) -> Sight | None:
        """Whoever is there while nobody else has been noticed: how odd it looks is no reason."""
        if sight is None and people:
            best = max(people, key=lambda person: prominence(person, _size(frame)))
            sight = self._look(frame, self._head_up(frame, best.roi), self._min_presence)
        if sight is None:
            return None
        alike = athlete.alike(sight)
        needed = ELSEWHERE if athlete.leaps(sight, frame.timestamp) else UNLIKE
        unlike = alike is not None and alike < needed
        return None if unlike and not athlete.stays(sight, frame.timestamp) else sight

    def _is_mixed(self, frame: Frame, sight: Sight) -> bool:
        """Whether somebody before the athlete lends him limbs; he is followed on, but not told."""
        t, athlete = frame.timestamp, self._athlete
        if athlete is None or not self._company.passing(t):
            self._company.learn_sight(sight)
            return False
        people = self._detect(frame)
        self._company.meet(people, sight.place, t)
        return self._company.hides(people, sight, athlete.alike(sight), t)

    def _kept(self, athlete: Athlete, t: float) -> float:
        """Seconds for which the athlete is waited for."""
        walks = self._choice is not None and self._choice.walks(athlete.place, t)
        return BRIEFLY if walks else self._keep

    def _checked(self, frame: Frame, sight: Sight) -> Sight:
        """The same athlete, once the whole picture has been searched."""
        people = self._detect(frame)
        t, here = frame.timestamp, sight.place
        self._company.meet(people, here, t)
        if not self._company.passing(t):
            self._company.learn_people(people, here)
        quiet = self._people <= 1
        self._every = min(2 * self._every, CHECKS[1]) if quiet else CHECKS[0]
        self._check = t + self._every
        if self._choice is not None and self._choice.young(t):
            self._check = t + OFTEN
            rival = self._choice.better(here, people, _size(frame), t)
            if rival and (
                other := self._look(frame, self._head_up(frame, region(rival)), CONFIRMED)
            ):
                self.reset()
                return other
            return self._turned(frame, sight, people)
        return sight

    def _turned(self, frame: Frame, sight: Sight, people: Sequence[Detection]) -> Sight:
        """The athlete the other way up if that is far likelier; nobody is put on to his head."""
        for roi in other_way_up(people, sight.place):
            other = self._look(frame, roi, self._min_presence)
            if other is None or abs(other.place.rotation) > OVER:
                continue
            surer = _logit(other.raw.score) > _logit(sight.raw.score) + FAR_SURER
            if surer and (self._athlete is None or self._athlete.wears(other)):
                return other
        return sight

    def _take(self, frame: Frame, sight: Sight) -> Pose | None:
        """Smooths what is seen of the athlete and remembers it."""
        t, score = frame.timestamp, sight.raw.score
        if self._athlete is None:
            self._athlete = Athlete.found(sight, t)
            self._choice = Choice(sight.place, t)
        elif self._unseen > PAUSE or self._athlete.leaps(sight, t):
            self._smoother.reset()
        alone = self._company.alone(t)
        self._athlete = self._athlete.at(sight, t, sure=score > self._min_presence, alone=alone)
        self._unseen = 0.0
        upright = abs(sight.place.rotation) < OVER
        if not self._confirmed and (
            (score > CONFIRMED and upright) or t - self._athlete.since > SEARCH
        ):
            self._confirmed, self._check = True, t + OFTEN / 2
        pose, anchors = self._smoother(sight.raw, t, _size(frame))
        self._roi = Roi.of_body(anchors[0], anchors[1])
        if not alone and self._roi is not None and (self._athlete.alike(sight) or 0.0) < OWN:
            self._roi = self._athlete.at_home(self._roi)
        self._company.take(pose, t)
        self._lap("smooth")
        return pose

    def _enough(self, t: float) -> float:
        """The chance of a person that it takes to go on."""
        athlete = self._athlete
        doubtful = athlete is None or self._unseen or t - athlete.sure > PATIENCE
        return self._min_presence if doubtful else self._min_tracking

    def _detect(self, frame: Frame) -> list[Detection]:
        matrix = self.detector.prepare(frame.image)
        self._lap("detect_crop")
        self.detector.network.invoke()
        self._lap("detect_invoke")
        people = self.detector.decode(matrix)
        self._people = sum(person.score >= CERTAIN for person in people)
        self._lap("detect_decode")
        return people

    def _head_up(self, frame: Frame, roi: Roi) -> Roi:
        """The region, or the same upside down if there is more surely a person in it."""
        if abs(roi.rotation) <= LYING:
            return roi
        surely = self._surely(frame, roi)
        turned = roi.upside_down()
        wrong = surely < SURE and self._surely(frame, turned) > surely + SURER
        self._lap("detect_turn")
        return turned if wrong else roi

    def _surely(self, frame: Frame, roi: Roi) -> float:
        """The logit of the chance of a person in a region."""
        self.landmarker.prepare(frame.image, roi)
        self.landmarker.network.invoke()
        return _logit(self.landmarker.score())

    def _look(self, frame: Frame, roi: Roi, min_score: float) -> Sight | None:
        """Who is in a region, None if the chance of a person is no more than `min_score`."""
        matrix = self.landmarker.prepare(frame.image, roi)
        self._lap("crop")
        self.landmarker.network.invoke()
        self._lap("invoke")
        raw = self.landmarker.decode(roi, matrix, min_score)
        self._lap("decode")
        if raw is None:
            return None
        return Sight.of(raw, frame.image)


def _size(frame: Frame) -> tuple[int, int]:
    """Width and height, pixels."""
    height, width = frame.image.shape[:2]
    return width, height


def _logit(chance: float) -> float:
    chance = min(max(chance, EPSILON), 1 - EPSILON)
    return math.log(chance / (1 - chance))


def _ignore(_stage: str) -> None:
    """Nobody is timing."""
