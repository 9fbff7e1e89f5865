"""OWASP ASVS 5.0, level 2: the points on authentication and sessions, each with what shows it.

What a unit shows as well is tested in `tests/cases/staff`; here each point is asked of the service itself.
"""

import re
import time
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from httpx import Response
from starlette.testclient import TestClient

from cases.database import reading, transaction
from cases.models import Role, StaffSession, StaffUser
from cases.settings import settings
from cases.staff import accounts
from cases.staff.throttle import FREE_PER_NAME, LONGEST

Colleague = Any  # the fixture's class
Employ = Callable[..., Colleague]
OpenBrowser = Callable[..., TestClient]
NEW = "lantern gravel otter 31"


def change(colleague: Colleague, new: str, current: str = "") -> Response:
    """Ask for another password."""
    data = {"current": current or colleague.password, "new": new, "again": new}
    response: Response = colleague.browser.post("/staff/account/password", data=data)
    return response


def sign_in(browser: TestClient, colleague: Colleague, password: str = "") -> Any:
    data = {"name": colleague.name, "password": password or colleague.password}
    return browser.post("/staff/sign-in", data=data)


def code_of(colleague: Colleague) -> str:
    return pyotp.TOTP(colleague.totp_secret).at(int(time.time()))


def is_in(browser: TestClient) -> bool:
    return browser.get("/staff/account").status_code == 200


