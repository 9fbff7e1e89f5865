"""Members of staff in browsers of their own, and browsers in which nobody has signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from api.staff import access
from cases import clock
from cases.database import transaction
from cases.models import Role, StaffUser
from cases.staff import passwords, second_factor, sessions

PASSWORD = "walnut trellis magnet 48"
# How a browser asks for a page of the site it is on.
BROWSER = {"Accept": "text/html,*/*;q=0.8", "Sec-Fetch-Site": "same-origin", "User-Agent": "Firefox"}
DISPLAY = {Role.REVIEWER: "小周", Role.AGENT: "小林", Role.LEAD: "老陈"}


@dataclass(frozen=True)
class Colleague:
    """A member of staff and the browser they are signed in with. It follows no redirects."""

    id: int
    name: str
    display_name: str
    role: Role
    browser: TestClient
    token: str
    totp_secret: str
    password: str = PASSWORD


Employ = Callable[..., Colleague]
OpenBrowser = Callable[..., TestClient]


@pytest.fixture
def open_browser(client: TestClient) -> OpenBrowser:
    """Opens another browser at the same application, with cookies of its own."""

    def opened(token: str = "", **headers: str) -> TestClient:
        browser = TestClient(
            client.app,
            base_url=str(client.base_url),
            headers={**BROWSER, **headers},
            follow_redirects=False,
            raise_server_exceptions=False,
        )
        browser.portal = client.portal  # one loop, as in one process
        if token:
            browser.cookies.set(access.cookie_name(), token)
        return browser

    return opened


@pytest.fixture
def employ(open_browser: OpenBrowser) -> Employ:
    """Makes a member of staff of a role; `verified` is how far they have signed in."""

    def employed(role: Role = Role.AGENT, name: str = "", *, verified: bool = True) -> Colleague:
        secret = second_factor.new_secret()
        with transaction() as session:
            staff = _account(session, name or role.value, role, secret)
            found, token = sessions.start(session, staff, agent=BROWSER["User-Agent"], address="testclient")
            token = sessions.verify(found) if verified else token
        return Colleague(staff.id, staff.name, staff.display_name, role, open_browser(token), token, secret)

    return employed


@pytest.fixture
def reviewer(employ: Employ) -> Colleague:
    """Somebody who reads."""
    return employ(Role.REVIEWER)


@pytest.fixture
def agent(employ: Employ) -> Colleague:
    """Somebody who takes over, too."""
    return employ(Role.AGENT)


@pytest.fixture
def lead(employ: Employ) -> Colleague:
    """Somebody who manages, too."""
    return employ(Role.LEAD)


def _account(session: Session, name: str, role: Role, secret: str) -> StaffUser:
    """Somebody who has set up everything."""
    made = StaffUser(name=name, display_name=DISPLAY[role], role=role, password_hash=_password_hash())
    made.password_is_temporary, made.recovery_hashes, made.created_at = False, [], clock.now()
    session.add(made)
    session.flush()
    made.totp_secret, made.totp_used_step = second_factor.sealed(made, secret), 1
    return made


@cache
def _password_hash() -> str:
    """Made once: it is slow by design."""
    return passwords.hashed(PASSWORD)
