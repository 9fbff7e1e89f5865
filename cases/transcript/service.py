"""Keeping the conversation: its state, its transcript, and its inbox."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases import clock
from cases.desk import search
from cases.models import Author, Callback, Conversation, Inbox, Message, Person, Reminder, StaffUser
from cases.outbox import service as outbox
from cases.transcript import repository

# Less than this says that the assistant hardly understood.
DOUBT = 0.4


def conversation_of(session: Session, person: Person) -> Conversation:
    """The person's conversation; it begins when first asked for."""
    if person.conversation is None:
        person.conversation = Conversation(created_at=clock.now())
        session.flush()
    return person.conversation


def order(session: Session, person: Person) -> None:
    """Let nobody else act for this person until the transaction ends, in any process.

    SQLite has one writer, so there the transaction itself is the order.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(person.id)))


def answer_given(session: Session, channel: str, message_key: str) -> list[Any] | None:
    """The answer that a message got when it came in before; `None` if it is new."""
    seen = repository.received(session, channel, message_key)
    return None if seen is None else list(seen.answer)


def remember(
    session: Session, person: Person, channel: str, message_key: str, answer: Sequence[Mapping[str, Any]]
) -> None:
    """Note that a message of a person came in, and its answer."""
    row = Inbox(channel=channel, message_key=message_key, received_at=clock.now(), answer=list(answer))
    row.person_id = person.id
    session.add(row)


def record_person(
    session: Session,
    conversation: Conversation,
    *,
    channel: str,
    text: str,
    intent: str | None,
    confidence: float | None,
    facts: Sequence[Mapping[str, Any]] = (),
) -> Message:
    """Write down what the person said, and what was understood of it."""
    said = _message(session, conversation, channel, Author.PERSON, text)
    said.intent, said.confidence, said.facts = intent, confidence, list(facts)
    if confidence is not None and confidence < DOUBT:
        conversation.doubted_at = said.sent_at
    return said


def record_bot(
    session: Session,
    conversation: Conversation,
    *,
    channel: str,
    messages: Sequence[Mapping[str, Any]],
    latency_ms: int,
    answers: Callback | None = None,
    reminder: Reminder | None = None,
) -> None:
    """Write down what the assistant said. `messages` have `text` and perhaps `buttons`.

    It `answers` what a channel has told us, or is a `reminder`, if that matters to how it leaves.
    """
    for message in messages:
        said = _message(session, conversation, channel, Author.BOT, message["text"])
        said.buttons = list(message.get("buttons", []))
        said.latency_ms = latency_ms
        outbox.post(session, conversation, said, answers=answers, reminder=reminder)


def record_staff(session: Session, conversation: Conversation, staff: StaffUser, text: str) -> Message:
    """Write down what a human of ours said; it goes where the person was last."""
    channel = repository.last_channel(session, conversation)
    said = _message(session, conversation, channel, Author.STAFF, text)
    said.staff = staff
    outbox.post(session, conversation, said)
    return said


def _message(session: Session, conversation: Conversation, channel: str, author: Author, text: str) -> Message:
    said = Message(
        conversation_id=conversation.id,
        case_id=conversation.case_id,
        channel=channel,
        author=author,
        text=text,
        buttons=[],
        facts=[],
        sent_at=clock.now(),
    )
    session.add(said)
    conversation.last_at, conversation.last_channel = said.sent_at, channel
    search.index(session, said)
    return said
