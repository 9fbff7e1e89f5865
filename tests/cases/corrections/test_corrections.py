"""What humans say that messages mean, and which messages are worth learning from."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cases import clock
from cases.clock import SHANGHAI
from cases.corrections import service as corrections
from cases.models import Conversation, Message, NluCorrection, Person, Teacher
from cases.people import service as people
from cases.transcript import service as transcript

UNSURE = 0.6

Say = Callable[..., Message]
Answer = Callable[[], None]


@pytest.fixture
def conversation(session: Session, person: Person) -> Conversation:
    return transcript.conversation_of(session, person)


@pytest.fixture
def say(session: Session, conversation: Conversation) -> Say:
    """`say("没到账")` is written down as said by the person."""

    def record(
        text: str, intent: str | None = "not_delivered", confidence: float | None = 0.9, by: Conversation = conversation
    ) -> Message:
        said = transcript.record_person(session, by, channel="test", text=text, intent=intent, confidence=confidence)
        session.flush()
        return said

    return record


@pytest.fixture
def answer(session: Session, conversation: Conversation) -> Answer:
    """The assistant says something."""

    def record() -> None:
        said = [{"text": "是没到账，还是到了但不对？"}, {"text": "选一个"}]
        transcript.record_bot(session, conversation, channel="test", messages=said, latency_ms=1)
        session.flush()

    return record


def kept(session: Session) -> list[tuple[str, str, str]]:
    """Each message that was explained, as what, and by whom."""
    session.flush()
    found = session.scalars(select(NluCorrection).order_by(NluCorrection.message_id))
    return [(correction.message.text, correction.intent, correction.teacher) for correction in found]


def candidates(session: Session, since: datetime | None = None) -> list[tuple[str, str | None]]:
    session.flush()
    return [(message.text, intent) for message, intent in corrections.candidates(session, UNSURE, since)]


class TestExplaining:
    def test_a_tap_explains_the_last_words(
        self, session: Session, conversation: Conversation, say: Say, answer: Answer
    ) -> None:
        say("你好", "greet")
        answer()
        say("怪怪的")
        answer()
        say("到了但不对", "choose")
        corrections.explained(session, conversation, "not_as_described")
        assert kept(session) == [("怪怪的", "not_as_described", Teacher.PERSON)]

    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            pytest.param("到了但不对", "not_as_described", id="its title"),
            pytest.param("2", "give_facts", id="its number"),
            pytest.param("第二个", "nlu_fallback", id="its place"),
            pytest.param("2", None, id="its number, not understood"),
        ],
    )
    def test_a_typed_answer_is_not_what_is_explained(
        self, session: Session, conversation: Conversation, say: Say, answer: Answer, text: str, intent: str | None
    ) -> None:
        say("怪怪的")
        answer()
        say(text, intent)
        corrections.explained(session, conversation, "not_as_described")
        assert kept(session) == [("怪怪的", "not_as_described", Teacher.PERSON)]

    def test_files_and_taps_in_between_are_no_words(
        self, session: Session, conversation: Conversation, say: Say, answer: Answer
    ) -> None:
        say("怪怪的")
        say("", "evidence_given", 1.0)
        say("帮助", "choose", 1.0)
        answer()
        corrections.explained(session, conversation, "merchant_gone")
        assert kept(session) == [("怪怪的", "merchant_gone", Teacher.PERSON)]

    def test_the_words_of_others_are_not_touched(self, session: Session, conversation: Conversation, say: Say) -> None:
        stranger = transcript.conversation_of(session, people.by_channel(session, "test", "stranger"))
        say("怪怪的", by=stranger)
        corrections.explained(session, conversation, "merchant_gone")
        assert kept(session) == []

    def test_the_last_word_counts(self, session: Session, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
        said = say("怪怪的")
        corrections.correct(session, said, "merchant_gone", Teacher.PERSON)
        session.flush()
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-23T09:00:00")
        corrections.correct(session, said, "refund_delayed", Teacher.STAFF)
        assert kept(session) == [("怪怪的", "refund_delayed", Teacher.STAFF)]
        assert session.scalars(select(NluCorrection.made_at)).one() == clock.now()


class TestCandidates:
    def test_what_a_human_explained_comes_with_its_intent(self, session: Session, say: Say) -> None:
        corrections.correct(session, say("怪怪的", confidence=0.95), "merchant_gone", Teacher.STAFF)
        assert candidates(session) == [("怪怪的", "merchant_gone")]

    @pytest.mark.parametrize(
        ("confidence", "is_one"),
        [
            pytest.param(0.59, True, id="below the limit"),
            pytest.param(UNSURE, False, id="at the limit"),
            pytest.param(0.99, False, id="sure"),
            pytest.param(None, False, id="not understood at all"),
        ],
    )
    def test_what_was_hardly_understood_is_to_be_judged(
        self, session: Session, say: Say, confidence: float | None, is_one: bool
    ) -> None:
        say("怪怪的", confidence=confidence)
        assert candidates(session) == ([("怪怪的", None)] if is_one else [])

    def test_the_last_words_before_a_human_was_wanted_are_to_be_judged(
        self, session: Session, conversation: Conversation, say: Say, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        say("付了钱没到")
        say("你根本听不懂")
        say("转人工", "ask_human")
        conversation.wants_human_at = clock.now()
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T11:00:00")
        say("还有一件事")
        assert candidates(session) == [("你根本听不懂", None)]

    @pytest.mark.parametrize("intent", ["choose", "evidence_given"])
    def test_taps_and_files_teach_nothing(
        self, session: Session, conversation: Conversation, say: Say, intent: str
    ) -> None:
        say("到了但不对", intent, 0.1)
        conversation.wants_human_at = clock.now()
        assert candidates(session) == []

    def test_what_the_assistant_said_teaches_nothing(
        self, session: Session, conversation: Conversation, answer: Answer
    ) -> None:
        answer()
        conversation.wants_human_at = clock.now()
        assert candidates(session) == []

    def test_each_comes_once_the_oldest_first(self, session: Session, conversation: Conversation, say: Say) -> None:
        first, second = say("怪怪的", confidence=0.3), say("很奇怪", confidence=0.3)
        corrections.correct(session, second, "merchant_gone", Teacher.PERSON)
        corrections.correct(session, first, "refund_delayed", Teacher.PERSON)
        conversation.wants_human_at = clock.now()
        assert candidates(session) == [("怪怪的", "refund_delayed"), ("很奇怪", "merchant_gone")]

    def test_since_takes_the_new_ones(self, session: Session, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
        midnight = datetime(2026, 11, 22, tzinfo=SHANGHAI)
        for moment in ("2026-11-21T23:59:59", "2026-11-22T00:00:00"):
            monkeypatch.setenv("TUIKUAN_NOW", moment)
            say(f"怪怪的 {moment}", confidence=0.3)
        assert candidates(session, midnight) == [("怪怪的 2026-11-22T00:00:00", None)]

    @pytest.mark.parametrize(("day", "is_one"), [(22, True), (23, False)])
    def test_since_asks_when_the_human_was_wanted(
        self, session: Session, conversation: Conversation, say: Say, day: int, is_one: bool
    ) -> None:
        say("你根本听不懂")
        conversation.wants_human_at = clock.now()
        since = datetime(2026, 11, day, tzinfo=SHANGHAI)
        assert candidates(session, since) == ([("你根本听不懂", None)] if is_one else [])
