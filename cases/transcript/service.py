"""Keeping the conversation: its state, its transcript, and its inbox."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases import clock
from cases.models import Author, Conversation, Inbox, Message, Person
from cases.transcript import repository


def conversation_of(session: Session, person: Person) -> Conversation:
    """The person's conversation; it begins when first asked for."""
    found = repository.conversation_of(session, person)
    if found is None:
        found = Conversation(person=person, created_at=clock.now())
        session.add(found)
        session.flush()
    return found


def order(session: Session, person: Person) -> None:
    """Let nobody else act for this person until the transaction ends, in any process.

    SQLite has one writer, so there the transaction itself is the order.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(person.id)))


def receive(session: Session, channel: str, message_key: str) -> tuple[Inbox, bool]:
    """The inbox row for a message, and whether it had come in before."""
    seen = repository.received(session, channel, message_key)
    if seen is not None:
        return seen, True
    row = Inbox(channel=channel, message_key=message_key, received_at=clock.now())
    session.add(row)
    return row, False


def record_person(
    session: Session,
    conversation: Conversation,
    *,
    channel: str,
    text: str,
    intent: str | None,
    confidence: float | None,
) -> Message:
    """Write down what the person said."""
    said = _message(conversation, channel, Author.PERSON, text)
    said.intent, said.confidence = intent, confidence
    session.add(said)
    session.flush()
    return said


def record_bot(
    session: Session,
    conversation: Conversation,
    *,
    channel: str,
    messages: Sequence[Mapping[str, Any]],
    latency_ms: int,
) -> None:
    """Write down what the assistant answered. `messages` have `text` and perhaps `buttons`."""
    for message in messages:
        said = _message(conversation, channel, Author.BOT, message["text"])
        said.buttons = list(message.get("buttons", []))
        said.latency_ms = latency_ms
        session.add(said)


def _message(conversation: Conversation, channel: str, author: Author, text: str) -> Message:
    return Message(
        conversation_id=conversation.id,
        case_id=conversation.case_id,
        channel=channel,
        author=author,
        text=text,
        sent_at=clock.now(),
    )
