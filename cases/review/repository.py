"""Queries on what staff have noted, marked and corrected, and on whom they may hand a conversation to."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from cases.corrections.repository import ANSWERS
from cases.models import (
    Attachment,
    Audit,
    Author,
    Conversation,
    Label,
    Message,
    NluCorrection,
    Note,
    Person,
    StaffUser,
    Teacher,
)


def conversation(session: Session, public_id: str) -> Conversation | None:
    """The conversation of the person with this public id."""
    return session.scalar(select(Conversation).join(Person).where(Person.public_id == public_id))


def notes(session: Session, conversation: Conversation) -> list[Note]:
    """What staff wrote for each other, oldest first."""
    own = select(Note).where(Note.conversation_id == conversation.id).options(joinedload(Note.staff))
    return list(session.scalars(own.order_by(Note.id)))


def labels(session: Session, conversation: Conversation) -> list[Label]:
    """The labels of a conversation, in the order they were added."""
    return list(session.scalars(select(Label).where(Label.conversation_id == conversation.id).order_by(Label.id)))


def labels_in_use(session: Session, limit: int) -> list[str]:
    """The labels that are used most, to be offered."""
    counted = select(Label.name).group_by(Label.name).order_by(func.count().desc(), Label.name)
    return list(session.scalars(counted.limit(limit)))


def files(session: Session, person: Person) -> list[Attachment]:
    """Every file of a person, oldest first."""
    return list(session.scalars(select(Attachment).where(Attachment.person_id == person.id).order_by(Attachment.id)))


def colleagues(session: Session) -> list[StaffUser]:
    """Who works here, by name."""
    return list(session.scalars(select(StaffUser).where(StaffUser.disabled_at.is_(None)).order_by(StaffUser.name)))


def was_noted(session: Session, staff_id: int, action: str, subject: str, since: datetime) -> bool:
    """Whether the audit says since then that somebody did this."""
    noted = select(Audit.id).where(Audit.subject == subject, Audit.staff_id == staff_id)
    return session.scalar(noted.where(Audit.action == action, Audit.at >= since).limit(1)) is not None


def messages(session: Session, conversation: Conversation, limit: int, before: int | None = None) -> list[Message]:
    """The last `limit` messages, or the last before the message `before`, oldest first."""
    said = select(Message).where(Message.conversation_id == conversation.id).options(joinedload(Message.staff))
    if before is not None:
        said = said.where(Message.id < before)
    return list(session.scalars(said.order_by(Message.id.desc()).limit(limit)))[::-1]


def message(session: Session, conversation: Conversation, message_id: int) -> Message | None:
    """A line of this conversation and no other."""
    own = select(Message).where(Message.id == message_id, Message.conversation_id == conversation.id)
    return session.scalar(own)


def corrections_of(session: Session, message_ids: Iterable[int]) -> dict[int, NluCorrection]:
    """What humans said these messages mean, by message."""
    found = session.scalars(select(NluCorrection).where(NluCorrection.message_id.in_(list(message_ids))))
    return {correction.message_id: correction for correction in found}


def said_lately(session: Session, limit: int) -> list[tuple[int, str]]:
    """(id, text) of what persons said last in words, the newest first."""
    said = select(Message.id, Message.text).where(Message.author == Author.PERSON, Message.intent.not_in(ANSWERS))
    return list(session.execute(said.order_by(Message.id.desc()).limit(limit)).tuples())


def said(session: Session, message_ids: Iterable[int]) -> dict[int, tuple[Message, str]]:
    """These messages with the public ids of who said them, by their own ids."""
    found = (
        select(Message, Person.public_id)
        .join(Conversation, Message.conversation_id == Conversation.id)
        .join(Person, Conversation.person_id == Person.id)
        .where(Message.id.in_(list(message_ids)))
    )
    return {message.id: (message, public_id) for message, public_id in session.execute(found)}


def corrections(session: Session, limit: int) -> list[tuple[NluCorrection, str]]:
    """What humans said last that messages mean, the newest first, with the public ids of who said these."""
    made = (
        select(NluCorrection, Person.public_id)
        .join(NluCorrection.message)
        .join(Conversation, Message.conversation_id == Conversation.id)
        .join(Person, Conversation.person_id == Person.id)
        .options(contains_eager(NluCorrection.message))
    )
    rows = session.execute(made.order_by(NluCorrection.made_at.desc(), NluCorrection.id.desc()).limit(limit))
    return [(correction, public_id) for correction, public_id in rows]


def correction_counts(session: Session) -> dict[str, int]:
    """How many messages each kind of teacher has judged."""
    counted = session.execute(select(NluCorrection.teacher, func.count()).group_by(NluCorrection.teacher)).tuples()
    return {**dict.fromkeys(Teacher, 0), **dict(counted.all())}


def doubtful(session: Session, below: float, limit: int) -> list[tuple[Message, str]]:
    """What persons said last that was hardly understood and nobody has judged, with their public ids."""
    judged = exists().where(NluCorrection.message_id == Message.id)
    said = (
        select(Message, Person.public_id)
        .join(Conversation, Message.conversation_id == Conversation.id)
        .join(Person, Conversation.person_id == Person.id)
        .where(Message.author == Author.PERSON, Message.confidence < below, ~judged)
        .where(Message.intent.not_in(ANSWERS))
    )
    rows = session.execute(said.order_by(Message.id.desc()).limit(limit))
    return [(found, public_id) for found, public_id in rows]