class TestV62PasswordSecurity:
    def test_1_short_ones_are_refused(self, agent: Colleague) -> None:
        assert change(agent, "x8Kd02-qLm3").status_code == 400

    def test_2_3_they_can_be_changed_with_the_present_one(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        assert change(agent, NEW, current="wrong").status_code == 400
        assert change(agent, NEW).status_code == 303
        assert sign_in(open_browser(), agent).status_code == 401
        assert sign_in(open_browser(), agent, NEW).status_code == 303

    @pytest.mark.parametrize("common", ["password12345", "qwertyuiop123", "iloveyou12345", "123456789012"])
    def test_4_12_common_and_breached_ones_are_refused(self, agent: Colleague, common: str) -> None:
        assert change(agent, common).status_code == 400

    def test_5_any_composition_is_taken(self, agent: Colleague) -> None:
        assert change(agent, "lantern gravel otter").status_code == 303

    def test_6_7_fields_hide_them_and_let_them_be_pasted_and_managed(self, agent: Colleague) -> None:
        page = agent.browser.get("/staff/account").text
        fields = re.findall(r'<input[^>]*type="password"[^>]*>', page)
        assert [re.findall(r'autocomplete="([^"]+)"', field) for field in fields] == [
            ["current-password"],
            ["new-password"],
            ["new-password"],
        ]
        assert "onpaste" not in page

    def test_8_they_are_verified_exactly_as_given(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        assert change(agent, f" {NEW} ").status_code == 303
        assert sign_in(open_browser(), agent, NEW).status_code == 401
        assert sign_in(open_browser(), agent, f" {NEW} ").status_code == 303

    def test_9_long_ones_are_taken(self, agent: Colleague) -> None:
        assert change(agent, f"{NEW} walnut trellis magnet umbrella post office peanut").status_code == 303

    def test_11_words_of_the_place_and_the_person_are_refused(self, agent: Colleague) -> None:
        assert change(agent, "tuikuan-agent-2026").status_code == 400


class TestV63GeneralAuthentication:
    def test_1_guessing_slows_down_and_keeps_nobody_out(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        answers = [sign_in(open_browser(), agent, "wrong").status_code for _ in range(FREE_PER_NAME + 2)]
        assert answers[-1] == 429
        assert LONGEST.total_seconds() <= 60

    def test_2_there_are_no_default_accounts(self, client: TestClient) -> None:
        with reading() as session:
            assert session.query(StaffUser).count() == 0

    def test_3_a_password_alone_opens_nothing(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        browser = open_browser()
        sign_in(browser, agent)
        assert not is_in(browser)

    def test_8_a_name_that_exists_cannot_be_told(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        known = sign_in(open_browser(), agent, "wrong")
        unknown = open_browser().post("/staff/sign-in", data={"name": "ghost", "password": "wrong"})
        assert known.status_code == unknown.status_code
        assert known.text.replace("agent", "ghost") == unknown.text


class TestV64FactorLifecycle:
    def test_1_a_first_password_is_random_and_short_lived(
        self, client: TestClient, open_browser: OpenBrowser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with transaction() as session:
            passwords = [accounts.add(session, None, name, "小王", Role.AGENT)[1] for name in ("wang", "zhao")]
        assert len(set(passwords)) == 2
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-30T10:00:00")
        data = {"name": "wang", "password": passwords[0]}
        assert open_browser().post("/staff/sign-in", data=data).status_code == 401

    def test_2_there_are_no_secret_questions(self, client: TestClient) -> None:
        assert {column.name for column in StaffUser.__table__.columns if "secret" in column.name} == {"totp_secret"}

    def test_4_a_lost_factor_is_replaced_by_somebody_who_knows_them(self, lead: Colleague, agent: Colleague) -> None:
        page = lead.browser.post("/staff/team/agent/reset").text
        assert re.search(r"<code>[A-Z2-9]{5}(-[A-Z2-9]{5}){3}</code>", page)
        with reading() as session:
            found = session.get_one(StaffUser, agent.id)
            assert (found.password_is_temporary, found.totp_secret) == (True, None)


class TestV65SecondFactors:
    def test_1_a_code_is_good_once(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        first, second, code = open_browser(), open_browser(), code_of(agent)
        for browser in (first, second):
            sign_in(browser, agent)
            browser.post("/staff/second-factor", data={"code": code})
        assert (is_in(first), is_in(second)) == (True, False)

    def test_2_codes_on_paper_are_hashed_as_slowly_as_passwords(self, agent: Colleague) -> None:
        page = agent.browser.post("/staff/account/recovery", data={"code": code_of(agent)}).text
        with reading() as session:
            kept = session.get_one(StaffUser, agent.id).recovery_hashes
        assert all(code.startswith("$argon2id$") for code in kept)
        assert len(set(re.findall(r"<li><code>([^<]+)</code>", page))) == len(kept)

    def test_5_a_code_lives_for_a_minute_and_a_half(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        browser = open_browser()
        sign_in(browser, agent)
        old = pyotp.TOTP(agent.totp_secret).at(int(time.time()) - 91)
        assert browser.post("/staff/second-factor", data={"code": old}).status_code == 401


class TestV72Sessions:
    def test_1_they_are_verified_on_the_server(self, open_browser: OpenBrowser, client: TestClient) -> None:
        assert not is_in(open_browser("a token that nobody was given, as long as a real one"))

    def test_2_they_are_no_static_keys(self, open_browser: OpenBrowser, agent: Colleague) -> None:
        assert not is_in(open_browser(agent.name))

    def test_3_their_tokens_have_128_bits_or_more(self, agent: Colleague) -> None:
        assert len(agent.token) * 6 >= 128

    def test_4_each_step_of_signing_in_gives_a_new_token_and_ends_the_old(
        self, agent: Colleague, open_browser: OpenBrowser
    ) -> None:
        browser = open_browser()
        browser.cookies.set("staff", "fixed by somebody else")
        sign_in(browser, agent)
        halfway = browser.cookies.get("staff", domain="testserver.local")
        browser.post("/staff/second-factor", data={"code": code_of(agent)})
        after = browser.cookies.get("staff", domain="testserver.local")
        assert len({"fixed by somebody else", halfway, after}) == 3
        assert not is_in(open_browser(str(halfway)))
        assert is_in(open_browser(str(after)))


class TestV73Timeouts:
    @pytest.mark.parametrize(
        "now", ["2026-11-22T10:30:00", "2026-11-22T22:00:00"], ids=["1 of inactivity", "2 absolute"]
    )
    def test_there_are(self, agent: Colleague, monkeypatch: pytest.MonkeyPatch, now: str) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", now)
        if "22:00" in now:
            with transaction() as session:  # somebody was here a minute ago
                found = session.query(StaffSession).one()
                found.seen_at = found.seen_at.replace(hour=13, minute=59)
        assert not is_in(agent.browser)


class TestV74Ending:
    def test_1_signing_out_ends_it_on_the_server(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        agent.browser.post("/staff/sign-out")
        assert not is_in(open_browser(agent.token))

    def test_2_a_disabled_account_has_none(self, lead: Colleague, agent: Colleague) -> None:
        lead.browser.post("/staff/team/agent/disable")
        assert not is_in(agent.browser)

    def test_3_another_password_ends_the_others(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        thief = open_browser(agent.token)
        change(agent, NEW)
        assert (is_in(agent.browser), is_in(thief)) == (True, False)

    def test_4_every_page_has_a_way_out(self, agent: Colleague) -> None:
        assert 'action="/staff/sign-out"' in agent.browser.get("/staff/account").text

    def test_5_a_lead_can_end_anybodys(self, lead: Colleague, agent: Colleague) -> None:
        lead.browser.post("/staff/team/agent/sign-out")
        assert not is_in(agent.browser)


class TestV75AgainstAbuse:
    def test_1_a_second_look_before_the_password_or_the_codes_change(self, agent: Colleague) -> None:
        assert change(agent, NEW, current="wrong").status_code == 400
        assert agent.browser.post("/staff/account/recovery", data={"code": "nonsense"}).status_code == 400

    def test_2_one_can_see_and_end_ones_own(self, agent: Colleague) -> None:
        page = agent.browser.get("/staff/account").text
        assert "testclient" in page
        assert "就是这个" in page


class TestV33Cookies:
    def test_1_3_4_in_production_it_is_bound_to_the_host_and_hidden(
        self, employ: Employ, open_browser: OpenBrowser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_ENVIRONMENT", "production")
        monkeypatch.setenv("TUIKUAN_SECRET_KEY", "thirty-two characters or some more")
        settings.cache_clear()
        agent = employ(Role.AGENT)
        said = sign_in(open_browser(), agent).headers["set-cookie"]
        name, _, rest = said.partition("=")
        assert name == "__Host-staff"
        assert {part.strip() for part in rest.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=strict", "Secure"}

    def test_2_in_development_too_but_for_tls(self, agent: Colleague, open_browser: OpenBrowser) -> None:
        said = sign_in(open_browser(), agent).headers["set-cookie"]
        assert {part.strip() for part in said.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=strict"}


class TestV82Authorisation:
    def test_1_a_host_header_that_reads_like_a_public_page_opens_nothing(self, open_browser: OpenBrowser) -> None:
        response = open_browser().get("/staff/team", headers={"Host": "testserver/staff/sign-in?"})
        assert response.status_code in {303, 400}

    @pytest.mark.parametrize("path", ["/staff/TEAM", "/staff//team", "/staff/./team", "/staff/sign-in/../team"])
    def test_1_nor_does_a_path_in_disguise(self, open_browser: OpenBrowser, path: str) -> None:
        assert open_browser().get(path).status_code in {303, 404}

    def test_2_a_persons_token_opens_nothing_here_and_ours_nothing_there(
        self, chat: Any, agent: Colleague, open_browser: OpenBrowser
    ) -> None:
        for browser in (open_browser(chat.token), open_browser(Authorization=f"Bearer {chat.token}")):
            assert not is_in(browser)
        for headers in ({}, {"Authorization": f"Bearer {agent.token}"}):
            assert agent.browser.get("/api/chat/me", headers=headers).status_code == 401

    def test_3_what_changes_takes_effect_at_once(self, lead: Colleague, agent: Colleague) -> None:
        lead.browser.post("/staff/team/agent/role", data={"role": "reviewer"})
        assert not is_in(agent.browser)
