"""Nobody is left waiting."""

import pytest
from sqlalchemy.orm import Session

from cases.models import Conversation, StaffUser
from cases.takeover import keeping, service
from cases.transcript import service as transcript
from tests.cases.takeover.conftest import Employ, Lines

LATER = "2026-11-22T10:45:00"


class TestAHumanWhoLeft:
    def test_without_handing_back_leaves_the_assistant_in_charge(
        self,
        session: Session,
        conversation: Conversation,
        employ: Employ,
        lines: Lines,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        service.take(session, conversation, employ(is_there=True))
        service.say(session, conversation, conversation.taken_by, "您好。")
        assert keeping.take_back_left(session) == []
        monkeypatch.setenv("TUIKUAN_NOW", LATER)
        assert keeping.take_back_left(session) == [conversation.person_id]
        assert conversation.taken_by is None
        assert "小林先离开了" in lines()[-2][1]
        assert conversation.wants_human_at is None

    def test_and_owed_an_answer_is_followed_by_a_promise(
        self, session: Session, conversation: Conversation, agent: StaffUser, lines: Lines
    ) -> None:
        service.take(session, conversation, agent)
        transcript.record_person(session, conversation, channel="web", text="在吗", intent=None, confidence=None)
        session.flush()
        assert keeping.take_back_left(session) == [conversation.person_id]
        assert "你刚才的话还没有人回" in lines()[-1][1]
        assert conversation.wants_human_at is not None
        assert conversation.human_promised_at is not None

    def test_is_replaced_once(self, session: Session, conversation: Conversation, agent: StaffUser) -> None:
        service.take(session, conversation, agent)
        keeping.take_back_left(session)
        assert keeping.take_back_left(session) == []
