"""A person with a case about which something was handed in, and a member of staff."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.case.facts import FactValue
from cases.evidence import service as evidence
from cases.evidence.files import StoredFile
from cases.models import Attachment, Case, Conversation, Message, Person, Role, StaffUser
from cases.transcript import repository
from cases.transcript import service as transcript

Lines = Callable[[], list[tuple[str, str]]]
Sends = Callable[..., Attachment]


@pytest.fixture
def staff(session: Session) -> StaffUser:
    """Somebody who works here."""
    made = StaffUser(name="lin", display_name="小林", role=Role.AGENT, password_hash="", created_at=clock.now())
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def conversation(session: Session, person: Person, case: Case) -> Conversation:
    """A talk about a case of which everything is known but the evidence."""
    cases_.set_kind(session, case, "not_delivered")
    facts: dict[str, FactValue] = {"amount": 20_000, "platform": "极速卡盟", "paid_at": date(2026, 11, 18)}
    facts |= {"pay_channel": "wechat", "pay_method": "order", "order_no": "20261118001", "product": "话费"}
    cases_.set_facts(session, case, facts)
    talk = transcript.conversation_of(session, person)
    talk.case = case
    session.flush()
    return talk


@pytest.fixture
def sends(session: Session, person: Person) -> Sends:
    """Lets the person send a picture, or something else."""

    def sent(media_type: str = "image/png", sha256: str = "a" * 64) -> Attachment:
        stored = StoredFile(sha256, media_type, 100, 60, 40, None, None)
        return evidence.receive_file(session, person, stored, name="a.png", source="web")

    return sent


@pytest.fixture
def lines(session: Session, conversation: Conversation) -> Lines:
    """(author, text) of everything that was said."""

    def said() -> list[tuple[str, str]]:
        session.flush()
        messages: list[Message] = repository.messages(session, conversation, 100)
        return [(message.author, message.text) for message in messages]

    return said


@pytest.fixture
def hears(session: Session, conversation: Conversation) -> Callable[..., Message]:
    """Lets the person say something."""

    def heard(text: str, intent: str | None = "give_facts", confidence: float | None = 0.9) -> Message:
        said = transcript.record_person(
            session, conversation, channel="web", text=text, intent=intent, confidence=confidence
        )
        session.flush()
        return said

    return heard
