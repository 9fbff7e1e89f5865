"""Queries on persons and their identities."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from cases.models import (
    Attachment,
    Base,
    Callback,
    Case,
    CaseEvent,
    ChannelIdentity,
    Conversation,
    Document,
    EvidenceItem,
    Inbox,
    Label,
    LinkCode,
    Message,
    NluCorrection,
    Note,
    Outbox,
    OutboxState,
    Person,
    Reminder,
    Seen,
    Step,
)


def identity(session: Session, channel: str, external_id: str) -> ChannelIdentity | None:
    """The identity under which `channel` knows somebody."""
    return session.scalar(
        select(ChannelIdentity).where(ChannelIdentity.channel == channel, ChannelIdentity.external_id == external_id)
    )


def by_public_id(session: Session, public_id: str) -> Person | None:
    """The person with this public id."""
    return session.scalar(select(Person).where(Person.public_id == public_id))


def attachments(session: Session, person: Person) -> list[Attachment]:
    """Every file the person handed in, oldest first."""
    return list(session.scalars(select(Attachment).where(Attachment.person_id == person.id).order_by(Attachment.id)))


def all_cases(session: Session, person: Person) -> list[Case]:
    """Every case of the person, the closed ones too, oldest first."""
    return list(session.scalars(select(Case).where(Case.person_id == person.id).order_by(Case.id)))


def reminders(session: Session, case: Case) -> list[Reminder]:
    """What the assistant has promised or sent about a case, in the order of its time."""
    return list(session.scalars(select(Reminder).where(Reminder.case_id == case.id).order_by(Reminder.send_at)))


def corrections(session: Session, message_ids: Iterable[int]) -> list[NluCorrection]:
    """What humans said these messages mean."""
    return list(session.scalars(select(NluCorrection).where(NluCorrection.message_id.in_(message_ids))))


def messages(session: Session, person: Person) -> list[Message]:
    """All that was said with the person, oldest first."""
    own = select(Message).join(Conversation).where(Conversation.person_id == person.id)
    return list(session.scalars(own.order_by(Message.id)))


def erase(session: Session, person: Person) -> None:
    """Delete every row about a person, from the leaves to the root. What we did about them stays in the audit."""
    cases = select(Case.id).where(Case.person_id == person.id)
    said = select(Message.id).join(Conversation).where(Conversation.person_id == person.id)
    talks = select(Conversation.id).where(Conversation.person_id == person.id)
    rows: tuple[tuple[type[Base], ColumnElement[bool]], ...] = (
        (NluCorrection, NluCorrection.message_id.in_(said)),
        (Outbox, Outbox.person_id == person.id),
        (LinkCode, LinkCode.person_id == person.id),
        (Note, Note.conversation_id.in_(talks)),
        (Label, Label.conversation_id.in_(talks)),
        (Seen, Seen.conversation_id.in_(talks)),
        (Callback, Callback.person_id == person.id),
        (Attachment, Attachment.person_id == person.id),
        (Reminder, Reminder.case_id.in_(cases)),
        (Document, Document.case_id.in_(cases)),
        (Step, Step.case_id.in_(cases)),
        (EvidenceItem, EvidenceItem.case_id.in_(cases)),
        (CaseEvent, CaseEvent.case_id.in_(cases)),
        (Message, Message.conversation_id.in_(talks)),
        (Inbox, Inbox.person_id == person.id),
        (Conversation, Conversation.person_id == person.id),
        (Case, Case.person_id == person.id),
        (ChannelIdentity, ChannelIdentity.person_id == person.id),
        (Person, Person.id == person.id),
    )
    for table, about_them in rows:
        session.execute(delete(table).where(about_them), execution_options={"synchronize_session": False})
    session.expire_all()


def forget_identities(session: Session, person: Person, channel: str) -> None:
    """Delete how a channel knows a person, and what was still to be sent to them there."""
    unsent = delete(Outbox).where(Outbox.person_id == person.id, Outbox.state != OutboxState.SENT)
    known = delete(ChannelIdentity).where(ChannelIdentity.person_id == person.id, ChannelIdentity.channel == channel)
    for forget in (unsent, known):
        session.execute(forget, execution_options={"synchronize_session": False})
    session.expire_all()
