"""Facts put right by staff, by the same rules as the person's."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository as cases_
from cases.case import service as case_service
from cases.errors import BadInput, NotFound
from cases.knowledge import knowledge
from cases.models import Case, Conversation, StaffUser
from cases.review import facts
from cases.steps import service as steps

Lines = Callable[[], list[tuple[str, str]]]


def test_the_person_is_told_what_was_changed(
    session: Session, conversation: Conversation, case: Case, staff: StaffUser, lines: Lines
) -> None:
    facts.edit(session, conversation, "amount", "49.90", staff)
    assert case.amount == 4_990
    assert lines() == [("bot", "客服小林帮你改了案子里的：付款金额 49.90 元。")]
    event = cases_.events(session, case)[-1]
    assert (event.name, event.actor, event.data["before"]) == ("fact_set", "staff", 20_000)


def test_while_a_human_speaks_it_is_done_in_silence(
    session: Session, conversation: Conversation, case: Case, staff: StaffUser, lines: Lines
) -> None:
    conversation.taken_by = staff
    facts.edit(session, conversation, "platform", "飞速卡盟", staff)
    assert case.platform == "飞速卡盟"
    assert lines() == []


def test_the_same_value_changes_nothing(
    session: Session, conversation: Conversation, staff: StaffUser, lines: Lines
) -> None:
    facts.edit(session, conversation, "amount", "200.00", staff)
    assert lines() == []


def test_a_question_that_is_answered_by_it_gives_way_to_the_next(
    session: Session, conversation: Conversation, case: Case, staff: StaffUser, lines: Lines
) -> None:
    case.amount = None
    conversation.asked = "fact.amount"
    facts.edit(session, conversation, "amount", "200", staff)
    assert len(lines()) == 2
    assert (conversation.asked or "").startswith("evidence.")


@pytest.mark.parametrize(
    ("kind", "field"), [("merchant_gone", "dispute_kind"), ("refund_delayed", "track")], ids=["a kind", "a track"]
)
def test_the_dispute_is_a_fact_too(
    session: Session, conversation: Conversation, case: Case, staff: StaffUser, kind: str, field: str
) -> None:
    facts.edit(session, conversation, "dispute_kind", kind, staff)
    assert getattr(case, field) == kind
    session.flush()
    assert "staff" in [event.actor for event in cases_.events(session, case)]


def test_what_a_step_waits_for_moves_with_the_facts(
    session: Session, conversation: Conversation, case: Case, staff: StaffUser, lines: Lines
) -> None:
    rung = knowledge().rungs["L2_demand"]
    step = steps.propose(session, case, rung)
    steps.submit(session, case, step, knowledge())
    due, step.due_at = step.due_at, clock.now()
    facts.edit(session, conversation, "amount", "100", staff)
    assert step.due_at == due
    assert f"「{rung.name}」的日子重新算了" in lines()[0][1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("amount", "两百"),
        ("amount", "-1"),
        ("paid_at", "2026-11-23"),
        ("pay_channel", "bitcoin"),
        ("stage", "closed"),
        ("platform", " "),
    ],
)
def test_what_cannot_be_so_is_refused(
    session: Session, conversation: Conversation, case: Case, staff: StaffUser, name: str, text: str
) -> None:
    with pytest.raises(BadInput):
        facts.edit(session, conversation, name, text, staff)
    assert (case.amount, case.paid_at, case.stage) == (20_000, date(2026, 11, 18), "intake")


def test_a_closed_case_stays_as_it_is(
    session: Session, conversation: Conversation, case: Case, staff: StaffUser
) -> None:
    case_service.close(session, case, "refunded")
    with pytest.raises(NotFound, match="没有进行中的案子"):
        facts.edit(session, conversation, "amount", "100", staff)
