"""Browsers that are signed in: what keeps one in, and who can end it."""

import time
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from httpx import Response
from starlette.testclient import TestClient

from api.staff.access import LIVE_HEADER
from cases.database import transaction
from cases.models import Role, StaffSession

Colleague = Any  # the fixture's class
Employ = Callable[..., Colleague]
OpenBrowser = Callable[..., TestClient]
Clock = Callable[[str], None]
NEW = "lantern gravel otter 31"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Puts the clock to a time of the day; it was ten."""
    return lambda time: monkeypatch.setenv("TUIKUAN_NOW", f"2026-11-22T{time}")


def is_in(browser: TestClient, **headers: str) -> bool:
    return browser.get("/staff/account", headers=headers).status_code == 200


def public_id(colleague: Colleague) -> str:
    """What their browser is called in lists."""
    with transaction() as session:
        return session.query(StaffSession).filter_by(staff_id=colleague.id).one().public_id


class TestOneIsKept:
    def test_by_what_somebody_does(self, agent: Colleague, at: Clock) -> None:
        for moment in ("10:25:00", "10:50:00", "11:15:00"):
            at(moment)
            assert is_in(agent.browser)

    @pytest.mark.parametrize("header", [{LIVE_HEADER: "1"}, {"Accept": "text/event-stream"}], ids=["a part", "events"])
    def test_but_not_by_what_a_page_does_by_itself(self, agent: Colleague, at: Clock, header: dict[str, str]) -> None:
        at("10:25:00")
        assert is_in(agent.browser, **header)
        at("10:35:00")
        assert not is_in(agent.browser)

    def test_and_never_longer_than_half_a_day(self, agent: Colleague, at: Clock) -> None:
        for minutes in range(25, 12 * 60, 25):
            at(f"{10 + minutes // 60}:{minutes % 60:02}:00")
            assert is_in(agent.browser)
        at("22:00:00")
        assert not is_in(agent.browser)


class TestTheListOfOnesOwn:
    def test_shows_each_browser_and_which_is_this(self, agent: Colleague) -> None:
        page = agent.browser.get("/staff/account").text
        assert "Firefox" in page
        assert "就是这个" in page

    def test_ends_another(self, agent: Colleague, open_browser: OpenBrowser, at: Clock) -> None:
        other = open_browser(**{"User-Agent": "<script>alert(1)</script>"})
        _sign_in_again(other, agent)
        page = agent.browser.get("/staff/account").text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        [ending] = _posts(page, "/staff/account/sessions/")
        assert agent.browser.post(ending).headers["location"] == "/staff/account?done=session"
        assert not is_in(other)
        assert is_in(agent.browser)

    def test_ends_nobody_elses(self, agent: Colleague, reviewer: Colleague) -> None:
        response = agent.browser.post(f"/staff/account/sessions/{public_id(reviewer)}/end")
        assert response.status_code == 404
        assert is_in(reviewer.browser)


class TestAnotherPassword:
    def change(self, colleague: Colleague, current: str, new: str = NEW, again: str = NEW) -> Response:
        data = {"current": current, "new": new, "again": again}
        response: Response = colleague.browser.post("/staff/account/password", data=data)
        return response

    def test_ends_the_others_and_renews_this_one(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        other, thief = open_browser(), open_browser(agent.token)
        _sign_in_again(other, agent)
        assert self.change(agent, agent.password).status_code == 303
        assert is_in(agent.browser)
        assert not is_in(other)
        assert not is_in(thief)

    def test_takes_the_present_one(self, agent: Colleague) -> None:
        response = self.change(agent, "wrong")
        assert (response.status_code, "现在的密码不对。" in response.text) == (400, True)

    @pytest.mark.parametrize(("new", "again"), [("password1234", "password1234"), (NEW, "another"), ("", "")])
    def test_is_a_good_one(self, agent: Colleague, new: str, again: str) -> None:
        assert self.change(agent, agent.password, new, again).status_code == 400
        assert self.change(agent, agent.password).status_code == 303


def test_new_codes_on_paper_are_shown_once_for_a_code(agent: Colleague) -> None:
    assert agent.browser.post("/staff/account/recovery", data={"code": "nonsense"}).status_code == 400
    page = agent.browser.post("/staff/account/recovery", data={"code": _shown_by(agent)})
    assert page.text.count("<li><code>") == 10
    assert "还剩 10 个" in agent.browser.get("/staff/account").text


class TestALeadEndsThem:
    @pytest.mark.parametrize("how", ["sign-out", "disable", "reset"])
    def test_at_once(self, lead: Colleague, agent: Colleague, how: str) -> None:
        assert is_in(agent.browser)
        assert lead.browser.post(f"/staff/team/agent/{how}").status_code in {200, 303}
        assert not is_in(agent.browser)
        assert is_in(lead.browser)

    def test_with_another_role(self, lead: Colleague, agent: Colleague) -> None:
        lead.browser.post("/staff/team/agent/role", data={"role": Role.REVIEWER.value})
        assert not is_in(agent.browser)

    def test_of_a_lead_as_well(self, lead: Colleague, employ: Employ) -> None:
        other = employ(Role.LEAD, "other")
        lead.browser.post("/staff/team/other/role", data={"role": Role.AGENT.value})
        assert not is_in(other.browser)


def _posts(page: str, beginning: str) -> list[str]:
    """Where the forms of a page lead."""
    return [form.partition('"')[0] for form in page.split('action="') if form.startswith(beginning)]


def _sign_in_again(browser: TestClient, colleague: Colleague) -> None:
    browser.post("/staff/sign-in", data={"name": colleague.name, "password": colleague.password})
    browser.post("/staff/second-factor", data={"code": _shown_by(colleague)})
    assert is_in(browser)


def _shown_by(colleague: Colleague) -> str:
    return pyotp.TOTP(colleague.totp_secret).at(int(time.time()))
