"""The list: what each tab and filter shows, in which order, page by page, and what one has not read."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.desk import service as desk
from cases.desk.filters import Filter, Sort, Tab
from cases.models import Author, Conversation, Label, Message, Person, StaffUser, Stage
from tests.cases.desk.conftest import minutes_ago, opened

Talk = Callable[..., Conversation]
Say = Callable[..., Message]
Show = Callable[..., list[int]]


@pytest.fixture
def show(session: Session, staff: StaffUser) -> Show:
    """The conversations of a list, in its order."""

    def shown(tab: Tab = Tab.ALL, **filters: Any) -> list[int]:
        session.flush()
        rows = desk.listed(session, staff.id, Filter(tab=tab, **filters)).rows
        return [row.conversation.id for row in rows]

    return shown


def in_days(days: int) -> dict[str, Any]:
    return {"stage": Stage.WAITING, "due_at": clock.now() + timedelta(days=days)}


class TestTheTab:
    def test_of_those_who_want_a_human_has_who_was_promised_one_first(self, show: Show, talk: Talk) -> None:
        late = talk(wants_human_at=minutes_ago(9), human_promised_at=minutes_ago(-20))
        soon = talk(wants_human_at=minutes_ago(5), human_promised_at=minutes_ago(-10))
        now = talk(wants_human_at=minutes_ago(2))
        talk()
        assert show(Tab.HUMAN) == [now.id, soon.id, late.id]

    def test_of_those_who_want_a_human_leaves_out_who_has_one_or_whose_case_is_closed(
        self, show: Show, talk: Talk, staff: StaffUser
    ) -> None:
        talk(wants_human_at=clock.now(), taken_by_id=staff.id)
        talk(wants_human_at=clock.now(), case={"stage": Stage.CLOSED})
        waiting = talk(wants_human_at=clock.now(), case={"stage": Stage.EVIDENCE})
        assert show(Tab.HUMAN) == [waiting.id]

    def test_of_what_is_due_has_the_nearest_first_and_what_is_overdue(self, show: Show, talk: Talk) -> None:
        three, overdue, one = (talk(case=in_days(days)) for days in (3, -2, 1))
        for days in (4, -15):
            talk(case=in_days(days))
        talk(case={**in_days(1), "stage": Stage.CLOSED})
        talk()
        assert show(Tab.DUE) == [overdue.id, one.id, three.id]

    def test_of_what_is_due_has_cases_that_the_conversation_is_not_about_now(
        self, session: Session, staff: StaffUser, talk: Talk
    ) -> None:
        both = talk(case={"stage": Stage.INTAKE})
        other = opened(session, both, in_days(1))
        rows = desk.listed(session, staff.id, Filter(tab=Tab.DUE)).rows
        assert [row.case for row in rows] == [other]

    def test_of_the_new_has_what_nobody_of_us_has_seen_and_somebody_has_said(
        self, session: Session, show: Show, talk: Talk, say: Say, colleague: Callable[[str], StaffUser]
    ) -> None:
        first, seen, last = talk(), talk(), talk()
        say(talk(""), "你好，我是退款助手", Author.BOT)
        desk.mark_seen(session, colleague("wang").id, seen, 1)
        assert show(Tab.NEW) == [last.id, first.id]

    @pytest.mark.parametrize(
        ("tab", "stages"),
        [(Tab.OPEN, ["waiting", "intake"]), (Tab.CLOSED, ["closed"]), (Tab.ALL, [None, "closed", "waiting", "intake"])],
    )
    def test_of_cases_has_those_of_its_stages_the_newest_first(
        self, session: Session, show: Show, talk: Talk, tab: Tab, stages: list[str | None]
    ) -> None:
        for stage in ("intake", "waiting", "closed"):
            talk(case={"stage": stage})
        talk()
        found = [session.get_one(Conversation, id_).case for id_ in show(tab)]
        assert [case and case.stage for case in found] == stages

    def test_of_all_leaves_out_where_nothing_was_ever_said(self, show: Show, talk: Talk) -> None:
        talk("", last_at=None)
        assert show(Tab.ALL) == []


class TestTheFilter:
    @pytest.mark.parametrize(
        "by",
        [
            {"kind": "not_delivered"},
            {"stage": "waiting"},
            {"platform": "极速卡盟"},
            {"merchant": "小王数码"},
            {"channel": "wechat"},
            {"doubted": True},
            {"flag": "p_minor"},
            {"label": "重点"},
            {"q": "极速"},
            {"since": date(2026, 11, 22), "until": date(2026, 11, 22)},
            {"assignee": "me"},
            {"assignee": "wang"},
            {"assignee": "nobody", "label": "重点"},
        ],
        ids=str,
    )
    def test_shows_what_it_asks_for_and_nothing_else(
        self, session: Session, show: Show, talk: Talk, say: Say, staff: StaffUser, by: dict[str, Any],
        colleague: Callable[[str], StaffUser],
    ) -> None:  # fmt: skip
        wang = colleague("wang")
        talk("别的事", case={"flags": ["p_minor_too"]}, last_at=clock.now() - timedelta(days=1), assignee_id=None)
        talk("别的事", last_at=clock.now() + timedelta(days=1), assignee_id=colleague("li").id)
        asked = talk(
            "在极速卡盟买的",
            case={
                "dispute_kind": "not_delivered",
                "stage": Stage.WAITING,
                "platform": "极速卡盟",
                "merchant": "小王数码",
                "flags": ["p_minor", "p_threat"],
            },
            last_at=clock.now(),
            last_channel="wechat",
            doubted_at=clock.now(),
            assignee_id={"me": staff.id, "wang": wang.id}.get(by.get("assignee", "")),
        )
        session.add_all([Label(conversation_id=asked.id, name=name) for name in ("重点", "媒体")])
        assert show(**by) == [asked.id]

    def test_asks_for_all_of_it(self, show: Show, talk: Talk) -> None:
        talk("退款", case={"dispute_kind": "not_delivered"})
        talk("到账", case={"dispute_kind": "merchant_gone"})
        both = talk("退款", case={"dispute_kind": "merchant_gone"})
        assert show(kind="merchant_gone", q="退款") == [both.id]

    def test_knows_days_as_they_begin_in_shanghai(self, show: Show, talk: Talk) -> None:
        begins = clock.end_of(date(2026, 11, 20)) + timedelta(seconds=1)
        talk(last_at=begins - timedelta(seconds=1))
        first, last = talk(last_at=begins), talk(last_at=clock.end_of(date(2026, 11, 21)))
        assert show(since=date(2026, 11, 21), until=date(2026, 11, 21)) == [last.id, first.id]

    def test_by_deadline_shows_the_nearest_first_and_only_what_has_one(self, show: Show, talk: Talk) -> None:
        far, near = talk(case=in_days(30)), talk(case=in_days(5))
        talk(case={"stage": Stage.INTAKE})
        assert show(Tab.OPEN, sort=Sort.DUE) == [near.id, far.id]


class TestPages:
    @pytest.mark.parametrize(
        "chosen",
        [Filter(tab=Tab.ALL), Filter(tab=Tab.HUMAN), Filter(tab=Tab.DUE), Filter(tab=Tab.OPEN, sort=Sort.DUE)],
        ids=lambda chosen: f"{chosen.tab}, {chosen.sort}",
    )
    def test_follow_each_other_without_a_gap_even_among_equals(
        self, session: Session, staff: StaffUser, talk: Talk, monkeypatch: pytest.MonkeyPatch, chosen: Filter
    ) -> None:
        monkeypatch.setattr(desk, "PAGE", 3)
        same = {"wants_human_at": clock.now(), "last_at": clock.now(), "case": in_days(1)}
        all_of_them = {talk(**same).id for _ in range(8)}
        seen: list[int] = []
        after = None
        for length in (3, 3, 2):
            page = desk.listed(session, staff.id, chosen, after)
            assert len(page.rows) == length
            seen, after = [*seen, *(row.conversation.id for row in page.rows)], page.next
        assert after is None
        assert (len(seen), set(seen)) == (8, all_of_them)

    def test_go_on_where_they_were_when_something_new_has_come(
        self, session: Session, staff: StaffUser, talk: Talk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desk, "PAGE", 1)
        older, _ = talk(), talk()
        first = desk.listed(session, staff.id, Filter(tab=Tab.ALL))
        talk()
        second = desk.listed(session, staff.id, Filter(tab=Tab.ALL), first.next)
        assert [row.conversation.id for row in second.rows] == [older.id]


class TestARow:
    def test_has_the_last_thing_said_the_labels_and_the_case(
        self, session: Session, staff: StaffUser, talk: Talk, say: Say
    ) -> None:
        one = talk(case={"platform": "极速卡盟"})
        last = say(one, "请发截图", Author.BOT)
        session.add_all([Label(conversation_id=one.id, name=name) for name in ("重点", "媒体")])
        session.flush()
        (row,) = desk.listed(session, staff.id, Filter(tab=Tab.ALL)).rows
        assert (row.conversation, row.case, row.line) == (one, one.case, last)
        assert set(row.labels) == {"重点", "媒体"}

    def test_has_the_message_that_is_searched_for(
        self, session: Session, staff: StaffUser, talk: Talk, say: Say
    ) -> None:
        one = talk("在极速卡盟买的")
        say(one, "谢谢")
        (row,) = desk.listed(session, staff.id, Filter(tab=Tab.ALL, q="极速")).rows
        assert row.line is not None
        assert row.line.text == "在极速卡盟买的"

    def test_is_unread_until_one_has_read_its_last_message(
        self, session: Session, staff: StaffUser, talk: Talk, say: Say, colleague: Callable[[str], StaffUser]
    ) -> None:
        def unread(whose: StaffUser) -> bool:
            (row,) = desk.listed(session, whose.id, Filter(tab=Tab.ALL)).rows
            return row.unread

        one, other = talk(), colleague("wang")
        assert unread(staff)
        read = say(one, "在吗")
        desk.mark_seen(session, staff.id, one, read.id)
        assert (unread(staff), unread(other)) == (False, True)
        say(one, "还在吗")
        assert unread(staff)

    def test_that_was_read_is_not_unread_again_because_an_older_page_says_so(
        self, session: Session, staff: StaffUser, talk: Talk, say: Say
    ) -> None:
        one = talk()
        last = say(one, "在吗")
        for read in (last.id, 1):
            desk.mark_seen(session, staff.id, one, read)
        (row,) = desk.listed(session, staff.id, Filter(tab=Tab.ALL)).rows
        assert not row.unread


class TestCounts:
    def test_are_of_every_tab(self, session: Session, talk: Talk) -> None:
        talk(wants_human_at=clock.now(), case=in_days(1))
        talk(case={"stage": Stage.CLOSED})
        talk()
        assert desk.counts(session) == {
            Tab.HUMAN: 1, Tab.DUE: 1, Tab.NEW: 3, Tab.OPEN: 1, Tab.CLOSED: 1, Tab.ALL: 3,
        }  # fmt: skip

    def test_go_no_further_than_is_read(self, session: Session, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(desk, "MANY", 2)
        for _ in range(3):
            talk()
        assert desk.counts(session)[Tab.ALL] == 2


def test_the_news_differ_when_something_is_said_or_done_or_somebody_waits(
    session: Session, person: Person, talk: Talk, say: Say
) -> None:
    seen = [desk.news(session)]
    one = talk()
    seen.append(desk.news(session))
    opened(session, one, {})
    seen.append(desk.news(session))
    one.wants_human_at = clock.now()
    session.flush()
    seen.append(desk.news(session))
    assert seen[0] == {"message": None, "event": None, "waiting": 0}
    assert all(before != after for before, after in pairwise(seen))
