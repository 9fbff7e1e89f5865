"""Who may open what: every route of the console, tried by everybody. A route without a row here fails the test.

A row says whom a route is open to: anybody, who has shown a password, or a role and those above it.
"""

import re
from collections.abc import Callable
from enum import Enum
from itertools import count
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from httpx import Response
from starlette.testclient import TestClient

from api.staff.page import Page
from cases.database import transaction
from cases.models import Role, StaffSession, StaffUser
from cases.staff import sessions

Colleague = Any  # the fixture's class
Employ = Callable[..., Colleague]
OpenBrowser = Callable[..., TestClient]


class Anybody(Enum):
    """Who need not be a member of staff, or not all the way."""

    AT_ALL = "anybody"
    WITH_A_PASSWORD = "password only"


AT_ALL, WITH_A_PASSWORD = Anybody
REVIEWER, AGENT, LEAD = Role

ROWS: dict[tuple[str, str], Anybody | Role] = {
    # signing in
    ("GET", "/staff/sign-in"): AT_ALL,
    ("POST", "/staff/sign-in"): AT_ALL,
    ("GET", "/staff/second-factor"): WITH_A_PASSWORD,
    ("POST", "/staff/second-factor"): WITH_A_PASSWORD,
    ("GET", "/staff/password"): WITH_A_PASSWORD,
    ("POST", "/staff/password"): WITH_A_PASSWORD,
    ("GET", "/staff/enrol"): WITH_A_PASSWORD,
    ("GET", "/staff/enrol.svg"): WITH_A_PASSWORD,
    ("POST", "/staff/enrol"): WITH_A_PASSWORD,
    ("POST", "/staff/sign-out"): WITH_A_PASSWORD,
    # one's own account
    ("GET", "/staff/account"): REVIEWER,
    ("POST", "/staff/account/password"): REVIEWER,
    ("POST", "/staff/account/recovery"): REVIEWER,
    ("POST", "/staff/account/sessions/{public_id}/end"): REVIEWER,
    # the team
    ("GET", "/staff/team"): LEAD,
    ("POST", "/staff/team"): LEAD,
    ("GET", "/staff/team/{name}"): LEAD,
    ("POST", "/staff/team/{name}/role"): LEAD,
    ("POST", "/staff/team/{name}/disable"): LEAD,
    ("POST", "/staff/team/{name}/enable"): LEAD,
    ("POST", "/staff/team/{name}/sign-out"): LEAD,
    ("POST", "/staff/team/{name}/reset"): LEAD,
    # the list
    ("GET", "/staff/"): REVIEWER,
    ("POST", "/staff/lists"): REVIEWER,
    ("POST", "/staff/lists/{saved_id}/delete"): REVIEWER,
    # a conversation and its case
    ("GET", "/staff/c/{public_id}"): REVIEWER,
    ("POST", "/staff/c/{public_id}/show"): REVIEWER,
    ("GET", "/staff/c/{public_id}/files/{file}/{variant}"): REVIEWER,
    ("POST", "/staff/c/{public_id}/notes"): REVIEWER,
    ("POST", "/staff/c/{public_id}/labels"): REVIEWER,
    ("POST", "/staff/c/{public_id}/labels/remove"): REVIEWER,
    ("POST", "/staff/c/{public_id}/assign"): AGENT,
    ("POST", "/staff/c/{public_id}/take"): AGENT,
    ("POST", "/staff/c/{public_id}/say"): AGENT,
    ("POST", "/staff/c/{public_id}/hand-back"): AGENT,
    ("POST", "/staff/c/{public_id}/evidence/{requirement}/accept"): AGENT,
    ("POST", "/staff/c/{public_id}/evidence/{requirement}/refuse"): AGENT,
    ("POST", "/staff/c/{public_id}/files/{file}/belongs"): AGENT,
    ("POST", "/staff/c/{public_id}/facts/{fact}"): AGENT,
    ("POST", "/staff/c/{public_id}/erase"): LEAD,
    # teaching
    ("GET", "/staff/c/{public_id}/messages/{message}"): REVIEWER,
    ("POST", "/staff/c/{public_id}/messages/{message}"): REVIEWER,
    ("GET", "/staff/teaching"): REVIEWER,
    ("POST", "/staff/teaching"): REVIEWER,
    # how it goes
    ("GET", "/staff/numbers"): REVIEWER,
    ("GET", "/staff/numbers/{name}.csv"): REVIEWER,
    ("GET", "/staff/c/{public_id}/export.{form}"): REVIEWER,
    # what was done
    ("GET", "/staff/audit"): LEAD,
}
# These never end by themselves, so here they are only tried by those to whom they do not open.
STREAMS: dict[tuple[str, str], Anybody | Role] = {
    ("GET", "/staff/events"): REVIEWER,
}

