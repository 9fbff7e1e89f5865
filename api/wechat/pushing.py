"""Sends what the outbox holds for WeChat: 客服消息 while the person's window is open, notices for reminders."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.background import repeating
from api.wechat import envelope, notices, rendering
from api.wechat.client import Client
from api.wechat.failures import Action, PlatformError
from cases import clock
from cases.callbacks import service as callbacks
from cases.clock import wire_time
from cases.database import reading, transaction
from cases.knowledge import knowledge
from cases.models import Outbox, OutboxState, Person
from cases.outbox import reach, repository
from cases.outbox import service as outbox
from cases.settings import settings

BATCH = 200
AT_ONCE = 8
INTERVAL_S = 0.5
TIDY_EVERY_S = 60.0
CUSTOMER_SERVICE = "customer_service"
AGAIN = {
    Action.RETRY: timedelta(seconds=10),
    Action.TOKEN: timedelta(seconds=10),
    Action.WAIT_MINUTE: timedelta(minutes=1),
    Action.UNTIL_TOMORROW: timedelta(hours=6),
}
CLOSED = (Action.OUTSIDE_WINDOW, Action.QUOTA_USED)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way: `rows` of the outbox are in it, and of each so many `parts`."""

    openid: str
    means: str
    parts: dict[int, int]
    text: str = ""
    notice: dict[str, str] | None = None
    url: str = ""


@asynccontextmanager
async def pushing(client: Client | None) -> AsyncIterator[None]:
    """Send, for as long as the service runs; without a client everything is kept for the person's next message."""
    async with (
        repeating(partial(run_in_threadpool, _tidy), TIDY_EVERY_S, "tidying the outbox"),
        repeating(partial(push_due, client), INTERVAL_S, "sending to WeChat"),
    ):
        yield


async def push_due(client: Client | None) -> int:
    """Send to everybody whose time it is; returns how many messages went."""
    waiting = await run_in_threadpool(_waiting)
    gate = asyncio.Semaphore(AT_ONCE)

    async def push(person_id: int) -> int:
        async with gate:
            return await _push(client, person_id)

    return sum(await asyncio.gather(*(push(person_id) for person_id in waiting)))


async def _push(client: Client | None, person_id: int) -> int:
    """One message to one person. One that cannot be sent keeps nobody else waiting."""
    outgoing = await run_in_threadpool(_next, person_id, client is not None)
    if outgoing is None or client is None:
        return 0
    try:
        await _send(client, outgoing)
    except PlatformError as error:
        logger.warning("a WeChat message was not sent: %s", error)
        await run_in_threadpool(_failed, person_id, outgoing, error.action)
        return 0
    await run_in_threadpool(_succeeded, person_id, outgoing)
    return 1


async def _send(client: Client, outgoing: Outgoing) -> None:
    if outgoing.notice is None:
        await client.send_text(outgoing.openid, outgoing.text)
        return
    ways = {"template": client.send_template, "subscription": client.send_subscription}
    await ways[outgoing.means](outgoing.openid, outgoing.notice, outgoing.url)


def _waiting() -> list[int]:
    with reading() as session:
        return repository.waiting(session, wire_time(), BATCH)


def _next(person_id: int, can_send: bool) -> Outgoing | None:
    """What goes to a person now; it is marked as on its way. What cannot go is kept."""
    with transaction() as session:
        rows = [row for row in repository.unsent(session, person_id) if _is_due(row)]
        if not rows or repository.is_sending(session, person_id):
            return None
        person = session.get_one(Person, person_id)
        identity = reach.wechat(person)
        if identity is None:  # they have gone from there; the transcript has it
            for row in rows:
                row.state = OutboxState.DROPPED
            return None
        if can_send and reach.may_push(identity):
            identity.pushes_left -= 1
            return _message(person, identity.external_id, rows)
        if can_send and (means := reach.notice_means(identity, rows[0])) is not None:
            return _notice(session, person, identity.external_id, rows[0], means)
        outbox.keep(rows)
        return None


def _is_due(row: Outbox) -> bool:
    return row.state == OutboxState.WAITING and row.not_before <= wire_time()


def _message(person: Person, openid: str, rows: list[Outbox]) -> Outgoing | None:
    if person.conversation is None:
        return None
    filled = envelope.fill(envelope.pieces(rows, person, person.conversation))
    for row in filled.rows:
        outbox.begin(row)
    counts = {row.id: sum(piece.row is row for piece in filled.pieces) for row in filled.rows}
    return Outgoing(openid, CUSTOMER_SERVICE, counts, filled.text)


def _notice(session: Session, person: Person, openid: str, row: Outbox, means: str) -> Outgoing:
    outbox.begin(row)
    number, rung = repository.reminded(session, row)
    fields = notices.fields(number, knowledge().rungs[rung].name, clock.today())
    return Outgoing(
        openid, means, {row.id: 0}, notice=fields, url=rendering.door(person) if settings().public_url else ""
    )


def _succeeded(person_id: int, outgoing: Outgoing) -> None:
    with transaction() as session:
        person = session.get(Person, person_id)
        if person is None:
            return
        for row in repository.rows(session, outgoing.parts):
            row.parts_sent += outgoing.parts[row.id]
            if outgoing.notice is not None or not _left(row, person):
                outbox.sent(row, outgoing.means)
            else:
                outbox.again_at(row, wire_time() + outbox.AFTER_PASSIVE)
        identity = reach.wechat(person)
        if outgoing.means == "subscription" and identity is not None:
            identity.opt_ins -= 1


def _left(row: Outbox, person: Person) -> bool:
    return person.conversation is not None and bool(envelope.pieces([row], person, person.conversation))


def _failed(person_id: int, outgoing: Outgoing, action: Action) -> None:
    with transaction() as session:
        rows = repository.rows(session, outgoing.parts)
        person = session.get(Person, person_id)
        identity = reach.wechat(person) if person is not None else None
        if identity is not None and action in CLOSED:
            identity.pushes_left = 0
        if identity is not None and action is Action.NOT_SUBSCRIBED:
            identity.opt_ins = 0
        for row in rows:
            if action in AGAIN:
                outbox.again_at(row, wire_time() + AGAIN[action])
            elif action is Action.NOT_SUBSCRIBED:
                outbox.again_at(row, wire_time())
            elif action is Action.STOP_PERSON:
                row.state = OutboxState.DROPPED
            else:
                outbox.keep([row])


def _tidy() -> None:
    with transaction() as session:
        outbox.tidy(session)
        callbacks.forget_old(session)
