"""The team's pages: a lead adds people, gives them a role, closes their accounts and sees what was done."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from cases.audit import service as audit
from cases.database import reading, transaction
from cases.models import Role, StaffUser
from cases.staff import repository

Colleague = Any  # the fixture's class
OpenBrowser = Callable[..., TestClient]


def role_of(name: str) -> str:
    with reading() as session:
        found = repository.by_name(session, name)
        assert found
        return found.role


def test_everybody_is_listed(lead: Colleague, agent: Colleague, reviewer: Colleague) -> None:
    page = lead.browser.get("/staff/team").text
    assert all(name in page for name in ("老陈", "小林", "小周"))


def test_a_new_one_gets_a_password_that_is_shown_once_and_works(lead: Colleague, open_browser: OpenBrowser) -> None:
    form = {"name": "wang", "display_name": "小王<b>", "role": "agent"}
    page = lead.browser.post("/staff/team", data=form).text
    assert "小王&lt;b&gt;" in page
    [password] = re.findall(r"<code>([A-Z2-9]{5}(?:-[A-Z2-9]{5}){3})</code>", page)
    assert password not in lead.browser.get("/staff/team/wang").text
    response = open_browser().post("/staff/sign-in", data={"name": "wang", "password": password})
    assert response.headers["location"].startswith("/staff/password")


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": "lead", "display_name": "小王", "role": "agent"}, "已经有"),
        ({"name": "小王", "display_name": "小王", "role": "agent"}, "登录名"),
        ({"name": "wang", "display_name": "", "role": "agent"}, "称呼"),
        ({"name": "wang", "display_name": "小王", "role": "root"}, "角色"),
        ({}, "角色"),
    ],
    ids=["taken", "hard to type", "no name for people", "no such role", "nothing"],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(lead: Colleague, form: dict[str, str], says: str) -> None:
    response = lead.browser.post("/staff/team", data=form)
    assert response.status_code == 400
    assert says in response.text
    assert f'value="{form.get("name", "")}"' in response.text


def test_a_role_is_given(lead: Colleague, agent: Colleague) -> None:
    assert lead.browser.post("/staff/team/agent/role", data={"role": "lead"}).status_code == 303
    assert role_of("agent") == Role.LEAD


@pytest.mark.parametrize(("path", "form"), [("role", {"role": "agent"}), ("disable", {})])
def test_the_last_lead_stays(lead: Colleague, path: str, form: dict[str, str]) -> None:
    response = lead.browser.post(f"/staff/team/lead/{path}", data=form)
    assert (response.status_code, "最后一位主管" in response.text) == (400, True)
    assert role_of("lead") == Role.LEAD


def test_a_disabled_account_can_be_opened_again(lead: Colleague, agent: Colleague, open_browser: OpenBrowser) -> None:
    credentials = {"name": "agent", "password": agent.password}
    lead.browser.post("/staff/team/agent/disable")
    assert "已停用" in lead.browser.get("/staff/team/agent").text
    assert open_browser().post("/staff/sign-in", data=credentials).status_code == 401
    lead.browser.post("/staff/team/agent/enable")
    assert open_browser().post("/staff/sign-in", data=credentials).status_code == 303


def test_nobody_has_no_page(lead: Colleague) -> None:
    response = lead.browser.get("/staff/team/nobody")
    assert response.status_code == 404
    assert "没有叫这个名字的账号" in response.text


def test_who_is_no_lead_is_told_so_on_a_page(agent: Colleague) -> None:
    response = agent.browser.get("/staff/team")
    assert response.status_code == 403
    assert "请找主管" in response.text
    assert "小林" in response.text


class TestTheAudit:
    @pytest.fixture
    def read(self, lead: Colleague, agent: Colleague) -> Colleague:
        """小林 has read a hundred cases; 老陈 looks."""
        with transaction() as session:
            for number in range(100):
                audit.note(session, agent.id, "read_case", f"case:C{number:03}", fields=["<i>"])
            audit.note(session, lead.id, "unmask", "case:C007")
        return lead

    def subjects(self, colleague: Colleague, query: str = "") -> list[str]:
        return re.findall(r"<code>([^<]+)</code>", colleague.browser.get(f"/staff/audit{query}").text)

    def test_shows_the_newest_first_and_the_older_ones_after_them(self, read: Colleague) -> None:
        page = read.browser.get("/staff/audit").text
        assert self.subjects(read)[:2] == ["case:C007", "case:C099"]
        assert "看案子" in page
        assert "&lt;i&gt;" in page
        [older] = re.findall(r'href="(/staff/audit\?[^"]*after=[^"]+)"', page)
        assert self.subjects(read, older.replace("&amp;", "&").removeprefix("/staff/audit"))[0] == "case:C050"

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?who=agent&subject=case:C042", ["case:C042"]),
            ("?action=unmask", ["case:C007"]),
            ("?who=nobody", []),
            ("?day=2026-11-22&subject=case:C007", ["case:C007", "case:C007"]),
            ("?day=2026-11-21", []),
        ],
    )
    def test_finds_what_is_asked_for(self, read: Colleague, query: str, found: list[str]) -> None:
        assert self.subjects(read, query) == found

    @pytest.mark.parametrize("query", ["?day=yesterday", "?after=x", "?after=-1", "?subject=" + "x" * 101])
    def test_refuses_what_is_no_question(self, read: Colleague, query: str) -> None:
        assert read.browser.get(f"/staff/audit{query}").status_code in {400, 422}

    def test_remembers_who_is_gone(self, read: Colleague, agent: Colleague) -> None:
        read.browser.post("/staff/team/agent/disable")
        with transaction() as session:
            assert session.get_one(StaffUser, agent.id).disabled_at
        assert len(self.subjects(read, "?who=agent")) == 50
