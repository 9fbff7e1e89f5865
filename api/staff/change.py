"""What a member of staff does with a conversation: one transaction, written down in the audit, told to who listens."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from api.dependencies import NotifierDep
from api.staff import forms
from api.staff.access import StaffDep
from cases.audit import service as audit
from cases.database import transaction
from cases.errors import NotFound
from cases.models import Conversation, StaffUser
from cases.review import repository


@dataclass(frozen=True)
class Work:
    """What is being worked on, and by whom."""

    session: Session
    conversation: Conversation
    staff: StaffUser


class Change:
    """A change of the conversation that the path names, by who asks."""

    def __init__(self, public_id: str, staff: StaffDep, notifier: NotifierDep) -> None:
        self._public_id = public_id
        self._staff = staff
        self._notifier = notifier

    @contextmanager
    def of(self, action: str, **data: Any) -> Iterator[Work]:
        """Do it within this block. `data` goes into the audit and holds nothing personal."""
        with transaction() as session:
            conversation = conversation_of(session, self._public_id)
            audit.note(session, self._staff.id, action, subject(conversation), **data)
            person_id = conversation.person_id
            yield Work(session, conversation, session.get_one(StaffUser, self._staff.id))
        self._notifier.notify(person_id)

    def done(self, what: str) -> RedirectResponse:
        """Back to the conversation, which says `what` was done."""
        return forms.to(f"/staff/c/{self._public_id}", done=what)


ChangeDep = Annotated[Change, Depends()]


def conversation_of(session: Session, public_id: str) -> Conversation:
    """The conversation of the person with this public id. Raises `NotFound` if there is none (any more)."""
    found = repository.conversation(session, public_id) if public_id.isalnum() else None
    if found is None:
        raise NotFound("没有这个会话，或者已经清除了。")
    return found


def subject(conversation: Conversation) -> str:
    """How the audit names a conversation."""
    return f"conversation:{conversation.person.public_id}"
