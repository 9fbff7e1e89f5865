"""Evidence looked at by staff: accepted, refused with a reason and asked for again, filed by hand."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository as cases_
from cases.documents.exhibits import exhibits
from cases.errors import BadInput, NotFound
from cases.evidence import service as evidence
from cases.knowledge import knowledge
from cases.models import Attachment, Case, Conversation, EvidenceItem, EvidenceState, StaffUser
from cases.review import evidence as review

Lines = Callable[[], list[tuple[str, str]]]
Sends = Callable[..., Attachment]
ORDER = "ev_order"
STILL = next(id_ for id_, wanted in knowledge().evidence.items() if "video" not in wanted.accepts)
NAME = knowledge().evidence[ORDER].name


@pytest.fixture
def item(session: Session, conversation: Conversation, case: Case, sends: Sends) -> EvidenceItem:
    """A picture of the order that was handed in."""
    return evidence.provide(session, case, ORDER, attachments=[sends()])


def shown(case: Case) -> list[str]:
    return [exhibit["id"] for exhibit in exhibits(case, knowledge())]


class TestAccepting:
    def test_it_is_noted_and_nothing_is_said(
        self,
        session: Session,
        conversation: Conversation,
        case: Case,
        item: EvidenceItem,
        staff: StaffUser,
        lines: Lines,
    ) -> None:
        review.accept(session, conversation, ORDER, staff)
        assert (item.state, item.accepted_at) == (EvidenceState.PROVIDED, clock.now())
        assert lines() == []
        event = cases_.events(session, case)[-1]
        assert (event.name, event.actor) == ("evidence_accepted", "staff")

    def test_it_takes_a_refusal_back(
        self, session: Session, conversation: Conversation, case: Case, item: EvidenceItem, staff: StaffUser
    ) -> None:
        review.refuse(session, conversation, ORDER, staff, "看错了")
        assert shown(case) == []
        review.accept(session, conversation, ORDER, staff)
        assert shown(case) == [ORDER]
        assert item.refusal is None

    @pytest.mark.parametrize("requirement", [ORDER, "ev_chat", "nothing"])
    def test_what_was_not_given_cannot_be_accepted(
        self, session: Session, conversation: Conversation, case: Case, staff: StaffUser, requirement: str
    ) -> None:
        evidence.ask(session, case, ORDER)
        with pytest.raises(NotFound, match="还没有收到"):
            review.accept(session, conversation, requirement, staff)


class TestRefusing:
    def test_the_person_is_told_why_and_asked_again(
        self, session: Session, conversation: Conversation, item: EvidenceItem, staff: StaffUser, lines: Lines
    ) -> None:
        review.refuse(session, conversation, ORDER, staff, "订单号被截掉了。")
        assert item.state == EvidenceState.NOT_ACCEPTED
        assert item.refusal == "订单号被截掉了。"
        told, question = lines()
        assert told == ("bot", f"「{NAME}」看过了，还不能用：订单号被截掉了。")
        assert knowledge().evidence[ORDER].ask in question[1]
        assert conversation.asked == f"evidence.{ORDER}"

    def test_what_was_refused_proves_nothing_and_what_comes_next_does(
        self,
        session: Session,
        conversation: Conversation,
        case: Case,
        item: EvidenceItem,
        staff: StaffUser,
        sends: Sends,
    ) -> None:
        review.refuse(session, conversation, ORDER, staff, "看不清")
        again = sends(sha256="b" * 64)
        evidence.provide(session, case, ORDER, attachments=[again])
        [exhibit] = exhibits(case, knowledge())
        assert exhibit["sha256"] == [again.sha256]

    def test_while_a_human_speaks_the_assistant_does_not(
        self, session: Session, conversation: Conversation, item: EvidenceItem, staff: StaffUser, lines: Lines
    ) -> None:
        conversation.taken_by = staff
        review.refuse(session, conversation, ORDER, staff, "看不清")
        assert lines() == [("staff", f"「{NAME}」看过了，还不能用：看不清。")]

    def test_a_question_for_yes_or_no_is_not_disturbed(
        self, session: Session, conversation: Conversation, item: EvidenceItem, staff: StaffUser, lines: Lines
    ) -> None:
        conversation.asked = "confirm.cancel"
        review.refuse(session, conversation, ORDER, staff, "看不清")
        assert len(lines()) == 1
        assert conversation.asked == "confirm.cancel"

    @pytest.mark.parametrize("reason", ["", " ", "字" * 201, "要 【什么？】"], ids=["none", "blank", "long", "a gap"])
    def test_without_a_reason_it_is_not(
        self,
        session: Session,
        conversation: Conversation,
        item: EvidenceItem,
        staff: StaffUser,
        lines: Lines,
        reason: str,
    ) -> None:
        with pytest.raises(BadInput):
            review.refuse(session, conversation, ORDER, staff, reason)
        assert item.state == EvidenceState.PROVIDED
        assert lines() == []

    def test_it_cannot_be_undone_by_the_person(
        self, session: Session, conversation: Conversation, case: Case, item: EvidenceItem, staff: StaffUser
    ) -> None:
        conversation.before = {"case_id": case.id}
        review.refuse(session, conversation, ORDER, staff, "看不清")
        assert conversation.before is None


class TestFiling:
    def test_a_file_that_lies_about_goes_where_it_belongs(
        self, session: Session, conversation: Conversation, case: Case, staff: StaffUser, sends: Sends
    ) -> None:
        review.file_under(session, conversation, sends(), ORDER, staff)
        assert shown(case) == [ORDER]

    def test_one_that_has_its_place_stays_there(
        self, session: Session, conversation: Conversation, item: EvidenceItem, staff: StaffUser
    ) -> None:
        with pytest.raises(BadInput, match="已经归档"):
            review.file_under(session, conversation, item.attachments[0], ORDER, staff)

    def test_a_kind_of_file_that_cannot_serve_is_refused(
        self, session: Session, conversation: Conversation, staff: StaffUser, sends: Sends
    ) -> None:
        with pytest.raises(BadInput, match="不收这种文件"):
            review.file_under(session, conversation, sends("video/mp4"), STILL, staff)

    def test_there_must_be_such_a_requirement_and_it_must_be_their_file(
        self, session: Session, conversation: Conversation, staff: StaffUser, sends: Sends
    ) -> None:
        with pytest.raises(NotFound):
            review.file_under(session, conversation, sends(), "nothing", staff)
