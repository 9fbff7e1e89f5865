"""The inbox as a browser shows it: rows, tabs, filters, search, the lists one keeps, and what is written down."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from cases import clock
from cases.database import reading, transaction
from cases.desk import search
from cases.desk import service as desk
from cases.models import Audit, Case, Conversation, Label, Message, Person, SavedFilter, Stage

Colleague = Any  # the fixtures' classes
Chat = Any
Come = Callable[..., Conversation]


@pytest.fixture
def come(client: TestClient) -> Come:
    """Makes a person who has said something, with a case of these facts."""

    def made(text: str = "充了没到账", case: dict[str, Any] | None = None, **of_talk: Any) -> Conversation:
        with transaction() as session:
            talk = Conversation(created_at=clock.now(), last_at=clock.now(), last_channel="web")
            person = Person(created_at=clock.now(), conversation=talk)
            session.add(person)
            session.flush()
            if case is not None:
                talk.case = Case(person_id=person.id, opened_at=clock.now(), **case)
            for name, value in of_talk.items():
                setattr(talk, name, value)
            said = Message(conversation_id=talk.id, channel="web", author="person", text=text, sent_at=clock.now())
            session.add(said)
            session.flush()
            search.index(session, said)
            return talk

    return made


def address(talk: Conversation) -> str:
    return f"/staff/c/{talk.person.public_id}"


def rows(page: str) -> list[str]:
    """The addresses of the rows, in order."""
    return re.findall(r'<a class="list-row[^>]* data-row href="([^"]+)"', page)


def words(page: str) -> str:
    """What can be read in the list."""
    inbox = page[page.index('id="inbox"') :]
    return " ".join(re.sub(r"<[^>]+>", " ", inbox).split())


class TestTheList:
    def test_opens_with_who_waits_for_a_human(self, agent: Colleague, come: Come) -> None:
        waiting = come(wants_human_at=clock.now(), human_promised_at=clock.now() + timedelta(minutes=30))
        come()
        page = agent.browser.get("/staff/").text
        assert rows(page) == [address(waiting)]
        assert "需要人工 1" in words(page)
        assert "等人工，说好 30 分钟后" in words(page)

    def test_says_so_when_there_is_nobody(self, agent: Colleague) -> None:
        page = agent.browser.get("/staff/").text
        assert "没有人在等人工。" in page
        assert rows(page) == []

    def test_says_what_a_case_is_about_and_when_it_is_due(self, agent: Colleague, come: Come) -> None:
        come(
            case={
                "dispute_kind": "not_delivered",
                "stage": Stage.WAITING,
                "platform": "极速卡盟",
                "amount": 20_050,
                "due_at": clock.now() + timedelta(days=2),
            }
        )
        said = words(agent.browser.get("/staff/?tab=all").text)
        assert all(part in said for part in ("未到账", "极速卡盟", "200.50 元", "等待结果", "还有 2 天", "网页"))

    def test_shows_nobodys_numbers(self, agent: Colleague, come: Come) -> None:
        come("打 13812345678，身份证 110101199003071234，卡 6222021234567890123，微信号abc_1234")
        page = agent.browser.get("/staff/?tab=all").text
        assert "138****5678" in page
        assert not re.search(r"13812345678|110101199003071234|6222021234567890123|abc_1234", page)

    def test_shows_what_people_write_and_never_runs_it(self, agent: Colleague, come: Come) -> None:
        come("<script>alert(1)</script>", case={"platform": "<b>卡盟"})
        page = agent.browser.get('/staff/?q="><script>').text
        assert "<script>alert" not in page + agent.browser.get("/staff/?tab=all").text
        assert '"><script>' not in page

    def test_marks_what_one_has_not_read(self, agent: Colleague, reviewer: Colleague, come: Come) -> None:
        talk = come()
        with transaction() as session:
            desk.mark_seen(session, agent.id, session.get_one(Conversation, talk.id), 1)
        pages = [whose.browser.get("/staff/?tab=all").text for whose in (agent, reviewer)]
        assert ["（未读）" in page for page in pages] == [False, True]

    def test_shows_who_has_taken_over_and_who_is_responsible(self, agent: Colleague, come: Come) -> None:
        come(taken_by_id=agent.id, assignee_id=agent.id)
        assert f"{agent.display_name}接管中" in words(agent.browser.get("/staff/?tab=all").text)

    def test_goes_on_page_by_page(self, agent: Colleague, come: Come, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(desk, "PAGE", 2)
        talks = [come() for _ in range(3)]
        first = agent.browser.get("/staff/?tab=all").text
        older = re.search(r'href="(\?[^"]*after=[^"]*)"', first)
        assert older
        second = agent.browser.get("/staff/" + older[1].replace("&amp;", "&")).text
        assert rows(first) + rows(second) == [address(talk) for talk in reversed(talks)]
        assert 'rel="next"' not in second

    def test_counts_no_further_than_anybody_reads(
        self, agent: Colleague, come: Come, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desk, "MANY", 2)
        for _ in range(3):
            come()
        assert "全部 1+" in words(agent.browser.get("/staff/?tab=all").text)

    @pytest.mark.parametrize(
        "query",
        ["tab=x&since=x&after=x", "after=-1--1", f"after=9{'0' * 40}-1", "q=%00&platform=%00", "q=' OR 1=1 --", "q=*"],
    )
    def test_is_shown_whatever_the_address_says(self, agent: Colleague, come: Come, query: str) -> None:
        come()
        assert agent.browser.get(f"/staff/?{query}").status_code == 200


class TestFilters:
    def test_are_shown_as_they_were_chosen(self, agent: Colleague, come: Come) -> None:
        one = come(case={"dispute_kind": "merchant_gone", "platform": "极速卡盟"})
        come(case={"dispute_kind": "not_delivered", "platform": "极速卡盟"})
        with transaction() as session:
            session.add(Label(conversation_id=one.id, name="重点"))
        query = "tab=open&kind=merchant_gone&platform=极速卡盟&label=重点&since=2026-11-01"
        page = agent.browser.get(f"/staff/?{query}").text
        assert rows(page) == [address(one)]
        assert set(re.findall(r'<option value="([^"]+)" selected', page)) == {
            "merchant_gone", "极速卡盟", "重点", "newest",
        }  # fmt: skip
        assert 'name="since" type="date" value="2026-11-01"' in page
        assert "筛选（已选 4 项）" in page

    def test_offer_what_was_chosen_though_nobody_has_it(self, agent: Colleague) -> None:
        page = agent.browser.get("/staff/?platform=谁也没说过&label=没人贴过").text
        assert 'value="谁也没说过" selected' in page
        assert 'value="没人贴过" selected' in page
        assert "没有符合条件的会话。" in page

    def test_stay_when_another_tab_is_opened(self, agent: Colleague) -> None:
        page = agent.browser.get("/staff/?tab=open&kind=merchant_gone").text
        assert 'href="?tab=closed&amp;kind=merchant_gone"' in page


class TestSearch:
    def test_finds_what_a_person_wrote_whatever_the_tab(self, agent: Colleague, come: Come) -> None:
        one = come("在极速卡盟买的话费", case={"stage": Stage.CLOSED})
        come("别的事")
        page = agent.browser.get("/staff/?q=速卡盟").text
        assert rows(page) == [address(one)]
        assert 'type="search" value="速卡盟"' in page

    def test_is_written_down_once_without_numbers(self, agent: Colleague) -> None:
        agent.browser.get("/staff/?q=13812345678")
        agent.browser.get("/staff/?q=13812345678&after=1-1")
        agent.browser.get("/staff/?q=13812345678", headers={"Staff-Live": "1"})
        agent.browser.get("/staff/?tab=all")
        with reading() as session:
            noted = session.query(Audit).filter_by(staff_id=agent.id, action="search").all()
            assert [(one.subject, one.data) for one in noted] == [("list", {"query": "138****5678"})]


class TestKeptLists:
    def test_are_offered_to_who_kept_them(self, agent: Colleague, reviewer: Colleague) -> None:
        kept = agent.browser.post("/staff/lists", data={"name": "跑路的", "query": "tab=open&kind=merchant_gone"})
        assert (kept.status_code, kept.headers["Location"]) == (303, "/staff/?tab=open&kind=merchant_gone")
        chip = '<a class="chip" href="?tab=open&amp;kind=merchant_gone" aria-current="page">跑路的</a>'
        assert chip in agent.browser.get(kept.headers["Location"]).text
        assert "跑路的" not in reviewer.browser.get("/staff/").text

    def test_are_dropped_by_who_kept_them_alone(self, agent: Colleague, reviewer: Colleague) -> None:
        agent.browser.post("/staff/lists", data={"name": "跑路的", "query": "tab=open"})
        with reading() as session:
            number = session.query(SavedFilter.id).scalar()
        reviewer.browser.post(f"/staff/lists/{number}/delete")
        assert "跑路的" in agent.browser.get("/staff/").text
        assert agent.browser.post(f"/staff/lists/{number}/delete").headers["Location"] == "/staff/"
        assert "跑路的" not in agent.browser.get("/staff/").text

    def test_need_a_name(self, agent: Colleague) -> None:
        refused = agent.browser.post("/staff/lists", data={"name": " ", "query": "tab=open"})
        assert refused.status_code == 400
        assert "起个名字" in refused.text
