"""Signing in over HTTP: the first time, every time, and all the ways in which it does not work."""

import re
import time
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from httpx import Response
from starlette.testclient import TestClient

from cases.database import transaction
from cases.models import Audit, Role, SignInAttempt, StaffSession, StaffUser
from cases.staff import accounts, recovery
from cases.staff.throttle import FREE_PER_NAME

Colleague = Any  # the fixture's class
Employ = Callable[..., Colleague]
OpenBrowser = Callable[..., TestClient]
PASSWORD = "walnut trellis magnet 48"
WRONG, WRONG_CODE = "登录名或密码不对。", "验证码不对，或者已经用过。"


@pytest.fixture
def browser(open_browser: OpenBrowser) -> TestClient:
    """Nobody is signed in here."""
    return open_browser()


def sign_in(browser: TestClient, name: str, password: str = PASSWORD, wanted: str = "") -> Response:
    return browser.post("/staff/sign-in", data={"name": name, "password": password, "next": wanted})


def give_code(browser: TestClient, code: str, wanted: str = "") -> Response:
    return browser.post("/staff/second-factor", data={"code": code, "next": wanted})


def shown_by(secret: str) -> str:
    """What the telephone shows now."""
    return pyotp.TOTP(secret).at(int(time.time()))


def goes_to(response: Response) -> str:
    assert response.status_code == 303, response.text
    return response.headers["location"]


def problem(response: Response) -> str:
    """What the page says went wrong."""
    found = re.search(r'role="alert">([^<]+)<', response.text)
    assert found, response.text
    return found[1]


def is_in(browser: TestClient) -> bool:
    return browser.get("/staff/account").status_code == 200


class TestTheFirstTime:
    @pytest.fixture
    def one_time(self, client: TestClient) -> str:
        """The one-time password of 小王, whom somebody has just added."""
        with transaction() as session:
            return accounts.add(session, None, "wang", "小王", Role.AGENT)[1]

    @pytest.fixture
    def own(self, browser: TestClient, one_time: str) -> TestClient:
        """The browser in which 小王 has just set an own password."""
        sign_in(browser, "wang", one_time)
        response = browser.post("/staff/password", data={"new": PASSWORD, "again": PASSWORD})
        assert goes_to(response).startswith("/staff/enrol?")
        return browser

    @pytest.fixture
    def secret(self, own: TestClient) -> str:
        """What the page gives the telephone."""
        found = re.search(r"<code>([A-Z2-7 ]+)</code>", own.get("/staff/enrol").text)
        assert found
        return found[1].replace(" ", "")

    def test_leads_from_a_one_time_password_all_the_way_to_where_one_wanted_to_go(
        self, browser: TestClient, one_time: str
    ) -> None:
        wanted = "/staff/account?a=1"
        asked = goes_to(browser.get(wanted))
        assert asked == "/staff/sign-in?next=%2Fstaff%2Faccount%3Fa%3D1"
        assert 'name="next" value="/staff/account?a=1"' in browser.get(asked).text
        assert browser.get(goes_to(sign_in(browser, "wang", one_time, wanted))).status_code == 200
        response = browser.post("/staff/password", data={"new": PASSWORD, "again": PASSWORD, "next": wanted})
        page = browser.get(goes_to(response))
        secret = re.findall(r"<code>([A-Z2-7 ]+)</code>", page.text)[0].replace(" ", "")
        page = browser.post("/staff/enrol", data={"code": shown_by(secret), "next": wanted})
        assert len(set(re.findall(r"<li><code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>", page.text))) == recovery.CODES
        assert f'href="{wanted}"' in page.text
        assert is_in(browser)

    def test_opens_nothing_before_it_is_done(self, browser: TestClient, one_time: str, own: TestClient) -> None:
        assert goes_to(browser.get("/staff/account")).startswith("/staff/sign-in")

    def test_a_one_time_password_is_good_for_setting_another_and_nothing_else(
        self, browser: TestClient, one_time: str
    ) -> None:
        assert goes_to(sign_in(browser, "wang", one_time)) == "/staff/password?next=%2Fstaff%2F"
        assert goes_to(browser.get("/staff/enrol")) == "/staff/password"
        assert goes_to(browser.get("/staff/enrol.svg")) == "/staff/password"
        assert goes_to(give_code(browser, "123456")) == "/staff/password"

    @pytest.mark.parametrize(
        ("new", "again", "says"),
        [
            ("password1234", "password1234", "太容易"),
            ("short", "short", "12"),
            (PASSWORD, PASSWORD + "9", "不一样"),
            ("", "", "12"),
        ],
    )
    def test_another_password_that_is_no_good_is_refused(
        self, browser: TestClient, one_time: str, new: str, again: str, says: str
    ) -> None:
        sign_in(browser, "wang", one_time)
        response = browser.post("/staff/password", data={"new": new, "again": again})
        assert response.status_code == 400
        assert says in problem(response)
        assert browser.get("/staff/password").status_code == 200

    def test_a_one_time_password_is_good_once(self, own: TestClient, open_browser: OpenBrowser, one_time: str) -> None:
        assert problem(sign_in(open_browser(), "wang", one_time)) == WRONG

    def test_the_telephone_takes_a_picture_of_the_secret(self, own: TestClient, secret: str) -> None:
        response = own.get("/staff/enrol.svg")
        assert response.headers["content-type"] == "image/svg+xml"
        assert response.text.startswith("<svg ")
        assert secret not in response.text

    def test_a_wrong_code_enrols_nothing(self, own: TestClient, secret: str) -> None:
        response = own.post("/staff/enrol", data={"code": "nonsense"})
        assert response.status_code == 400
        assert "6 位数字" in problem(response)
        assert not is_in(own)

    def test_the_secret_is_shown_no_more_once_it_is_in_use(
        self, own: TestClient, secret: str, open_browser: OpenBrowser
    ) -> None:
        own.post("/staff/enrol", data={"code": shown_by(secret)})
        assert goes_to(own.get("/staff/enrol")) == "/staff/"
        thief = open_browser()
        sign_in(thief, "wang")
        assert goes_to(thief.get("/staff/enrol")) == "/staff/second-factor"
        assert goes_to(thief.get("/staff/enrol.svg")) == "/staff/second-factor"
        assert goes_to(thief.post("/staff/enrol", data={"code": shown_by(secret)})) == "/staff/second-factor"


