"""The widget on somebody else's page: what it needs may be called from there, and nothing else."""

from typing import Any

import pytest
from starlette.testclient import TestClient

Chat = Any  # the fixture's class
ELSEWHERE = {"Origin": "https://shop.example"}


@pytest.mark.parametrize("path", ["/widget.js", "/demo", "/"])
def test_the_widget_and_its_pages_are_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/api/chat/messages", id="a refusal"),
        pytest.param("/api/files/ABCDEFGHJK/thumb", id="a file"),
        pytest.param("/widget.js", id="the widget"),
        pytest.param("/static/index.html", id="a source"),
        pytest.param("/static/hant/index.html", id="a converted source"),
    ],
)
def test_any_site_may_use_what_the_widget_needs(client: TestClient, path: str) -> None:
    response = client.get(path, headers=ELSEWHERE)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_a_download_tells_its_name_there_too(client: TestClient) -> None:
    assert client.get("/api/chat/me").headers["Access-Control-Expose-Headers"] == "Content-Disposition"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_browser_that_asks_first_is_told_yes(client: TestClient, method: str) -> None:
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization,content-type"}
    response = client.options("/api/chat/me", headers={**ELSEWHERE, **asked})
    assert (response.status_code, response.content) == (204, b"")
    assert method in response.headers["Access-Control-Allow-Methods"]
    for header in ("Authorization", "Content-Type", "Accept-Language"):
        assert header in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/", id="the page"),
        pytest.param("/healthz", id="health"),
        pytest.param("/webhooks/rest/webhook", id="rasa's channel"),
        pytest.param("/staff/", id="the staff"),
        pytest.param("/api/staff/cases", id="the staff's data"),
    ],
)
def test_nothing_else_may_be_called_from_there(client: TestClient, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(path, headers=ELSEWHERE).headers
    assert client.options(path, headers=ELSEWHERE).status_code in (404, 405)


def test_a_failure_of_ours_can_be_read_there_too(chat: Chat) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    chat.client.app.router.add_api_route("/api/chat/boom", fail)
    response = chat.client.get("/api/chat/boom", headers=ELSEWHERE)
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (500, "*")


def test_our_pages_are_framed_by_nobody(client: TestClient) -> None:
    assert "frame-ancestors 'self'" in client.get("/demo").headers["Content-Security-Policy"]