# What stands in a path for what does not exist: nobody changes anything here.
PARAMETER, NOBODYS = re.compile(r"\{[^}]+\}"), "404404"

RANK = (AT_ALL, WITH_A_PASSWORD, REVIEWER, AGENT, LEAD)
# How far everybody gets.
VISITORS: dict[str, Anybody | Role] = {
    "nobody": AT_ALL,
    "a person": AT_ALL,
    "a person's token as ours": AT_ALL,
    "disabled": AT_ALL,
    "expired": AT_ALL,
    "signed out": AT_ALL,
    "password only": WITH_A_PASSWORD,
    "reviewer": REVIEWER,
    "agent": AGENT,
    "lead": LEAD,
}


@pytest.fixture
def visit(employ: Employ, open_browser: OpenBrowser, chat: Any) -> Callable[[str], TestClient]:
    """Opens the browser of a visitor, another one each time. Programs get errors that say what they are."""
    names = (f"staff{number}" for number in count())

    def browser_of(who: str) -> TestClient:
        match who:
            case "nobody":
                browser = open_browser()
            case "a person":
                browser = open_browser(Authorization=f"Bearer {chat.token}")
            case "a person's token as ours":
                browser = open_browser(chat.token)
            case "password only":
                browser = employ(LEAD, next(names), verified=False).browser
            case "disabled" | "expired" | "signed out":
                browser = closed(employ(LEAD, next(names)), who)
            case _:
                browser = employ(Role(who), next(names)).browser
        browser.headers["Accept"] = "*/*"
        return browser

    return browser_of


def closed(colleague: Colleague, how: str) -> TestClient:
    """Their browser, once it should open nothing any more."""
    with transaction() as session:
        found = session.query(StaffSession).filter_by(staff_id=colleague.id).one()
        if how == "disabled":
            session.get_one(StaffUser, colleague.id).disabled_at = found.seen_at
        elif how == "expired":
            found.seen_at = found.created_at = found.created_at.replace(year=2025)
        else:
            sessions.end(found)
    browser: TestClient = colleague.browser
    return browser


def routes(client: TestClient) -> list[tuple[str, str, object]]:
    """Every route under `/staff`, as method, path and what serves it."""
    return [
        (method, context.path, context.original_route)
        for context in iter_route_contexts(client.app.routes)  # type: ignore[attr-defined]
        if (context.path or "").startswith("/staff")
        for method in sorted(context.methods or ())
    ]


def is_refused(response: Response) -> bool:
    """Whether the guard, or a role, kept somebody out."""
    return response.status_code == 403 or "staff_sign_in_required" in response.text


def test_every_route_has_a_row_and_every_row_a_route(client: TestClient) -> None:
    served = {(method, path) for method, path, _ in routes(client)}
    assert served == ROWS.keys() | STREAMS.keys()


def test_every_route_tells_its_refusals_on_pages(client: TestClient) -> None:
    assert [path for _, path, route in routes(client) if not isinstance(route, Page)] == []


@pytest.mark.parametrize("who", VISITORS)
def test_it_opens_what_it_should_and_nothing_else(visit: Callable[[str], TestClient], who: str) -> None:
    """One application for all routes: it takes longer to start than to answer."""
    wrong = []
    for (method, path), least in (ROWS | STREAMS).items():
        may = RANK.index(VISITORS[who]) >= RANK.index(least)
        if may and (method, path) in STREAMS:
            continue
        response = visit(who).request(method, PARAMETER.sub(NOBODYS, path))
        if is_refused(response) is may or response.status_code >= 500:
            wrong.append((method, path, response.status_code, response.text[:200]))
    assert wrong == []
