"""People who said something on some day, and their cases."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.models import Author, Case, Conversation, Message, Role, StaffUser
from cases.people import service as people
from cases.transcript import service as transcript

Talk = Callable[..., Conversation]
Say = Callable[..., Message]


@pytest.fixture
def staff(session: Session) -> StaffUser:
    """Somebody who works here."""
    made = StaffUser(name="lin", display_name="小林", role=Role.AGENT, password_hash="", created_at=clock.now())
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def say(session: Session, staff: StaffUser) -> Say:
    """Writes a line into a conversation, at a moment."""

    def said(talk: Conversation, text: str, at: datetime, author: Author = Author.PERSON, **of_line: Any) -> Message:
        line = Message(conversation_id=talk.id, channel="web", author=author, text=text, sent_at=at, **of_line)
        line.staff = staff if author == Author.STAFF else None
        session.add(line)
        session.flush()
        talk.last_at = at
        return line

    return said


@pytest.fixture
def talk(session: Session, say: Say) -> Talk:
    """Makes a conversation that began some days ago with `text`; with a case if facts of one are given."""
    numbers = count(1)

    def made(
        days: float = 0, text: str = "充了没到账", case: dict[str, Any] | None = None, **of_talk: Any
    ) -> Conversation:
        person = people.by_channel(session, "test", str(next(numbers)))
        found = transcript.conversation_of(session, person)
        found.created_at = found.last_at = days_ago(days)
        if case is not None:
            found.case = cases_.open_case(session, person)
            for name, value in {"opened_at": days_ago(days), **case}.items():
                setattr(found.case, name, value)
        for name, value in of_talk.items():
            setattr(found, name, value)
        session.flush()
        if text:
            say(found, text, days_ago(days))
        return found

    return made


@pytest.fixture
def case_of(talk: Talk) -> Callable[..., Case]:
    """Makes a case that was opened some days ago."""

    def made(days: float = 0, **facts: Any) -> Case:
        found = talk(days, case=facts).case
        assert found is not None
        return found

    return made


def days_ago(days: float) -> datetime:
    """A moment."""
    return clock.now() - timedelta(days=days)
