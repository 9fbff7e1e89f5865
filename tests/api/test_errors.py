"""One shape for every failure, in Chinese, with no trace of how we are built; and headers on every answer."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from cases.errors import BadInput, ChoiceExpired, KnowledgeError, NotAllowed, NotFound, TryAgain, TuikuanError

Chat = Any
Check = Callable[[Response], None]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        pytest.param("GET", "/nowhere", None, 404, id="no such address"),
        pytest.param("GET", "/api/chat/nowhere", None, 404, id="no such route"),
        pytest.param("GET", "/static/nothing.js", None, 404, id="no such file"),
        pytest.param("GET", "/static/../cli.py", None, 404, id="a file of ours"),
        pytest.param("DELETE", "/api/chat/messages", None, 405, id="another method"),
        pytest.param("PUT", "/", None, 405, id="another method on the page"),
        pytest.param("GET", "/api/chat/messages", None, 401, id="no credential"),
        pytest.param("POST", "/webhooks/rest/webhook", {"sender": "a"}, 404, id="a channel that is off"),
        pytest.param("POST", "/webhooks/rest/webhook", {"sender": 1}, 422, id="a wrong type"),
        pytest.param("POST", "/webhooks/rest/webhook", "{", 422, id="no json"),
        pytest.param("GET", "/docs", None, 404, id="no pages about the interface"),
        pytest.param("GET", "/openapi.json", None, 404, id="no description of the interface"),
    ],
)
def test_a_refused_request_gets_the_one_shape(
    client: TestClient, assert_one_shape: Check, method: str, path: str, body: object, status: int
) -> None:
    how = {"content": body} if isinstance(body, str) else {"json": body}
    response = client.request(method, path, **how)  # type: ignore[arg-type]
    assert response.status_code == status
    assert_one_shape(response)


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        pytest.param(BadInput("不行。"), 400, "bad_input", id="bad input"),
        pytest.param(BadInput("不行。", code="text_too_long"), 400, "text_too_long", id="its own code"),
        pytest.param(ChoiceExpired("过期了。"), 400, "choice_expired", id="an old button"),
        pytest.param(NotAllowed("不可以。"), 401, "not_allowed", id="not allowed"),
        pytest.param(NotFound("没有。"), 404, "not_found", id="not found"),
        pytest.param(TryAgain("再试。"), 503, "try_again", id="try again"),
        pytest.param(KnowledgeError("坏了。"), 500, "knowledge", id="a wrong installation"),
        pytest.param(TuikuanError("坏了。"), 500, "internal", id="anything of ours"),
        pytest.param(ZeroDivisionError("secret.py"), 500, "internal", id="anything else"),
    ],
)
def test_a_failure_inside_gets_the_one_shape(
    client: TestClient, assert_one_shape: Check, raised: Exception, status: int, code: str
) -> None:
    def fail() -> None:
        raise raised

    client.app.router.add_api_route("/api/boom", fail)  # type: ignore[attr-defined]
    response = client.get("/api/boom")
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert_one_shape(response)


def test_what_was_sent_is_not_sent_back(chat: Chat) -> None:
    response = chat.post({"text": "6222021234567890123", "oops": 1})
    assert response.status_code == 422
    assert "6222021234567890123" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/", id="the page"),
        pytest.param("/widget.js", id="a script"),
        pytest.param("/healthz", id="health"),
        pytest.param("/api/chat/messages", id="a refusal"),
        pytest.param("/nowhere", id="nothing"),
    ],
)
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_what_is_private_is_not_cached(chat: Chat) -> None:
    assert chat.get("messages").headers["Cache-Control"] == "no-store"
    assert chat.get("case").headers["Cache-Control"] == "no-store"
    assert chat.post({"text": "你好"}).headers["Cache-Control"] == "no-store"


def test_the_page_obeys_its_own_policy(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["Content-Type"].startswith("text/html")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page.text)
    assert not re.search(r"(src|href)=.?(https?:)?//", page.text)
