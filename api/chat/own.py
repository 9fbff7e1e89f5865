"""What belongs to the person who asks, and to nobody else."""

from sqlalchemy.orm import Session

from cases.errors import NotFound
from cases.evidence import repository as evidence
from cases.models import Attachment, Case, Conversation, Person


def conversation_of(session: Session, person: int) -> Conversation | None:
    """The person's conversation, if it has begun."""
    return session.get_one(Person, person).conversation


def case_of(session: Session, person: int) -> Case:
    """The case that the conversation is about. Raises `NotFound` if there is none yet."""
    conversation = conversation_of(session, person)
    if conversation is None or conversation.case is None:
        raise NotFound("还没有案子。")
    return conversation.case


def file_of(session: Session, person: int, public_id: str) -> Attachment:
    """A file that the person handed in. Raises `NotFound` for any other."""
    attachment = evidence.by_public_id(session, public_id)
    if attachment is None or attachment.person_id != person:
        raise NotFound("没有这个文件。")
    return attachment
