"""The frame of the console, and what its templates may not do."""

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from starlette.requests import Request

from api.staff import pages
from api.staff.access import StaffMember
from cases.models import Role

TEMPLATES = sorted(pages.TEMPLATES.rglob("*.html"))
# What the policy forbids (`api/headers.py`), and what would send somebody's words as markup.
FORBIDDEN = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)|\|\s*safe\b|https?://(?!www\.w3\.org)"
)


def somebody(role: Role) -> StaffMember:
    return StaffMember(id=1, name="lin", display_name="<小林>", role=role, session_id=1)


def request(path: str = "/staff/") -> Request:
    return Request({"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""})


def page(staff: StaffMember | None, path: str = "/staff/", **context: Any) -> str:
    return bytes(pages.render(request(path), staff, "base.html", **context).body).decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_template_is_read_and_keeps_to_the_policy(template: Path) -> None:
    pages.environment().get_template(str(template.relative_to(pages.TEMPLATES)))
    source = re.sub(r"{#.*?#}", "", template.read_text(), flags=re.DOTALL)
    assert FORBIDDEN.findall(source) == []


@pytest.mark.parametrize(
    ("role", "names"),
    [
        pytest.param(Role.REVIEWER, ["会话", "教学", "数字"], id="reviewer"),
        pytest.param(Role.AGENT, ["会话", "教学", "数字"], id="agent"),
        pytest.param(Role.LEAD, ["会话", "教学", "数字", "团队", "审计"], id="lead"),
    ],
)
def test_the_navigation_offers_what_the_role_may_open(role: Role, names: list[str]) -> None:
    assert [section.name for section in pages.sections(somebody(role))] == names


def test_nobody_signed_in_sees_no_navigation() -> None:
    assert "<nav" not in page(None)
    assert "<script" not in page(None)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param("/staff/", "会话", id="the list"),
        pytest.param("/staff/c/ABC", "会话", id="one conversation"),
        pytest.param("/staff/audit", "审计", id="audit"),
        pytest.param("/staff/team/add", "团队", id="deeper"),
    ],
)
def test_the_navigation_says_where_one_is(path: str, name: str) -> None:
    here = re.findall(r'aria-current="page">\s*(\w+)', page(somebody(Role.LEAD), path))
    assert here == [name]


def test_words_are_escaped() -> None:
    assert "<小林>" not in page(somebody(Role.AGENT))
    assert "&lt;小林&gt;" in page(somebody(Role.AGENT))
    assert "<b>" not in page(None, problem="<b>")


def test_what_was_done_and_what_was_not_is_said() -> None:
    said = page(somebody(Role.AGENT), notice="已保存。", problem="没有保存。")
    assert re.search(r'role="status">已保存。', said)
    assert re.search(r'role="alert">没有保存。', said)


def test_a_name_that_was_not_given_is_a_mistake() -> None:
    with pytest.raises(UndefinedError):
        pages.environment().from_string("{{ forgotten }}").render()


def test_a_problem_is_a_page_with_its_status() -> None:
    answer = pages.problem(request(), somebody(Role.AGENT), "这一页只有主管能看。", status=403)
    assert answer.status_code == 403
    assert "这一页只有主管能看。" in bytes(answer.body).decode()
