"""What was said to people on a channel where they may have stopped waiting: how it leaves, once and in order."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases.clock import wire_time
from cases.models import Callback, Conversation, Message, Outbox, OutboxState, Reminder
from cases.outbox import repository

# Channels that deliver a message and then hang up.
LEAVING = ("wechat",)
# As long as the channel waits, what was said may be the answer to its delivery.
PASSIVE = timedelta(seconds=5)
# The answer goes first, its other parts right after it.
AFTER_PASSIVE = timedelta(milliseconds=500)
STUCK_AFTER = timedelta(seconds=60)
MAX_ATTEMPTS = 5


def post(
    session: Session,
    conversation: Conversation,
    message: Message,
    *,
    answers: Callback | None = None,
    reminder: Reminder | None = None,
) -> None:
    """Put a message of the transcript into the outbox, if its channel needs that."""
    if message.channel not in LEAVING:
        return
    now = wire_time()
    row = Outbox(person_id=conversation.person_id, message=message, state=OutboxState.WAITING, made_at=now)
    row.parts_sent = row.attempts = 0
    row.not_before = now if answers is None else answers.received_at + PASSIVE
    row.callback_id = answers.id if answers is not None else None
    row.reminder_id = reminder.id if reminder is not None else None
    session.add(row)


def sent(row: Outbox, means: str) -> None:
    """It is with the person."""
    row.state, row.means, row.sent_at = OutboxState.SENT, means, wire_time()


def keep(rows: Sequence[Outbox]) -> None:
    """It cannot be pushed: it goes with the person's next message."""
    for row in rows:
        row.state = OutboxState.KEPT


def begin(row: Outbox) -> None:
    """It is on its way."""
    row.state, row.not_before = OutboxState.SENDING, wire_time()
    row.attempts += 1


def again_at(row: Outbox, moment: datetime) -> None:
    """It did not leave: try again then, or keep it after too many times."""
    row.state, row.not_before = OutboxState.WAITING, moment
    if row.attempts >= MAX_ATTEMPTS:
        row.state = OutboxState.KEPT


def tidy(session: Session) -> None:
    """Keep what got stuck on its way, and let go of what nobody asks for any more."""
    repository.keep_stuck(session, wire_time() - STUCK_AFTER)
    repository.forget_callbacks(session, wire_time() - timedelta(days=1))
