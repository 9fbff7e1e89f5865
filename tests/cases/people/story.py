"""Somebody about whom something stands in every table."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.documents import service as documents
from cases.evidence import service as evidence
from cases.evidence.files import StoredFile, path_of, write_once
from cases.joining import service as joining
from cases.knowledge import knowledge
from cases.models import (
    Audit,
    Callback,
    Case,
    Conversation,
    Label,
    Message,
    NluCorrection,
    Note,
    Outbox,
    Person,
    Reminder,
    Role,
    Seen,
    StaffUser,
    Teacher,
)
from cases.people import service as people
from cases.steps import service as steps
from cases.transcript import service as transcript

SAID = "我在极速卡盟充的话费没到账"
ANSWER = [{"text": "一共付了多少钱？", "buttons": []}]


def tell(session: Session, sha256: str = "ab" * 32, said: str = SAID) -> Person:
    """A person on the web with a whole story; `sha256` is that of the file they hand in."""
    identity, _ = people.start_web_session(session)
    session.flush()
    person = identity.person
    line = _talk(session, person, said)
    reminder = _case(session, person, sha256)
    _leave_by(session, person, line, reminder)
    _look_after(session, transcript.conversation_of(session, person), line)
    joining.offer(session, person)
    session.flush()
    return person


def staff_of(session: Session) -> StaffUser:
    """The one who works here."""
    found = session.query(StaffUser).one_or_none()
    if found is None:
        found = StaffUser(name="li", display_name="小李", role=Role.AGENT, password_hash="", created_at=clock.now())
        session.add(found)
        session.flush()
    return found


def _talk(session: Session, person: Person, said: str) -> Message:
    conversation = transcript.conversation_of(session, person)
    line = transcript.record_person(
        session, conversation, channel="web", text=said, intent="not_delivered", confidence=0.9
    )
    transcript.record_bot(session, conversation, channel="web", messages=ANSWER, latency_ms=30)
    transcript.remember(session, person, "web", f"{person.id}:12345678", ANSWER)
    session.add(NluCorrection(intent="not_delivered", teacher=Teacher.STAFF, made_at=clock.now(), message=line))
    session.flush()
    return line


def _case(session: Session, person: Person, sha256: str) -> Reminder:
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
    reminder = Reminder(case_id=case.id, step_id=step.id, kind="test", send_at=clock.now())
    session.add(reminder)
    session.flush()
    return reminder


def _evidence(session: Session, person: Person, case: Case, sha256: str) -> None:
    write_once(path_of(sha256), b"a picture")
    stored = StoredFile(sha256=sha256, media_type="image/png", size=9)
    file = evidence.receive_file(session, person, stored, name="订单.png", source="web")
    evidence.provide(session, case, "ev_order", attachments=[file])


def _leave_by(session: Session, person: Person, line: Message, reminder: Reminder) -> None:
    """What came by a channel that delivers twice, and what is to leave by it."""
    callback = Callback(key_hash=f"{person.id:064x}", person_id=person.id, received_at=clock.now())
    session.add(callback)
    session.flush()
    row = Outbox(person_id=person.id, message_id=line.id, reminder_id=reminder.id, callback_id=callback.id)
    row.made_at = row.not_before = clock.now() - timedelta(minutes=1)
    session.add(row)


def _look_after(session: Session, conversation: Conversation, line: Message) -> None:
    """What staff write and mark, and that they did."""
    staff, now = staff_of(session), clock.now()
    conversation.assignee = staff
    session.add_all(
        [
            Note(conversation_id=conversation.id, staff_id=staff.id, text="打过电话", at=now),
            Label(conversation_id=conversation.id, name="话费"),
            Seen(conversation_id=conversation.id, staff_id=staff.id, message_id=line.id),
            Audit(at=now, staff_id=staff.id, action="read", subject=conversation.person.public_id),
        ]
    )
