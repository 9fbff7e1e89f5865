"""Taking over, speaking and handing back, on both databases."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository as cases_
from cases.case import service as case_service
from cases.errors import BadInput
from cases.knowledge import knowledge
from cases.models import Conversation, Role, StaffUser
from cases.takeover import service as takeover

Employ = Callable[..., StaffUser]
Lines = Callable[[], list[tuple[str, str]]]
TAKEN = ("bot", "客服小林接手了，接下来由真人回复。")
ASKED = ("bot", knowledge().facts["amount"].ask)


def events(session: Session, conversation: Conversation) -> list[str]:
    assert conversation.case
    session.flush()
    return [event.name for event in cases_.events(session, conversation.case)]


class TestTaking:
    def test_the_person_is_told_who_speaks_now(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        takeover.take(session, conversation, agent)
        assert lines() == [TAKEN]
        assert conversation.taken_by is agent
        assert conversation.taken_at == clock.now()
        assert events(session, conversation)[-1] == "taken_over"

    def test_it_keeps_the_promise_and_what_was_said_before_is_settled(
        self, session: Session, conversation: Conversation, agent: StaffUser
    ) -> None:
        conversation.wants_human_at = conversation.human_promised_at = clock.now()
        conversation.before = {"case_id": conversation.case_id}
        takeover.take(session, conversation, agent)
        assert conversation.human_promised_at is None
        assert conversation.before is None

    def test_to_take_what_one_has_says_nothing_twice(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        takeover.take(session, conversation, agent)
        takeover.take(session, conversation, agent)
        assert lines() == [TAKEN]

    def test_a_colleague_does_not_take_it_away(
        self, session: Session, conversation: Conversation, agent: StaffUser, employ: Employ
    ) -> None:
        takeover.take(session, conversation, agent)
        with pytest.raises(BadInput, match="小林已经接手"):
            takeover.take(session, conversation, employ("小周"))
        assert conversation.taken_by is agent

    def test_a_lead_does(
        self, session: Session, conversation: Conversation, agent: StaffUser, employ: Employ, lines: Lines
    ) -> None:
        takeover.take(session, conversation, agent)
        lead = employ("老陈", Role.LEAD)
        takeover.take(session, conversation, lead)
        assert conversation.taken_by is lead
        assert lines()[-1] == ("bot", "客服老陈接手了，接下来由真人回复。")


class TestSpeaking:
    def test_the_line_is_theirs_and_goes_where_the_person_was(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        takeover.take(session, conversation, agent)
        said = takeover.say(session, conversation, agent, " 我看一下\r\n订单 ")
        assert lines()[-1] == ("staff", "我看一下\n订单")
        assert (said.staff, said.channel) == (agent, "web")

    @pytest.mark.parametrize("is_taken", [False, True], ids=["nobody has it", "a colleague has it"])
    def test_only_who_has_it_speaks(
        self,
        session: Session,
        conversation: Conversation,
        agent: StaffUser,
        employ: Employ,
        lines: Lines,
        is_taken: bool,
    ) -> None:
        if is_taken:
            takeover.take(session, conversation, employ("小周"))
        before = lines()
        with pytest.raises(BadInput, match="先接管"):
            takeover.say(session, conversation, agent, "你好")
        assert lines() == before

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            (" \n\t ", "还没有写内容"),
            ("\0\x1b", "还没有写内容"),
            ("字" * 5_001, "不超过 5000 字"),
            ("订单号 【订单号？】 对吗", "还有没填的空：【订单号？】"),
        ],
        ids=["nothing", "nothing one sees", "too much", "a gap"],
    )
    def test_what_cannot_be_sent_is_refused(
        self, session: Session, conversation: Conversation, agent: StaffUser, text: str, why: str
    ) -> None:
        takeover.take(session, conversation, agent)
        with pytest.raises(BadInput, match=why):
            takeover.say(session, conversation, agent, text)


class TestHandingBack:
    def test_the_assistant_says_so_and_asks_what_it_had_asked(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        takeover.take(session, conversation, agent)
        takeover.hand_back(session, conversation, agent)
        assert lines() == [TAKEN, ("bot", "小林先离开了，我接着陪你办。"), ASKED]
        assert conversation.taken_by is None
        assert conversation.offered

    def test_the_note_is_passed_on(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        takeover.take(session, conversation, agent)
        takeover.hand_back(session, conversation, agent, " 先把账单找出来 ")
        assert lines()[1] == ("bot", "小林先离开了，我接着陪你办。\n小林交代：先把账单找出来")

    def test_a_question_for_yes_or_no_stands_as_it_stood(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        conversation.asked = "confirm.cancel"
        conversation.pending = {"question": "要停下吗？", "yes": "停下", "no": "继续"}
        takeover.take(session, conversation, agent)
        takeover.hand_back(session, conversation, agent)
        assert lines()[-1] == ("bot", "要停下吗？")
        assert [button["choice"] for button in conversation.offered] == ["confirm.yes", "confirm.no"]

    def test_nothing_is_asked_about_a_closed_case(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        assert conversation.case
        case_service.close(session, conversation.case, "refunded")
        takeover.take(session, conversation, agent)
        takeover.hand_back(session, conversation, agent)
        assert lines()[1:] == [("bot", "小林先离开了，我接着陪你办。")]

    def test_who_wanted_a_human_has_had_one(
        self, session: Session, conversation: Conversation, agent: StaffUser
    ) -> None:
        conversation.wants_human_at = clock.now()
        takeover.take(session, conversation, agent)
        takeover.hand_back(session, conversation, agent)
        assert conversation.wants_human_at is None
        assert events(session, conversation)[-1] == "handed_back"

    def test_handing_back_twice_says_nothing_twice(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        takeover.take(session, conversation, agent)
        takeover.hand_back(session, conversation, agent)
        before = lines()
        takeover.hand_back(session, conversation, agent)
        assert lines() == before

    def test_a_colleague_cannot_and_a_lead_can(
        self, session: Session, conversation: Conversation, agent: StaffUser, employ: Employ
    ) -> None:
        takeover.take(session, conversation, agent)
        with pytest.raises(BadInput, match="不在你手上"):
            takeover.hand_back(session, conversation, employ("小周"))
        takeover.hand_back(session, conversation, employ("老陈", Role.LEAD))
        assert conversation.taken_by is None


def test_the_time_of_the_wish_is_kept_with_the_takeover(
    session: Session, conversation: Conversation, agent: StaffUser
) -> None:
    conversation.wants_human_at = wanted = clock.now()
    takeover.take(session, conversation, agent)
    session.flush()
    assert conversation.case
    data = cases_.events(session, conversation.case)[-1].data
    assert datetime.fromisoformat(data["wanted_at"]) == wanted
