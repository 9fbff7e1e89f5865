"""Sends the reminders whose time has come, for as long as the service runs."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from starlette.concurrency import run_in_threadpool

from api.background import repeating
from cases import clock
from cases.database import reading, transaction
from cases.dialogue import reminding as reminders
from cases.quiet_hours import next_send_time
from cases.reminders import repository
from cases.settings import settings
from cases.takeover import keeping

BATCH = 100
Notify = Callable[[int], None]

logger = logging.getLogger(__name__)


@asynccontextmanager
async def reminding(notify: Notify) -> AsyncIterator[None]:
    """Look for due reminders at once and then every `TUIKUAN_REMINDER_INTERVAL_S` seconds; tell whom they concern."""
    every_s = settings().reminder_interval_s
    async with (
        repeating(partial(run_in_threadpool, send_due, notify), every_s, "sending reminders"),
        repeating(partial(run_in_threadpool, keep_promises, notify), every_s, "keeping promises"),
    ):
        yield


def send_due(notify: Notify = lambda person_id: None) -> int:
    """Send every reminder whose time has come, each in a transaction of its own; returns how many were sent.

    Nothing is sent in the quiet hours, however long a reminder has waited.
    """
    now = clock.now()
    if next_send_time(now) != now:
        return 0
    with reading() as session:
        ids = repository.due(session, now, BATCH)
    return sum(_sent(id_, notify) for id_ in ids)


def keep_promises(notify: Notify = lambda person_id: None) -> int:
    """Tell whoever was promised a human and got none, or lost theirs; returns how many were told."""
    with transaction() as session:
        told = [*keeping.take_back_left(session), *keeping.keep_due(session)]
    for person_id in told:
        notify(person_id)
    return len(told)


def _sent(reminder_id: int, notify: Notify) -> bool:
    """One that cannot be sent keeps nobody else waiting."""
    try:
        with transaction() as session:
            reminded = reminders.send(session, reminder_id)
            person_id = reminded.id if reminded else None
    except Exception:
        logger.exception("reminder %s was not sent; the next round tries again", reminder_id)
        return False
    if person_id is not None:
        notify(person_id)
    return person_id is not None
