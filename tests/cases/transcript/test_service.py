"""The conversation, its transcript and its inbox."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.database import engine, transaction
from cases.models import Author, Person
from cases.people import service as people
from cases.transcript import repository
from cases.transcript import service as transcript


class TestConversation:
    def test_a_person_has_one(self, session: Session, person: Person) -> None:
        conversation = transcript.conversation_of(session, person)
        assert transcript.conversation_of(session, person) is conversation
        assert (conversation.asked, conversation.misses, conversation.offered) == (None, 0, [])

    def test_everybody_has_their_own(self, session: Session, person: Person) -> None:
        stranger = people.by_channel(session, "test", "stranger")
        assert transcript.conversation_of(session, person) is not transcript.conversation_of(session, stranger)


class TestTranscript:
    def test_keeps_what_the_person_said_and_how_it_was_understood(self, session: Session, person: Person) -> None:
        conversation = transcript.conversation_of(session, person)
        said = transcript.record_person(
            session, conversation, channel="web", text="没到账", intent="not_delivered", confidence=0.9
        )
        assert (said.author, said.text, said.intent, said.confidence) == (
            Author.PERSON,
            "没到账",
            "not_delivered",
            0.9,
        )
        assert (said.channel, said.sent_at, said.case_id) == ("web", clock.now(), None)

    def test_keeps_every_line_of_an_answer_with_its_buttons(self, session: Session, person: Person) -> None:
        conversation = transcript.conversation_of(session, person)
        button = {"title": "没到账", "payload": "c_1"}
        transcript.record_bot(
            session,
            conversation,
            channel="web",
            messages=[{"text": "你好"}, {"text": "怎么了", "buttons": [button]}],
            latency_ms=12,
        )
        session.flush()
        lines = repository.messages(session, conversation, limit=10)
        assert [(line.text, line.buttons) for line in lines] == [("你好", []), ("怎么了", [button])]
        assert {(line.author, line.latency_ms) for line in lines} == {(Author.BOT, 12)}

    def test_knows_which_case_it_was_about(self, session: Session, person: Person) -> None:
        conversation = transcript.conversation_of(session, person)
        conversation.case = cases_.open_case(session, person)
        session.flush()
        said = transcript.record_person(session, conversation, channel="web", text="好", intent=None, confidence=None)
        assert said.case_id == conversation.case.id

    def test_gives_the_last_messages_oldest_first(self, session: Session, person: Person) -> None:
        conversation = transcript.conversation_of(session, person)
        for number in range(5):
            transcript.record_person(
                session, conversation, channel="web", text=str(number), intent=None, confidence=None
            )
        session.flush()
        lines = repository.messages(session, conversation, limit=3)
        assert [line.text for line in lines] == ["2", "3", "4"]


class TestInbox:
    def test_a_message_is_new_until_it_is_remembered_with_its_answer(self, session: Session, person: Person) -> None:
        assert transcript.answer_given(session, "web", "m1") is None
        transcript.remember(session, person, "web", "m1", [{"text": "好", "buttons": []}])
        session.flush()
        assert transcript.answer_given(session, "web", "m1") == [{"text": "好", "buttons": []}]

    def test_a_message_without_an_answer_is_not_new_either(self, session: Session, person: Person) -> None:
        transcript.remember(session, person, "web", "m1", [])
        session.flush()
        assert transcript.answer_given(session, "web", "m1") == []

    def test_another_channel_has_keys_of_its_own(self, session: Session, person: Person) -> None:
        transcript.remember(session, person, "web", "m1", [])
        session.flush()
        assert transcript.answer_given(session, "wechat", "m1") is None


class TestOrder:
    @pytest.mark.parametrize("database", ["postgresql"], indirect=True)
    def test_holds_up_the_same_person_in_another_process_and_nobody_else(self, database: str) -> None:
        with transaction() as session:
            first, second = (people.by_channel(session, "test", name) for name in ("first", "second"))
        with transaction() as session, Session(engine()) as other:
            transcript.order(session, first)
            other.execute(text("SET LOCAL lock_timeout = '20ms'"))
            transcript.order(other, second)
            with pytest.raises(OperationalError, match="lock timeout"):
                transcript.order(other, first)

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_on_sqlite_is_the_transaction_itself(self, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cases.database.BUSY_TIMEOUT_MS", 0)
        with transaction() as session, Session(engine()) as other:
            transcript.order(session, people.by_channel(session, "test", "somebody"))
            with pytest.raises(OperationalError, match="locked"):
                people.by_channel(other, "test", "somebody")

    def test_is_given_up_with_the_transaction(self, database: str) -> None:
        with transaction() as session:
            person = people.by_channel(session, "test", "somebody")
            transcript.order(session, person)
        with transaction() as session:
            transcript.order(session, person)
