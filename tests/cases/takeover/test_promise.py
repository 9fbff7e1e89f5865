"""When somebody will answer: what is promised, to whom, and what becomes of a promise that was not kept."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.models import Conversation, Role, StaffSession, StaffUser
from cases.staff import repository
from cases.takeover import promise
from cases.takeover import service as takeover
from cases.takeover.keeping import keep_due
from cases.takeover.promise import SECOND_TIME, SOON

Employ = Callable[..., StaffUser]
Lines = Callable[[], list[tuple[str, str]]]
DAY, NIGHT, ALWAYS = "09:00-21:00", "20:00-02:00", "00:00-00:00"


def at(moment: str) -> datetime:
    """A time in Shanghai: `22 10:00` is that of 22 November 2026."""
    return datetime.strptime(f"2026-11-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("now", "hours", "is_staffed", "within", "by"),
    [
        ("22 10:00", DAY, True, SOON, "22 10:30"),
        ("22 20:30", DAY, True, SOON, "22 21:00"),
        ("22 20:31", DAY, True, SOON, "23 09:30"),
        ("22 10:00", DAY, False, SOON, "23 09:30"),
        ("22 08:59", DAY, True, SOON, "22 09:30"),
        ("22 09:00", DAY, True, SOON, "22 09:30"),
        ("22 21:00", DAY, True, SOON, "23 09:30"),
        ("22 23:50", DAY, False, SOON, "23 09:30"),
        ("22 10:00", DAY, True, SECOND_TIME, "22 12:00"),
        ("22 19:30", DAY, True, SECOND_TIME, "23 09:30"),
        ("22 23:45", NIGHT, True, SOON, "23 00:15"),
        ("23 01:00", NIGHT, True, SOON, "23 01:30"),
        ("23 01:45", NIGHT, True, SOON, "23 20:30"),
        ("22 12:00", NIGHT, True, SOON, "22 20:30"),
        ("22 12:00", ALWAYS, True, SOON, "22 12:30"),
    ],
    ids=[
        "somebody is there",
        "just in time",
        "too near the end of the day",
        "nobody is there",
        "before they come",
        "as they come",
        "as they go",
        "at night",
        "the second time",
        "the second time in the evening",
        "before midnight",
        "after midnight",
        "near the end of the night",
        "before the night",
        "around the clock",
    ],
)
def test_what_is_promised(now: str, hours: str, is_staffed: bool, within: timedelta, by: str) -> None:
    assert promise.promise(at(now), hours, is_staffed=is_staffed, within=within) == at(by)


@pytest.mark.parametrize(
    ("moment", "words"),
    [("22 15:05", "今天 15:05"), ("23 09:30", "明天 9:30"), ("24 09:30", "11月24日 9:30")],
    ids=["today", "tomorrow", "another day"],
)
def test_how_it_is_said(moment: str, words: str) -> None:
    assert promise.said(at(moment)) == words


def test_somebody_who_is_there_answers_soon(session: Session, conversation: Conversation, employ: Employ) -> None:
    employ(is_there=True)
    assert promise.give(session, conversation) == at("22 10:30")
    assert conversation.human_promised_at == at("22 10:30")


AWAY: dict[str, Callable[[StaffSession, datetime], None]] = {
    "idle": lambda here, past: setattr(here, "seen_at", past),
    "signed in too long": lambda here, past: setattr(here, "created_at", past),
    "signed out": lambda here, past: setattr(here, "ended_at", past),
    "half signed in": lambda here, _: setattr(here, "verified_at", None),
    "disabled": lambda here, past: setattr(here.staff, "disabled_at", past),
    "a reviewer": lambda here, _: setattr(here.staff, "role", Role.REVIEWER),
}


@pytest.mark.parametrize("away", AWAY)
def test_who_cannot_answer_is_not_counted_on(
    session: Session, conversation: Conversation, employ: Employ, away: str
) -> None:
    [here] = repository.open_sessions(session, employ(is_there=True))
    AWAY[away](here, clock.now() - timedelta(days=1))
    session.flush()
    assert promise.give(session, conversation) == at("23 09:30")


def test_a_promise_that_stands_is_given_again(
    session: Session, conversation: Conversation, employ: Employ, monkeypatch: pytest.MonkeyPatch
) -> None:
    employ(is_there=True)
    first = promise.give(session, conversation)
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:20:00")
    assert promise.give(session, conversation) == first


class TestAPromiseThatPasses:
    @pytest.fixture(autouse=True)
    def given(self, session: Session, conversation: Conversation, employ: Employ) -> None:
        """At ten somebody was promised for half past."""
        [here] = repository.open_sessions(session, employ("老陈", Role.LEAD, is_there=True))
        here.seen_at = at("22 10:20")
        conversation.wants_human_at = clock.now()
        promise.give(session, conversation)
        session.flush()

    def test_is_owned_up_to_once_with_a_new_one(
        self, session: Session, conversation: Conversation, lines: Lines, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:29:59")
        assert keep_due(session) == []
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T10:30:00")
        assert keep_due(session) == [conversation.person_id]
        assert keep_due(session) == []
        told = "说好今天 10:30前有人来，到现在还没轮到你，对不住。最晚今天 12:30前会有人来，这之前我接着陪你办。"
        assert lines() == [("bot", told)]
        assert conversation.human_promised_at == at("22 12:30")

    def test_is_kept_by_whoever_takes_over(
        self, session: Session, conversation: Conversation, agent: StaffUser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        takeover.take(session, conversation, agent)
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T11:00:00")
        assert keep_due(session) == []

    @pytest.mark.parametrize("why", ["nobody is wanted any more", "the case is closed"])
    def test_is_forgotten_when_there_is_nothing_to_come_for(
        self, session: Session, conversation: Conversation, why: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert conversation.case
        if why == "the case is closed":
            cases_.close(session, conversation.case, "refunded")
        else:
            conversation.wants_human_at = None
        session.flush()
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T11:00:00")
        assert keep_due(session) == []

    def test_wakes_nobody_at_night(
        self, session: Session, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T23:00:00")
        assert keep_due(session) == []
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-23T08:00:00")
        assert keep_due(session) == [conversation.person_id]
        assert conversation.human_promised_at == at("23 09:30")
