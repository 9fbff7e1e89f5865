"""A desk: somebody who works here, and people who have said something."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.desk import search
from cases.models import Author, Case, Conversation, Message, Role, StaffUser
from cases.people import service as people
from cases.transcript import service as transcript

Talk = Callable[..., Conversation]


@pytest.fixture
def colleague(session: Session) -> Callable[[str], StaffUser]:
    """Makes a member of staff."""

    def made(name: str) -> StaffUser:
        staff = StaffUser(name=name, display_name=name, role=Role.AGENT, password_hash="", created_at=clock.now())
        session.add(staff)
        session.flush()
        return staff

    return made


@pytest.fixture
def staff(colleague: Callable[[str], StaffUser]) -> StaffUser:
    """Who looks at the desk."""
    return colleague("lin")


@pytest.fixture
def say(session: Session) -> Callable[..., Message]:
    """Writes a line into a conversation."""

    def said(talk: Conversation, text: str, author: Author = Author.PERSON) -> Message:
        line = Message(
            conversation_id=talk.id, channel="web", author=author, text=text, sent_at=talk.last_at or clock.now()
        )
        session.add(line)
        session.flush()
        search.index(session, line)
        return line

    return said


@pytest.fixture
def talk(session: Session, say: Callable[..., Message]) -> Talk:
    """Makes a conversation; of two, the one made later is the newer one.

    It has a case if facts of one are given. Columns of the conversation are `of_talk`.
    """
    numbers = count(1)

    def made(text: str = "充了没到账", case: dict[str, Any] | None = None, **of_talk: Any) -> Conversation:
        number = next(numbers)
        person = people.by_channel(session, "test", str(number))
        conversation = transcript.conversation_of(session, person)
        conversation.last_at = minutes_ago(1_000 - number)
        conversation.last_channel = "web"
        if case is not None:
            conversation.case = opened(session, conversation, case)
        for name, value in of_talk.items():
            setattr(conversation, name, value)
        session.flush()
        if text:
            say(conversation, text)
        return conversation

    return made


def opened(session: Session, conversation: Conversation, facts: dict[str, Any]) -> Case:
    """A case of the person, with these facts."""
    case = cases_.open_case(session, conversation.person)
    for name, value in facts.items():
        setattr(case, name, value)
    session.flush()
    return case


def minutes_ago(minutes: int) -> datetime:
    """A moment."""
    return clock.now() - timedelta(minutes=minutes)
