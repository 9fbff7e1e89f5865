"""How well people were understood, and how long they waited, counted in both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.models import Author, Conversation, Message
from cases.numbers.period import Period
from cases.numbers.repository import Span
from cases.numbers.talk import repository as counted

MINUTE = 60
APOLOGY = "这个问题我手上没有核对过的答案，不乱说。"
Talk = Callable[..., Conversation]
Say = Callable[..., Message]


@pytest.fixture
def since() -> datetime:
    """Since when is counted: the week."""
    return Period.of(7).since


def at(minutes: int) -> datetime:
    return clock.now() - timedelta(days=1) + timedelta(minutes=minutes)


class TestUnderstanding:
    def test_is_counted_by_day_and_tenth(self, session: Session, talk: Talk, say: Say, since: datetime) -> None:
        found = talk(text="")
        for confidence in (0.05, 0.31, 0.39, 1.0):
            say(found, "?", since + timedelta(days=2), intent="greet", confidence=confidence)
        say(found, "?", since, intent="nlu_fallback", confidence=0.31)
        assert sorted(counted.understood(session, since)) == [
            (0, 3, True, 1),
            (2, 0, False, 1),
            (2, 3, False, 2),
            (2, 10, False, 1),
        ]

    def test_leaves_out_taps_files_and_our_own_words(
        self, session: Session, talk: Talk, say: Say, since: datetime
    ) -> None:
        found = talk(text="")
        for intent in ("choose", "evidence_given"):
            say(found, "", at(0), intent=intent, confidence=1.0)
        say(found, "你好", at(1), Author.BOT)
        say(found, "以前", since - timedelta(seconds=1), intent="greet", confidence=0.9)
        assert counted.understood(session, since) == []


class TestUnanswered:
    def test_is_what_was_not_understood_or_not_ours_most_frequent_first(
        self, session: Session, talk: Talk, say: Say, since: datetime
    ) -> None:
        found = talk(text="")
        for text, intent in (("天气", "out_of_scope"), ("嗯哼", "nlu_fallback"), ("嗯哼", "nlu_fallback")):
            say(found, text, at(0), intent=intent)
        say(found, "没到账", at(1), intent="not_delivered")
        assert counted.unanswered(session, since, APOLOGY) == [("嗯哼", 2), ("天气", 1)]

    def test_is_a_question_that_got_an_apology_alone(
        self, session: Session, talk: Talk, say: Say, since: datetime
    ) -> None:
        found = talk(text="")
        say(found, "能要三倍吗", at(0), intent="ask_question")
        say(found, "要看情况。", at(0), Author.BOT)
        say(found, "能要十倍吗", at(1), intent="ask_question")
        say(found, f"{APOLOGY}付了多少钱？", at(1), Author.BOT)
        assert counted.unanswered(session, since, APOLOGY) == [("能要十倍吗", 1)]


class TestWaitingForAHuman:
    def test_lasts_from_asking_first_until_one_of_us_speaks(
        self, session: Session, talk: Talk, say: Say, since: datetime
    ) -> None:
        found = talk(text="")
        say(found, "人工", at(0), intent="ask_human")
        say(found, "好的，已经通知同事。", at(0), Author.BOT)
        say(found, "人工", at(5), intent="ask_human")
        say(found, "我是小林", at(12), Author.STAFF)
        say(found, "还在吗", at(40), Author.STAFF)
        assert counted.waits_for_human(session, since) == [Span(counted.CAME, 1, 12 * MINUTE, 12 * MINUTE)]

    def test_of_those_whom_nobody_has_answered_is_counted_apart(
        self, session: Session, talk: Talk, say: Say, since: datetime
    ) -> None:
        say(talk(text=""), "人工", at(0), intent="ask_human")
        say(talk(text=""), "早上好", at(1), Author.STAFF)
        assert counted.waits_for_human(session, since) == [Span(counted.NOBODY, 1, 0, 0)]


class TestWaitingForAReply:
    def test_lasts_from_the_first_of_several_lines(
        self, session: Session, talk: Talk, say: Say, since: datetime
    ) -> None:
        found = talk(text="")
        say(found, "在吗", at(0))
        say(found, "？？", at(3))
        say(found, "在的", at(4), Author.STAFF)
        say(found, "请说", at(9), Author.STAFF)
        say(found, "没到账", at(10))
        say(found, "我看一下", at(12), Author.STAFF)
        assert counted.waits_for_reply(session, since) == [Span("staff", 2, 2 * MINUTE, 4 * MINUTE)]

    def test_does_not_count_what_the_assistant_answered(
        self, session: Session, talk: Talk, say: Say, since: datetime
    ) -> None:
        found = talk(text="")
        say(found, "在吗", at(0))
        say(found, "我在", at(0), Author.BOT)
        say(found, "我是小林", at(30), Author.STAFF)
        assert counted.waits_for_reply(session, since) == []
