"""What another site's page sends changes nothing, whoever is signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from cases.database import transaction
from cases.models import StaffUser

Colleague = Any  # the fixture's class
OpenBrowser = Callable[..., TestClient]
FORM = {"name": "mallory", "display_name": "小马", "role": "lead"}

FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "a neighbour": {"Sec-Fetch-Site": "same-site", "Origin": "https://blog.testserver"},
    "no page at all": {"Sec-Fetch-Site": "none"},
    "a browser that tells another origin": {"Origin": "https://evil.example"},
    "a browser that tells a longer one": {"Origin": "http://testserver.evil.example"},
    "a browser that tells a shorter one": {"Origin": "http://test"},
    "a browser that hides its origin": {"Origin": "null"},
    "a browser that tells an empty origin": {"Origin": ""},
    "a browser that tells nothing": {},
    "one that contradicts itself": {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
}
OURS = {
    "a browser of today": {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    "one on an insecure host": {"Origin": "http://testserver"},
    "one behind a proxy that ends TLS": {"Origin": "https://testserver"},
}


def added(lead: Colleague, open_browser: OpenBrowser, headers: dict[str, str]) -> tuple[int, bool]:
    """How a form is answered that comes with these headers, and whether it was taken."""
    browser = open_browser(lead.token)
    del browser.headers["Sec-Fetch-Site"]
    status = browser.post("/staff/team", data=FORM, headers=headers).status_code
    with transaction() as session:
        return status, session.query(StaffUser).filter_by(name="mallory").count() == 1


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_a_form_from_elsewhere_is_refused(lead: Colleague, open_browser: OpenBrowser, headers: dict[str, str]) -> None:
    assert added(lead, open_browser, headers) == (403, False)


@pytest.mark.parametrize("headers", OURS.values(), ids=OURS)
def test_a_form_of_ours_is_taken(lead: Colleague, open_browser: OpenBrowser, headers: dict[str, str]) -> None:
    assert added(lead, open_browser, headers) == (200, True)


def test_every_route_that_changes_something_refuses_it(lead: Colleague) -> None:
    """Signing in too: else somebody might work in another's name without knowing."""
    changing = [
        (method, (context.path or "").replace("{", "").replace("}", ""))
        for context in iter_route_contexts(lead.browser.app.routes)
        if (context.path or "").startswith("/staff")
        for method in context.methods or ()
        if method not in {"GET", "HEAD", "OPTIONS"}
    ]
    answers = {
        (method, path): lead.browser.request(method, path, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        for method, path in changing
    }
    assert ("POST", "/staff/sign-in") in answers
    assert set(answers.values()) == {403}


def test_a_page_may_be_opened_from_elsewhere(lead: Colleague) -> None:
    """By a link; the browser itself keeps the cookie back then."""
    assert lead.browser.get("/staff/team", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_the_refusal_is_a_page_that_says_so(lead: Colleague) -> None:
    response = lead.browser.post("/staff/team", data=FORM, headers={"Sec-Fetch-Site": "cross-site"})
    assert "没有执行" in response.text
    assert response.headers["content-type"].startswith("text/html")
