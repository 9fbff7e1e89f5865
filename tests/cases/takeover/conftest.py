"""A person with a case who is asked for the amount, and those who work here."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.dialogue import Understood, answer
from cases.models import Conversation, Message, Person, Role, StaffSession, StaffUser
from cases.transcript import repository
from cases.transcript import service as transcript

Employ = Callable[..., StaffUser]
Lines = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def employ(session: Session) -> Employ:
    """Makes a member of staff; `is_there` says that they are signed in."""

    def employed(name: str = "小林", role: Role = Role.AGENT, *, is_there: bool = False) -> StaffUser:
        made = StaffUser(name=f"{name}.{role}", display_name=name, role=role, password_hash="", created_at=clock.now())
        session.add(made)
        session.flush()
        if is_there:
            now = clock.now()
            here = StaffSession(staff=made, token_hash=name, created_at=now, seen_at=now, verified_at=now)
            here.agent = here.address = ""
            session.add(here)
            session.flush()
        return made

    return employed


@pytest.fixture
def agent(employ: Employ) -> StaffUser:
    """Somebody who takes over."""
    return employ()


@pytest.fixture
def conversation(session: Session, person: Person) -> Conversation:
    """A talk in which the platform was told and the amount is asked for."""
    told = Understood("极速卡盟充的话费没到", "not_delivered", facts={"platform": "极速卡盟"})
    answer(session, person, "facts", told)
    talk = transcript.conversation_of(session, person)
    transcript.record_person(session, talk, channel="web", text=told.text, intent=told.intent, confidence=0.9)
    session.flush()
    assert talk.asked == "fact.amount"
    return talk


@pytest.fixture
def lines(session: Session, conversation: Conversation) -> Lines:
    """(author, text) of everything since the talk began."""

    def said() -> list[tuple[str, str]]:
        session.flush()
        messages: list[Message] = repository.messages(session, conversation, 100)
        return [(message.author, message.text) for message in messages][1:]

    return said
