"""Somebody about whom something stands in every table."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.documents import service as documents
from cases.evidence import service as evidence
from cases.evidence.files import StoredFile, path_of, write_once
from cases.knowledge import knowledge
from cases.models import Case, Message, NluCorrection, Person, Reminder, Teacher
from cases.people import service as people
from cases.steps import service as steps
from cases.transcript import service as transcript

Tell = Callable[..., Person]


@pytest.fixture
def tell(session: Session) -> Tell:
    """Makes a person with a whole story; `sha256` is that of the file they hand in."""

    def make(sha256: str = "ab" * 32, said: str = "我在极速卡盟充的话费没到账") -> Person:
        identity, _ = people.start_web_session(session)
        session.flush()
        _talk(session, identity.person, said)
        _case(session, identity.person, sha256)
        session.flush()
        return identity.person

    return make


def _talk(session: Session, person: Person, said: str) -> None:
    conversation = transcript.conversation_of(session, person)
    line = transcript.record_person(
        session, conversation, channel="web", text=said, intent="not_delivered", confidence=0.9
    )
    answer = [{"text": "一共付了多少钱？", "buttons": []}]
    transcript.record_bot(session, conversation, channel="web", messages=answer, latency_ms=30)
    transcript.remember(session, person, "web", f"{person.id}:12345678", answer)
    session.flush()
    _correct(session, line)


def _correct(session: Session, line: Message) -> None:
    correction = NluCorrection(intent="not_delivered", teacher=Teacher.STAFF, made_at=clock.now(), message=line)
    session.add(correction)


def _case(session: Session, person: Person, sha256: str) -> None:
    case = cases_.open_case(session, person)
    transcript.conversation_of(session, person).case = case
    cases_.set_kind(session, case, "not_delivered", "ci_used")
    cases_.set_facts(session, case, {"amount": 20_000, "paid_at": date(2026, 11, 18), "pay_channel": "wechat"})
    _evidence(session, person, case, sha256)
    rung = knowledge().rungs["L2_demand"]
    step = steps.propose(session, case, rung)
    steps.submit(session, case, step, knowledge())
    documents.letter(session, case, rung, knowledge())
    session.flush()
    session.add(Reminder(case_id=case.id, step_id=step.id, kind="test", send_at=clock.now()))


def _evidence(session: Session, person: Person, case: Case, sha256: str) -> None:
    write_once(path_of(sha256), b"a picture")
    stored = StoredFile(sha256=sha256, media_type="image/png", size=9)
    file = evidence.receive_file(session, person, stored, name="订单.png", source="web")
    evidence.provide(session, case, "ev_order", attachments=[file])