class TestEveryTime:
    def test_a_password_and_a_code(self, browser: TestClient, agent: Colleague) -> None:
        step = goes_to(sign_in(browser, "agent", wanted="/staff/account"))
        assert step == "/staff/second-factor?next=%2Fstaff%2Faccount"
        assert 'value="/staff/account"' in browser.get(step).text
        assert not is_in(browser)
        assert goes_to(give_code(browser, shown_by(agent.totp_secret), "/staff/account")) == "/staff/account"
        assert is_in(browser)

    def test_or_a_code_on_paper_once(self, browser: TestClient, agent: Colleague, open_browser: OpenBrowser) -> None:
        with transaction() as session:
            codes, kept = recovery.new()
            recovery.keep(session.get_one(StaffUser, agent.id), kept)
        sign_in(browser, "agent")
        assert goes_to(give_code(browser, codes[4].lower())) == "/staff/"
        other = open_browser()
        sign_in(other, "agent")
        assert problem(give_code(other, codes[4])) == WRONG_CODE

    def test_a_code_is_good_for_one_browser(
        self, browser: TestClient, agent: Colleague, open_browser: OpenBrowser
    ) -> None:
        other, code = open_browser(), shown_by(agent.totp_secret)
        for each in (browser, other):
            sign_in(each, "agent")
        assert goes_to(give_code(browser, code)) == "/staff/"
        assert problem(give_code(other, code)) == WRONG_CODE

    def test_who_is_in_needs_no_sign_in(self, agent: Colleague) -> None:
        assert goes_to(agent.browser.get("/staff/sign-in?next=/staff/account")) == "/staff/account"

    def test_somebody_else_may_sign_in_over_it_and_the_first_is_out(
        self, agent: Colleague, reviewer: Colleague, open_browser: OpenBrowser
    ) -> None:
        sign_in(agent.browser, "reviewer")
        give_code(agent.browser, shown_by(reviewer.totp_secret))
        assert "小周" in agent.browser.get("/staff/account").text
        assert not is_in(open_browser(agent.token))

    def test_it_is_audited(self, browser: TestClient, agent: Colleague) -> None:
        sign_in(browser, "agent", "wrong")
        sign_in(browser, "agent")
        give_code(browser, "nonsense")
        give_code(browser, shown_by(agent.totp_secret))
        browser.post("/staff/sign-out")
        with transaction() as session:
            lines = [(line.staff_id, line.action, line.subject) for line in session.query(Audit).order_by(Audit.id)]
        assert lines == [
            (None, "sign_in_failed", "staff:agent"),
            (agent.id, "second_factor_wrong", "staff:agent"),
            (agent.id, "sign_in", "staff:agent"),
            (agent.id, "sign_out", "staff:agent"),
        ]


