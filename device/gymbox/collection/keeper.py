"""The thread that keeps the collection, so that the loop never waits for a disk."""

import secrets
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from gymbox.collection.recording import Result
from gymbox.collection.shelf import Shelf
from gymbox.collection.take import NONE, Order, Take
from gymbox.errors import InputError
from gymbox.motion.recording import PoseRecorder

RESERVE = 16_000_000
"""Bytes that one more take may need, pictures aside."""
SPARE = 64_000_000
"""Bytes of the disk that are left to the training log and the system."""
MOST_WAITING = 8
"""Pictures that may wait for a slow disk; further ones are left out."""

OnChange = Callable[[str], None]
"""Called with what is wrong when writing begins to fail, and with "" when it works again."""


@dataclass(frozen=True, slots=True)
class _Picture:
    name: str
    frame: int
    image: NDArray[np.uint8]


@dataclass(slots=True)
class _Put:
    name: str
    poses: PoseRecorder
    packed: bytes = b""


@dataclass(frozen=True, slots=True)
class _Relabel:
    name: str


@dataclass(frozen=True, slots=True)
class _Remove:
    name: str


@dataclass(frozen=True, slots=True)
class _Load:
    name: str = ""


Job = _Load | _Picture | _Put | _Relabel | _Remove


class Keeper:
    """Puts takes on the shelf, in order, and keeps them in memory until they are there.

    While the disk is full, read-only or broken it tries again with a growing pause and there is no
    room for another take. Pictures are not worth that: what the disk does not take is left out.

    Args:
        shelf: where they go; from now on it belongs to the keeper.
        most: bytes that the collection may take.
        model: which networks find the landmarks, for the record.
        retry_after: seconds before the first new attempt; they double with each failure.
        retry_limit: the longest pause between attempts, seconds.
        on_change: told, from the keeper's thread, when `trouble` comes and goes.
        clock: the wall clock, UTC.

    Attributes:
        trouble: what is wrong with the disk, "" while it takes everything.
    """

    def __init__(
        self,
        shelf: Shelf,
        *,
        most: int,
        model: str = "",
        retry_after: float = 1.0,
        retry_limit: float = 30.0,
        on_change: OnChange = lambda _: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.trouble = ""
        self._shelf = shelf
        self._most = most
        self._model = model
        self._retry_after = self._pause = retry_after
        self._retry_limit = retry_limit
        self._on_change = on_change
        self._clock = clock
        self._takes: dict[str, Take] = {}
        self._sizes: dict[str, int] = {}
        self._loaded = False
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._closing = self._hurry = False
        self._failure: BaseException | None = None
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Looks through the collection, for somebody may have changed it meanwhile."""
        self._loaded = False
        self._do(_Load())
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="collection", daemon=True)
            self._thread.start()

    @property
    def loaded(self) -> bool:
        """The collection has been looked through since `open`."""
        self._check()
        return self._loaded

    def takes(self) -> list[Take]:
        """All takes, those included that wait for the disk, the oldest first."""
        with self._changed:
            return list(self._takes.values())

    def used(self) -> int:
        """Bytes of the whole collection on the disk."""
        with self._changed:
            return sum(self._sizes.values())

    def refusal(self) -> str:
        """Why there is no room for another take, "" if there is."""
        self._check()
        if self.trouble:
            return self.trouble
        if self.used() + RESERVE > self._most:
            return "collection full"
        try:
            return "disk nearly full" if self._shelf.free() < SPARE else ""
        except OSError as error:
            return str(error.strerror)

    def name(self, order: Order) -> str:
        """A name for a new take: no two boxes give the same."""
        what = order.activity.replace(" ", "_") if order.exercise == NONE else order.exercise
        now = f"{self._clock():%Y%m%dT%H%M%S}"
        return f"{now}-{what}-a{order.athlete}-{secrets.token_hex(4)}"

    def picture(self, name: str, frame: int, image: NDArray[np.uint8]) -> None:
        """Adds a picture to a take that is being recorded, if there is time and room for it."""
        with self._changed:
            if len(self._jobs) < MOST_WAITING:
                self._jobs.append(_Picture(name, frame, image))
                self._changed.notify_all()

    def keep(self, result: Result) -> Take:
        """Takes a new take over; returns it with the time and the networks written in."""
        take = replace(
            result.take,
            recorded=self._clock().isoformat(timespec="seconds"),
            model=self._model,
        )
        self._do(_Put(take.name, result.poses), take)
        return take

    def answer(self, name: str, reps: int) -> None:
        """Writes down how many repetitions a take has, as the athlete says."""
        self._do(_Relabel(name), replace(self._takes[name], reps=reps))

    def discard(self, name: str) -> None:
        """Throws a take away, or what there is of one that is being recorded."""
        with self._changed:
            self._takes.pop(name, None)
        self._do(_Remove(name))

    def flush(self, timeout: float) -> bool:
        """Waits until everything is on the disk; False if it is not after `timeout` seconds."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._jobs, timeout)

    def close(self, timeout: float = 5.0) -> list[str]:
        """Writes what is left; returns the names of the takes that could not be written."""
        if self._thread is None:
            return []
        self.flush(timeout)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)
        with self._changed:
            return [job.name for job in self._jobs if isinstance(job, _Put)]

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _do(self, job: Job, take: Take | None = None) -> None:
        self._check()
        with self._changed:
            if take is not None:
                self._takes[take.name] = take
            self._jobs.append(job)
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            while (job := self._next()) is not None:
                if self._done(lambda: self._work(job)):
                    with self._changed:
                        self._jobs.popleft()
                        self._changed.notify_all()
                elif not self._rest():
                    return
        except BaseException as error:  # noqa: BLE001 (the main loop is to die of it)
            with self._changed:
                self._failure = error

    def _load(self) -> None:
        self._shelf.tidy()
        takes, sizes = {}, {}
        for name in self._shelf.names():
            sizes[name] = self._shelf.size(name)
            try:
                takes[name] = self._shelf.read(name)
            except InputError as error:
                self._on_change(str(error))
        with self._changed:
            waiting = {job.name for job in self._jobs if isinstance(job, _Put)}
            takes |= {name: take for name, take in self._takes.items() if name in waiting}
            self._takes, self._sizes, self._loaded = takes, sizes, True

    def _work(self, job: Job) -> None:
        if isinstance(job, _Load):
            self._load()
        elif isinstance(job, _Picture):
            self._add(job)
        elif isinstance(job, _Remove):
            self._shelf.remove(job.name)
            self._weigh(job.name)
        elif (take := self._takes.get(job.name)) is not None:  # else thrown away meanwhile
            if isinstance(job, _Put):
                self._put(job, take)
            else:
                self._relabel(take)
            self._weigh(job.name)

    def _put(self, job: _Put, take: Take) -> None:
        box, pictures = self._shelf.box(), self._shelf.drafted(job.name)
        job.packed = job.packed or job.poses.packed()
        self._shelf.put(replace(take, box=box, pictures=pictures), job.packed)
        with self._changed:
            if now := self._takes.get(job.name):  # its answer may have come meanwhile
                self._takes[job.name] = replace(now, box=box, pictures=pictures)

    def _relabel(self, take: Take) -> None:
        if take.name in self._shelf.names():
            # The owner may have given it a name meanwhile.
            with suppress(InputError):
                take = replace(take, called=self._shelf.read(take.name).called)
            self._shelf.relabel(take)
            return
        with self._changed:  # the owner has removed it
            self._takes.pop(take.name, None)

    def _weigh(self, name: str) -> None:
        with self._changed:
            self._sizes[name] = self._shelf.size(name)

    def _add(self, job: _Picture) -> None:
        from gymbox.collection.pictures import encode  # noqa: PLC0415 (OpenCV: only by choice)

        jpeg = encode(job.image)
        if self.used() + len(jpeg) + RESERVE <= self._most and self._shelf.free() > SPARE:
            self._shelf.add_picture(job.name, job.frame, jpeg)
            with self._changed:
                self._sizes[job.name] = self._sizes.get(job.name, 0) + len(jpeg)

    def _done(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except OSError as error:
            self._tell(f"disk: {(error.strerror or str(error)).lower()}")
            return False
        self._pause = self._retry_after
        self._tell("")
        return True

    def _next(self) -> Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._closing)
            return self._jobs[0] if self._jobs else None

    def _rest(self) -> bool:
        """Pauses before the next attempt; False when it is time to go instead."""
        with self._changed:
            if self._jobs and isinstance(self._jobs[0], _Picture):
                self._jobs.popleft()
                self._changed.notify_all()
                return True
            if not self._closing:
                self._changed.wait_for(lambda: self._closing or self._hurry, self._pause)
            self._hurry = False
            self._pause = min(2 * self._pause, self._retry_limit)
            return not self._closing

    def _tell(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self._on_change(trouble)
