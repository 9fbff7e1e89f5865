"""Answering WeChat in time, whatever happens: its callbacks are written down, worked on once, and joined by retries.

The platform hangs up after five seconds and delivers again, up to three times in all, on whichever worker.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from api.background import Work, repeating
from api.wechat import passive
from api.wechat.inbound import CLICKS, Kind, key_of, read
from cases import clock
from cases.callbacks import repository
from cases.callbacks import service as callbacks
from cases.database import engine, reading, transaction
from cases.models import Callback, ChannelIdentity
from cases.outbox import reach
from cases.people import service as people

DEADLINE_S = 4.2
# An answer that was claimed in time may still be on its way from the database.
LATEST_S = 4.4
# Between the two lies the time to read and mark what goes into the answer.
WORK_S = 4.0
LOOK_EVERY_S = 0.1
RETRY_EVERY_S = 0.2
GIVE_UP_S = 30.0
SWEEP_EVERY_S = 5.0
SWEEP_BATCH = 100

Fields = Mapping[str, str]
Handle = Callable[[int], Awaitable[None]]
ResultT = TypeVar("ResultT")

logger = logging.getLogger(__name__)


class NotKept(Exception):
    """Whether a callback was written down, or its answer claimed, is not known in time: it has to come again."""


class Delivery:
    """One callback being worked on in this process, and everybody who waits for it."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.work: Work


class Reception:
    """The callbacks of this process."""

    def __init__(self, handle: Handle) -> None:
        """`handle` works on a callback by its id, once."""
        self._handle = handle
        self._deliveries: dict[str, Delivery] = {}
        self._elsewhere: dict[int, asyncio.Event] = {}
        # SQLite has one writer: a queue is fairer than everybody trying again and again.
        one_writer = engine().dialect.name == "sqlite"
        self._threads = ThreadPoolExecutor(1 if one_writer else 8, thread_name_prefix="wechat")

    async def answer(self, fields: Fields) -> str | None:
        """The text to answer with, or `None` for nothing yet. Raises `NotKept` if it is not safe with us."""
        began = time.monotonic()
        key = key_of(fields)
        delivery = self._deliveries.get(key) or self._begin(key, fields)
        task = delivery.work.task
        await asyncio.wait({task}, timeout=WORK_S)
        if not delivery.kept.done():
            await _first_of({task, delivery.kept}, until=began + DEADLINE_S)
        if not delivery.kept.done():
            raise NotKept
        if not task.done():
            return None
        try:
            claim = self._in_thread(lambda: passive.claim(key, began + DEADLINE_S))
            return await asyncio.wait_for(claim, began + LATEST_S - time.monotonic())
        except passive.TooLate:
            return None  # it goes the other way
        except (TimeoutError, SQLAlchemyError):
            raise NotKept from None  # whether it was claimed is not known: who comes again is told the same

    async def close(self) -> None:
        """Stop in the midst of the work, which another process takes over, and let go of the threads."""
        await asyncio.gather(*(delivery.work.stop() for delivery in self._deliveries.values()))
        self._threads.shutdown(cancel_futures=True)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """See what other workers have done, and take over what one that died has left, while the service runs."""
        async with (
            repeating(self._look, LOOK_EVERY_S, "looking for what other workers have done"),
            repeating(self.sweep, SWEEP_EVERY_S, "looking for callbacks that were left"),
        ):
            yield

    async def sweep(self) -> None:
        """Work once on everything that nobody works on."""
        for id_ in await self._in_thread(_abandoned):
            await self._work_if_free(id_)

    def _begin(self, key: str, fields: Fields) -> Delivery:
        # No await until it is in the table: a retry must find it.
        self._deliveries[key] = delivery = Delivery(key)
        delivery.work = Work(self._deliver(delivery, fields))
        delivery.work.task.add_done_callback(lambda task: self._over(key, task))
        return delivery

    def _over(self, key: str, task: asyncio.Task[None]) -> None:
        del self._deliveries[key]
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a WeChat callback failed; it is tried again", exc_info=error)

    async def _deliver(self, delivery: Delivery, fields: Fields) -> None:
        id_, is_ours = await self._keep_trying(lambda: _receive(delivery.key, fields))
        delivery.kept.set_result(None)
        if is_ours:
            await self._work(id_)
        else:
            await self._wait_for_other(id_)

    async def _work_if_free(self, id_: int) -> None:
        try:
            if await self._in_thread(lambda: _hold(id_)):
                await self._work(id_)
        except Exception:
            logger.exception("a WeChat callback failed again")

    async def _work(self, id_: int) -> None:
        try:
            await self._handle(id_)
        except Exception:
            await self._keep_trying(lambda: _release(id_))
            raise

    async def _wait_for_other(self, id_: int) -> None:
        """Another worker is at it; whoever waits here hears of it as soon as it is done."""
        done = self._elsewhere[id_] = asyncio.Event()
        try:
            await asyncio.wait_for(done.wait(), DEADLINE_S)
        except TimeoutError:
            return  # the platform has stopped waiting, too
        finally:
            del self._elsewhere[id_]

    async def _keep_trying(self, what: Callable[[], ResultT]) -> ResultT:
        """The database may be away for a moment."""
        until = time.monotonic() + GIVE_UP_S
        while True:
            try:
                return await self._in_thread(what)
            except SQLAlchemyError:
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(RETRY_EVERY_S)

    async def _in_thread(self, what: Callable[[], ResultT]) -> ResultT:
        return await asyncio.get_running_loop().run_in_executor(self._threads, what)

    async def _look(self) -> None:
        """One question for all that others work on."""
        if not self._elsewhere:
            return
        for id_ in await self._in_thread(partial(_done, [*self._elsewhere])):
            if id_ in self._elsewhere:
                self._elsewhere[id_].set()


async def _first_of(waiting: set[asyncio.Future[None]], until: float) -> None:
    await asyncio.wait(waiting, timeout=until - time.monotonic(), return_when=asyncio.FIRST_COMPLETED)


def _receive(key: str, fields: Fields) -> tuple[int, bool]:
    """Write it down, with whom it is from; returns its id, and whether it is ours to work on."""
    inbound = read(fields)
    with transaction() as session:
        callback = callbacks.receive(session, key, fields)
        if callback.processed == 0 and callback.person_id is None:
            meet = people.known if inbound.kind is Kind.LEFT else people.met
            identity = meet(session, reach.WECHAT, inbound.openid)
            if identity is None:
                callbacks.finish(callback)
                return callback.id, False
            callback.person_id = identity.person.id
            _note_contact(identity, fields)
        session.flush()
        return callback.id, callbacks.hold(session, callback)


def _note_contact(identity: ChannelIdentity, fields: Fields) -> None:
    """Who is in touch may be written to for a while."""
    event = fields.get("Event")
    if event is None:
        reach.opened(identity, *reach.AFTER_MESSAGE)
    elif event in (*CLICKS, "subscribe", "SCAN"):
        reach.opened(identity, *reach.AFTER_EVENT)


def _hold(id_: int) -> bool:
    with transaction() as session:
        callback = session.get(Callback, id_)
        return callback is not None and callbacks.hold(session, callback)


def _release(id_: int) -> None:
    with transaction() as session:
        callback = session.get(Callback, id_)
        if callback is not None and callback.done_at is None:
            callbacks.release(callback)


def _done(ids: list[int]) -> list[int]:
    with reading() as session:
        return repository.done(session, ids)


def _abandoned() -> list[int]:
    with reading() as session:
        return repository.abandoned(session, clock.wire_time(), SWEEP_BATCH)
