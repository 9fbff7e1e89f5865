"""Queries on messages and what they were said to mean."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cases.models import Author, Conversation, Message, NluCorrection

ANSWERS = ("choose", "evidence_given")
"""Intents of taps and files, which say nothing that could be learned from."""


def of_message(session: Session, message: Message) -> NluCorrection | None:
    """What the message was said to mean."""
    return session.scalar(select(NluCorrection).where(NluCorrection.message_id == message.id))


def last_answered(session: Session, conversation: Conversation) -> Message | None:
    """What the person had last said in words when the assistant last spoke."""
    spoke = select(func.max(Message.id)).where(
        Message.conversation_id == conversation.id, Message.author != Author.PERSON
    )
    said = select(Message).where(
        Message.conversation_id == conversation.id,
        Message.author == Author.PERSON,
        Message.intent.not_in(ANSWERS),
        Message.id < spoke.scalar_subquery(),
    )
    return session.scalars(said.order_by(Message.id.desc()).limit(1)).first()


def worth_learning(session: Session, unsure: float, since: datetime | None) -> Sequence[tuple[Message, str | None]]:
    """Messages with the intent a human gave, and those understood with a confidence below `unsure`, oldest first."""
    found = (
        select(Message, NluCorrection.intent)
        .outerjoin(NluCorrection, NluCorrection.message_id == Message.id)
        .where(
            Message.author == Author.PERSON,
            Message.intent.not_in(ANSWERS),
            or_(NluCorrection.intent.is_not(None), Message.confidence < unsure),
        )
        .order_by(Message.id)
    )
    if since is not None:
        found = found.where(Message.sent_at >= since)
    return [(message, intent) for message, intent in session.execute(found)]


def before_a_human(session: Session, since: datetime | None) -> Sequence[Message]:
    """The last words of persons before they asked for a human."""
    wanted = select(Conversation).where(Conversation.wants_human_at.is_not(None))
    if since is not None:
        wanted = wanted.where(Conversation.wants_human_at >= since)
    return [message for conversation in session.scalars(wanted) if (message := _last_before(session, conversation))]


def _last_before(session: Session, conversation: Conversation) -> Message | None:
    said = select(Message).where(
        Message.conversation_id == conversation.id,
        Message.author == Author.PERSON,
        Message.intent.not_in((*ANSWERS, "ask_human")),
        Message.sent_at <= conversation.wants_human_at,
    )
    return session.scalars(said.order_by(Message.id.desc()).limit(1)).first()
