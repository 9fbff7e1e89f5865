"""The page of numbers: what it counts, where it leads, what it hides, and its tables for a spreadsheet."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.staff.numbers import TABLES
from cases import clock
from cases.case import service as cases_
from cases.database import reading, transaction
from cases.models import Audit, Author, Message
from cases.people import service as people
from cases.transcript import service as transcript

Colleague = Any  # the fixture's class
Talk = Callable[..., None]
PHONE = "13812345678"


@pytest.fixture
def talks() -> Talk:
    """Makes a conversation with a case; `lines` are said in it as (text, intent, confidence)."""

    def made(name: str, *lines: tuple[str, str, float], days: int = 0, **facts: Any) -> None:
        at = clock.now() - timedelta(days=days)
        with transaction() as session:
            found = transcript.conversation_of(session, people.by_channel(session, "test", name))
            found.created_at = found.last_at = at
            found.case = cases_.open_case(session, found.person)
            for fact, value in {"opened_at": at, **facts}.items():
                setattr(found.case, fact, value)
            for text, intent, confidence in lines or (("没到账", "not_delivered", 0.9),):
                line = Message(conversation_id=found.id, channel="web", author=Author.PERSON, text=text, sent_at=at)
                line.intent, line.confidence = intent, confidence
                session.add(line)

    return made


@pytest.fixture
def page(client: TestClient, reviewer: Colleague) -> Callable[..., str]:
    """What stands on the page, or in one of its tables."""

    def read(path: str = "", days: int = 30) -> str:
        response = reviewer.browser.get(f"/staff/numbers{path}?days={days}")
        assert response.status_code == 200, response.text
        return str(response.text)

    return read


def section(html: str, id_: str) -> str:
    found = re.search(rf'<section class="[^"]*" aria-labelledby="{id_}">.*?</section>', html, re.DOTALL)
    assert found
    return found[0]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def rows(csv: str) -> list[list[str]]:
    return [line.split(",") for line in csv.removeprefix("\ufeff").splitlines()]


class TestThePage:
    def test_without_any_conversation_says_so(self, page: Callable[..., str]) -> None:
        assert "还没有数字" in page()

    def test_has_every_table(self, page: Callable[..., str]) -> None:
        html = page()
        assert all(section(html, name) for name in TABLES)

    @pytest.mark.parametrize(("days", "seen"), [(7, 1), (30, 2), (365, 3), (31, 2)])
    def test_counts_the_period_that_is_chosen(
        self, page: Callable[..., str], talks: Talk, days: int, seen: int
    ) -> None:
        for name, ago in (("a", 1), ("b", 20), ("c", 100)):
            talks(name, days=ago)
        assert re.search(rf"{seen}\s+新案子", plain(page(days=days)))

    def test_refuses_a_period_that_cannot_be(self, client: TestClient, reviewer: Colleague) -> None:
        assert reviewer.browser.get("/staff/numbers?days=0").status_code == 422

    def test_draws_with_a_table_beside_it(self, page: Callable[..., str], talks: Talk) -> None:
        talks("a", dispute_kind="merchant_gone", days=1)
        drawn = section(page(), "weeks")
        assert "<svg" in drawn
        assert 'aria-labelledby="plot-weeks-title plot-weeks-desc"' in drawn
        assert "商家跑路" in plain(drawn[drawn.index("<table>") :])

    def test_is_counted_at_most_once_a_minute(self, page: Callable[..., str], talks: Talk) -> None:
        talks("a")
        page()
        talks("b")
        assert re.search(r"1\s+新案子", plain(page()))


class TestWhereNumbersLead:
    @pytest.mark.parametrize(
        ("table", "link"),
        [
            pytest.param("kinds", "tab=all&amp;kind=not_delivered&amp;since=2026-10-24", id="a kind"),
            pytest.param("platforms", "platform=%E6%9E%81%E9%80%9F%E5%8D%A1%E7%9B%9F", id="a platform"),
            pytest.param("merchants", "merchant=%E5%B0%8F%E5%BA%97", id="a merchant"),
            pytest.param("confidence", "doubted=1", id="what was hardly understood"),
            pytest.param("funnel", "tab=closed&amp;since=2026-10-24", id="what is closed"),
            pytest.param("unanswered", "q=%E5%A4%A9%E6%B0%94", id="what was not answered"),
        ],
    )
    def test_the_list_behind_it(self, page: Callable[..., str], talks: Talk, table: str, link: str) -> None:
        facts = {"dispute_kind": "not_delivered", "platform": "极速卡盟", "merchant": "小店"}
        talks("a", ("天气", "out_of_scope", 0.3), **facts)
        assert link in section(page(), table)

    def test_a_list_that_they_lead_to_has_those_who_were_counted(
        self, page: Callable[..., str], talks: Talk, reviewer: Colleague
    ) -> None:
        talks("a", platform="极速卡盟")
        talks("b", platform="云端卡盟")
        found = re.search(r'href="(/staff/\?[^"]*platform=%E6[^"]*)"', section(page(), "platforms"))
        assert found
        listed = plain(reviewer.browser.get(found[1].replace("&amp;", "&")).text)
        assert "极速卡盟" in listed[listed.index("全部") :]


class TestAgainstOne:
    def test_many_people_may_complain_together(self, page: Callable[..., str], talks: Talk) -> None:
        for name in "abcde":
            talks(name, platform="极速卡盟", merchant="飞鸟数码")
        for name in "fghi":
            talks(name, platform="云端卡盟")
        table = rows(page("/platforms.csv"))
        assert [(row[0], row[1], row[-1]) for row in table[1:]] == [
            ("极速卡盟", "5", "可以合并投诉"),
            ("云端卡盟", "4", ""),
        ]
        assert "可以合并投诉" in plain(section(page(), "merchants"))

    def test_a_persons_name_is_masked_and_leads_nowhere(self, page: Callable[..., str], talks: Talk) -> None:
        talks("a", merchant="王小明")
        html = section(page(), "merchants")
        assert "王某" in html
        assert "王小明" not in html
        assert "%E7%8E%8B" not in html


class TestWhatWasNotAnswered:
    def test_is_masked_and_leads_nowhere_if_it_tells_of_somebody(self, page: Callable[..., str], talks: Talk) -> None:
        talks("a", (f"打我电话{PHONE}", "nlu_fallback", 0.1))
        html = page()
        assert PHONE not in html
        assert "138****5678" in section(html, "unanswered")

    def test_is_one_however_it_is_spelled(self, page: Callable[..., str], talks: Talk) -> None:
        talks("a", *[(text, "out_of_scope", 0.3) for text in ("今天天气", "今天天氣", "今天 天气", "别的")])
        assert [row[1] for row in rows(page("/unanswered.csv"))[1:]] == ["3", "1"]

    def test_is_no_formula_in_a_spreadsheet(self, page: Callable[..., str], talks: Talk) -> None:
        talks("a", ('=HYPERLINK("http://x")', "nlu_fallback", 0.1))
        assert "\"'=HYPERLINK" in page("/unanswered.csv")


class TestCsv:
    @pytest.mark.parametrize("name", TABLES)
    def test_every_table_is_there(self, page: Callable[..., str], talks: Talk, name: str) -> None:
        talks("a", platform="极速卡盟", merchant="小店", dispute_kind="not_delivered")
        assert page(f"/{name}.csv").startswith("\ufeff")

    def test_is_saved_and_written_down(self, client: TestClient, agent: Colleague) -> None:
        response = agent.browser.get("/staff/numbers/kinds.csv?days=7")
        assert response.headers["Content-Disposition"] == 'attachment; filename="kinds-7d-2026-11-22.csv"'
        assert response.headers["Cache-Control"] == "private, no-store"
        with reading() as session:
            noted = session.scalars(select(Audit).where(Audit.action == "export")).one()
        assert (noted.staff_id, noted.subject, noted.data) == (agent.id, "list", {"table": "kinds", "days": 7})

    def test_of_no_table_is_not_there(self, client: TestClient, agent: Colleague) -> None:
        assert agent.browser.get("/staff/numbers/passwords.csv").status_code == 404


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("fact.amount", "事实：付款金额"),
        ("evidence.ev_order", "证据：订单详情"),
        ("step.L2_demand", "要做：书面要求商家退款"),
        ("outcome.L2_demand", "结果：书面要求商家退款"),
        ("confirm.cancel", "等对方确认"),
        ("opening", "遇到了什么事"),
        (None, "没有在问"),
        ("evidence.ev_of_old", "证据：ev_of_old"),
    ],
)
def test_where_people_leave_is_told_in_words(
    page: Callable[..., str], talks: Talk, asked: str | None, name: str
) -> None:
    talks("a", days=5)
    with transaction() as session:
        transcript.conversation_of(session, people.by_channel(session, "test", "a")).asked = asked
    assert rows(page("/left_at.csv"))[1] == [name, "1", "1.0000"]
