"""The answer within WeChat's own request: whatever the person has not got yet goes with it."""

import time
from collections.abc import Sequence

from sqlalchemy.orm import Session

from api.wechat import envelope
from cases.callbacks import repository as callbacks
from cases.callbacks.service import fingerprint
from cases.clock import wire_time
from cases.database import transaction
from cases.knowledge import knowledge
from cases.models import Callback, Outbox, Person
from cases.outbox import reach, repository
from cases.outbox import service as outbox

MEANS = "passive"


class TooLate(Exception):
    """The platform has stopped waiting."""


def claim(key: str, until: float) -> str | None:
    """What to answer to a callback that is done; the same again when it comes again.

    Raises `TooLate`, and takes nothing, when the moment `until` (`time.monotonic`) has passed.
    """
    with transaction() as session:
        callback = callbacks.locked(session, fingerprint(key))
        if callback is None or callback.person_id is None or callback.done_at is None:
            return None
        if callback.reply is None:
            callback.reply = _taken(session, callback)
        if time.monotonic() > until:
            raise TooLate
        return callback.reply


def _taken(session: Session, callback: Callback) -> str | None:
    person = session.get_one(Person, callback.person_id)
    rows = _up_to_its_own(repository.unsent(session, person.id), callback)
    if not rows or person.conversation is None:
        return None
    left = envelope.pieces(rows, person, person.conversation)
    filled = envelope.fill(left)
    open_rows = envelope.settle(left, filled, MEANS)
    text = _introduced(filled.text, rows[0], callback)
    return text + _postponed(person, open_rows)


def _up_to_its_own(rows: list[Outbox], callback: Callback) -> list[Outbox]:
    """What was said later belongs to another delivery, which is waiting for it."""
    own = [row.id for row in rows if row.callback_id == callback.id]
    return [row for row in rows if row.id <= max(own)] if own else rows


def _introduced(text: str, first: Outbox, callback: Callback) -> str:
    is_late = first.callback_id not in (None, callback.id) and first.parts_sent <= 1
    return f"{knowledge().wording['wechat_kept']}\n{text}" if is_late else text


def _postponed(person: Person, rows: Sequence[Outbox]) -> str:
    """What did not fit follows at once where the account may do that, else when the person asks for it."""
    if not rows:
        return ""
    identity = reach.wechat(person)
    if identity is not None and reach.may_push(identity):
        for row in rows:
            outbox.again_at(row, wire_time() + outbox.AFTER_PASSIVE)
        return ""
    outbox.keep(rows)
    return f"\n\n{knowledge().wording['wechat_more']}"