class TestItDoesNotWork:
    @pytest.fixture
    def refusals(self, browser: TestClient, employ: Employ) -> dict[str, Response]:
        """What each wrong try is answered."""
        employ(Role.LEAD)
        gone = employ(Role.AGENT, "gone")
        with transaction() as session:
            accounts.disable(session, None, session.get_one(StaffUser, gone.id))
        tries = {"lead": "wrong", "nobody": PASSWORD, "gone": PASSWORD, "": ""}
        return {name: sign_in(browser, name, password) for name, password in tries.items()}

    def test_and_nobody_learns_why(self, refusals: dict[str, Response]) -> None:
        assert {response.status_code for response in refusals.values()} == {401}
        pages = {re.sub(r'(id="f-name"[^>]*value=")[^"]*', r"\1", response.text) for response in refusals.values()}
        assert {problem(response) for response in refusals.values()} == {WRONG}
        assert len({re.sub(r" autofocus| value=\"[^\"]*\"", "", page) for page in pages}) == 1

    def test_and_the_password_is_not_shown_again(self, browser: TestClient) -> None:
        assert PASSWORD not in sign_in(browser, "lead").text

    @pytest.mark.parametrize(
        "data",
        [{}, {"name": "x" * 501, "password": "x"}, {"name": "lead", "password": "x" * 501}, {"name": ["a", "b"]}],
        ids=["nothing", "a name like a book", "a password like a book", "two names"],
    )
    def test_with_a_form_that_is_none(self, browser: TestClient, data: dict[str, Any]) -> None:
        response = browser.post("/staff/sign-in", data=data)
        assert response.status_code in {401, 422}
        assert problem(response)

    @pytest.mark.parametrize("code", ["", "nonsense", "000 000", "ABCDE-FGHJK", "' OR 1=1"])
    def test_with_a_wrong_code(self, browser: TestClient, agent: Colleague, code: str) -> None:
        with transaction() as session:  # else one in a million runs fails
            session.get_one(StaffUser, agent.id).totp_used_step = 2**31 - 1
        sign_in(browser, "agent")
        response = give_code(browser, code)
        assert (response.status_code, problem(response)) == (401, WRONG_CODE)
        assert not is_in(browser)


class TestGuessingSlowsDown:
    def later(self) -> None:
        """A minute passes for what was tried."""
        with transaction() as session:
            for attempt in session.query(SignInAttempt):
                attempt.at = attempt.at.replace(year=attempt.at.year - 1)

    def test_a_right_password_too_early_is_not_looked_at_and_taken_later(
        self, browser: TestClient, agent: Colleague
    ) -> None:
        for _ in range(FREE_PER_NAME + 1):
            assert sign_in(browser, "agent", "wrong").status_code == 401
        response = sign_in(browser, "agent")
        assert response.status_code == 429
        assert re.search(r"请 \d 秒后再试", problem(response))
        assert int(response.headers["retry-after"]) in range(1, 3)
        self.later()
        assert goes_to(sign_in(browser, "agent")).startswith("/staff/second-factor")

    def test_names_that_nobody_has_slow_down_likewise(self, browser: TestClient) -> None:
        statuses = [sign_in(browser, "nobody", "wrong").status_code for _ in range(FREE_PER_NAME + 2)]
        assert statuses == [401] * (FREE_PER_NAME + 1) + [429]

    def test_codes_slow_down_and_a_right_password_does_not_help(self, browser: TestClient, agent: Colleague) -> None:
        for _ in range(FREE_PER_NAME + 1):
            sign_in(browser, "agent")
            assert give_code(browser, "nonsense").status_code == 401
        assert give_code(browser, shown_by(agent.totp_secret)).status_code == 429
        assert sign_in(browser, "agent").status_code == 429

    def test_nobody_guesses_the_present_password_in_a_browser_that_was_left_open(self, agent: Colleague) -> None:
        data = {"current": "wrong", "new": "lantern gravel otter 31", "again": "lantern gravel otter 31"}
        said = [problem(agent.browser.post("/staff/account/password", data=data)) for _ in range(FREE_PER_NAME + 2)]
        assert set(said[:-1]) == {"现在的密码不对。"}
        assert "秒后再试" in said[-1]


class TestWhereItLeads:
    @pytest.mark.parametrize(
        "wanted",
        [
            "https://evil.example/",
            "//evil.example/staff/",
            "/staff/\\evil.example",
            "/staff/..//evil.example",
            "/staff/../api/chat/me",
            "/staff/\r\nSet-Cookie: a=b",
            "javascript:alert(1)",
            "/",
            "/staffing",
            "staff/",
            "",
        ],
    )
    def test_never_out_of_the_console(self, browser: TestClient, agent: Colleague, wanted: str) -> None:
        assert goes_to(sign_in(browser, "agent", wanted=wanted)) == "/staff/second-factor?next=%2Fstaff%2F"
        assert goes_to(give_code(browser, shown_by(agent.totp_secret), wanted)) == "/staff/"

    def test_a_form_that_was_posted_is_not_posted_again(self, browser: TestClient) -> None:
        assert goes_to(browser.post("/staff/account/password")) == "/staff/sign-in"

    def test_what_is_no_page_is_told_so(self, browser: TestClient) -> None:
        response = browser.get("/staff/account", headers={"Accept": "*/*"})
        assert (response.status_code, response.json()["error"]["code"]) == (401, "staff_sign_in_required")


def test_signing_out_ends_the_session_on_the_server(agent: Colleague, open_browser: OpenBrowser) -> None:
    response = agent.browser.post("/staff/sign-out")
    assert goes_to(response) == "/staff/sign-in"
    assert 'staff=""' in response.headers["set-cookie"]
    assert not is_in(open_browser(agent.token))
    with transaction() as session:
        assert session.query(StaffSession).filter_by(ended_at=None).count() == 0
