"""Tells the pages that listen that something has changed for their person: server-sent events.

A stream says at once how things stand and then whenever they differ. `Notifier.notify` wakes it; what another worker
has done it finds by looking every few seconds. Those who work here listen to everybody.
"""

import asyncio
import json
import logging
import signal
import threading
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from types import FrameType
from typing import Any

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from cases.case import repository as cases_
from cases.database import reading
from cases.evidence import repository as evidence
from cases.models import Case, Person
from cases.transcript import repository as transcript

MAX_STREAMS = 3
LOOK_EVERY_S = 5.0
COMMENT_EVERY_S = 15.0

logger = logging.getLogger(__name__)

State = Mapping[str, int | str | None]
Look = Callable[[], State | None]


def look(person_id: int) -> State | None:
    """How things stand for a person: the id of the newest message, and a mark that differs when their case does.

    `None` if there is no such person any more.
    """
    with reading() as session:
        person = session.get(Person, person_id)
        if person is None:
            return None
        conversation = person.conversation
        case = conversation.case if conversation else None
        return {
            "last": transcript.newest_id(session, conversation) if conversation else None,
            "case": _mark(session, person, case) if case else None,
        }


def _mark(session: Session, person: Person, case: Case) -> str:
    """Events and the reading of pictures are what a case changes by."""
    return f"{cases_.newest_event_id(session, case)}.{evidence.being_read(session, person)}"


class Notifier:
    """The streams of one process, on the loop that it is made on."""

    def __init__(
        self,
        look: Callable[[int], State | None] = look,
        *,
        look_every_s: float = LOOK_EVERY_S,
        comment_every_s: float = COMMENT_EVERY_S,
    ) -> None:
        self._look = look
        self._look_every_s = look_every_s
        self._comment_every_s = comment_every_s
        self._loop = asyncio.get_running_loop()
        self._of_persons: _Streams = defaultdict(list)
        self._of_everybody: _Streams = defaultdict(list)
        self._is_closed = False

    def notify(self, person_id: int) -> None:
        """Something has changed for a person. From any thread."""
        self._soon(self._wake, person_id)

    def close(self) -> None:
        """End all streams, and those to come. From any thread."""
        self._is_closed = True
        self._soon(self._end_all)

    def stream(self, person_id: int) -> AsyncIterator[str]:
        """Events for one page, until it goes, the person is gone or the server stops.

        A fourth page takes the place of the first, which hears `replaced`: it should ask now and then instead.
        """
        return self._events(self._of_persons, person_id, partial(self._look, person_id))

    def stream_of_everybody(self, staff_id: int, look: Look) -> AsyncIterator[str]:
        """The same for a page of a member of staff: whoever's news wake it, and `look` says how things stand."""
        return self._events(self._of_everybody, staff_id, look)

    async def _events(self, streams: "_Streams", key: int, look: Look) -> AsyncIterator[str]:
        stream = _opened(streams[key])
        try:
            seen: State | None = None
            spoke_at = time.monotonic()
            while not (stream.is_over or self._is_closed):
                stream.wake.clear()
                state = await _now(look, seen)
                if state is None:
                    return
                if state != seen:
                    yield _event("changed", state)
                elif time.monotonic() - spoke_at >= self._comment_every_s:
                    yield ": still here\n\n"
                else:
                    await stream.wait(self._look_every_s)
                    continue
                seen, spoke_at = state, time.monotonic()
            if not self._is_closed:
                yield _event("replaced", {})
        finally:
            _forget(streams, key, stream)

    def _wake(self, person_id: int) -> None:
        for stream in (*self._of_persons.get(person_id, ()), *chain.from_iterable(self._of_everybody.values())):
            stream.wake.set()

    def _end_all(self) -> None:
        for stream in [*chain(*self._of_persons.values(), *self._of_everybody.values())]:
            stream.end()

    def _soon(self, what: Callable[..., None], *arguments: Any) -> None:
        with suppress(RuntimeError):  # the loop is gone, and the streams with it
            self._loop.call_soon_threadsafe(what, *arguments)


class _Stream:
    """One page that listens."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.is_over = False

    def end(self) -> None:
        self.is_over = True
        self.wake.set()

    async def wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wake.wait(), seconds)


_Streams = defaultdict[int, list[_Stream]]


def _opened(streams: list[_Stream]) -> _Stream:
    for oldest in streams[: len(streams) + 1 - MAX_STREAMS]:
        oldest.end()
    streams.append(opened := _Stream())
    return opened


def _forget(streams: _Streams, key: int, stream: _Stream) -> None:
    streams[key].remove(stream)
    if not streams[key]:
        del streams[key]


async def _now(look: Look, seen: State | None) -> State | None:
    """How things stand; as before if the database cannot say."""
    try:
        return await run_in_threadpool(look)
    except Exception:
        logger.exception("looking for changes failed; the next look tries again")
        return seen or {}


def _event(name: str, data: State) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


@contextmanager
def ending_with_the_server(notifier: Notifier) -> Iterator[None]:
    """End the streams when the process is told to stop: the server waits for every answer before it says so itself."""
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    theirs = {number: handler for number, handler in before.items() if callable(handler)}

    def stop(number: int, frame: FrameType | None) -> None:
        notifier.close()
        theirs[signal.Signals(number)](number, frame)

    for number in theirs:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in theirs.items():
            signal.signal(number, handler)
