"""Requests that mean harm: each gets a clear refusal in the one shape, changes nothing, and the server goes on."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from httpx import Response

from cases.database import reading
from cases.models import Base
from cases.settings import settings

Chat = Any  # the fixture's class
Check = Callable[[Response], None]
Draw = Callable[..., bytes]
BOX = {"page": 1, "x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2, "kind": "manual"}
MIB = 1024 * 1024


@dataclass(frozen=True)
class Attack:
    """One request. `{id}`, `{sig}` … stand for what was seen of the victim; `token` is mine, theirs or itself."""

    path: str
    status: set[int]
    method: str = "GET"
    token: str | None = "mine"
    json: Any = None
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


def boxes(**changed: Any) -> Attack:
    """The victim covers a picture of their own with a box that is none; NaN and Infinity as JSON never has them."""
    said = json.dumps({"boxes": [{**BOX, **changed}]}).encode()
    headers = {"Content-Type": "application/json"}
    path = "/api/chat/attachments/{id}/redaction"
    return Attack(path, {400}, "PUT", "victim", content=said, headers=headers)


def message(content: bytes, status: int, kind: str = "application/json") -> Attack:
    return Attack("/api/chat/messages", {status}, "POST", content=content, headers={"Content-Type": kind})


def form(content: bytes, status: int = 422, kind: str = "multipart/form-data; boundary=x") -> Attack:
    return Attack("/api/chat/attachments", {status}, "POST", content=content, headers={"Content-Type": kind})


def part(disposition: str, body: bytes = b"a") -> bytes:
    return b"--x\r\nContent-Disposition: form-data; " + disposition.encode() + b"\r\n\r\n" + body + b"\r\n"


LINK = "/api/files/{id}/preview?until={until}&sig={sig}"
REDACTION = "/api/chat/attachments/{id}/redaction"
KEY = '"client_msg_id": "12345678"'
DEEP = 60_000

ATTACKS = {
    # other people's
    "their file by its id alone": Attack("/api/files/{id}/original", {404}),
    "their file with my token": Attack("/api/files/{id}/original?until={until}&sig=", {404}),
    "what they cover": Attack(REDACTION, {404}),
    "covering it for them": Attack(REDACTION, {404}, "PUT", json={"boxes": [BOX]}),
    "deleting their file": Attack("/api/chat/attachments/{id}", {404, 405}, "DELETE"),
    "their case by its number": Attack("/api/chat/case/{number}", {404}),
    "their documents": Attack("/api/chat/case/documents/demand.pdf", {404}),
    "their documents by number": Attack("/api/chat/case/documents/demand.pdf?case={number}", {404}),
    "their exhibits": Attack("/api/chat/case/exhibits.pdf", {404}),
    "their exhibits by number": Attack("/api/chat/case/exhibits.pdf?redacted=false&case={number}", {404}),
    "their calendar": Attack("/api/chat/case.ics", {404}),
    "erasing them by their session": Attack("/api/chat/me", {401}, "DELETE", "session", json={"confirm": "ERASE"}),
    "erasing them by name": Attack("/api/chat/me", {422}, "DELETE", json={"confirm": "ERASE", "person_id": 1}),
    "reading along by their session": Attack("/api/chat/events", {401}, token="session"),
    "a button of theirs": Attack(
        "/api/chat/messages", {400}, "POST", json={"payload": "{button}", "client_msg_id": "12345678"}
    ),
    # links
    "a signature cut short": Attack("/api/files/{id}/preview?until={until}&sig={cut}", {404}),
    "a signature for another copy": Attack("/api/files/{id}/original?until={until}&sig={sig}", {404}),
    "a signature for longer": Attack("/api/files/{id}/preview?until=9999999999&sig={sig}", {404}),
    "a signature in capitals": Attack("/api/files/{id}/preview?until={until}&sig={upper}", {404}),
    "two signatures": Attack(LINK + "&sig={sig}", {404}),
    "two times": Attack(LINK + "&until=1", {404}),
    "a signature that is no text": Attack("/api/files/{id}/preview?until={until}&sig=%ff%fe", {404}),
    "a time that is none": Attack("/api/files/{id}/preview?until=NaN&sig={sig}", {404}),
    "a redacted copy that nobody asked for": Attack("/api/files/{id}/redacted?until={until}&sig={sig}", {404}),
    "a variant that is a path": Attack("/api/files/{id}/..%2f..%2fsecret.key?until={until}&sig={sig}", {404}),
    "an id that is a path": Attack("/api/files/../../secret.key/original?until={until}&sig={sig}", {404}),
    "an id with NUL": Attack("/api/files/{id}%00/preview?until={until}&sig={sig}", {404}),
    "an id in full-width letters": Attack("/api/files/ＡＢＣ/preview?until={until}&sig={sig}", {404}),
    "an id that is sql": Attack("/api/files/'%20OR%20'1'='1/preview?until={until}&sig={sig}", {404}),
    "writing to a link": Attack(LINK, {405}, "PUT", content=b"a"),
    # paths
    "a document that is a path": Attack("/api/chat/case/documents/..%2f..%2fsettings.txt", {404}),
    "a document by dots": Attack("/api/chat/case/documents/%2e%2e/%2e%2e/app.txt", {404}),
    "a document with NUL": Attack("/api/chat/case/documents/demand%00.txt", {404}),
    "a form that is a program": Attack("/api/chat/case/documents/demand.txt%00.exe", {404, 422}),
    "a source of ours": Attack("/static/%2e%2e/app.py", {404}),
    "a source of ours, converted": Attack("/static/hant/..%2f..%2fapp.py", {404}),
    "a file of the machine": Attack("/static//etc/passwd", {404}),
    # tokens
    "no token": Attack("/api/chat/me", {401}, token=None),
    "a token as long as a book": Attack("/api/chat/me", {401}, token="x" * MIB),
    "a token that is no text": Attack("/api/chat/me", {401}, headers={"Authorization": "Bearer \xff\x00"}),
    "a link's signature as a token": Attack("/api/chat/me", {401}, token="{sig}"),
    # methods
    "a method that is none": Attack("/api/chat/messages", {405}, "FROBNICATE"),
    "tracing": Attack("/api/chat/messages", {405}, "TRACE"),
    "erasing the history": Attack("/api/chat/messages", {405}, "DELETE"),
    # bodies
    "a bomb of brackets": message(b'{"text": ' + b"[" * DEEP + b"]" * DEEP + b"}", 400),
    "a bomb of objects": message(b'{"text": ' + b'{"a":' * (DEEP // 2), 400),
    "a body as long as a library": message(b'{"text": "' + b"a" * MIB + b'"}', 413),
    "json that is none": message(b"{'text': 1}", 422),
    "json by another name": message(b'{"text": "a", ' + KEY.encode() + b"}", 422, "text/plain"),
    "json that is no text": message(b'{"text": "\xff\xfe"}', 400),
    "half a character": message(rb'{"text": "\ud800", ' + KEY.encode() + b"}", 422),
    "half a character of an id": message(rb'{"text": "a", "client_msg_id": "12345678\ud800"}', 422),
    "half a character of a fact": message(
        rb'{"fact": {"name": "platform", "value": "\ud800"}, ' + KEY.encode() + b"}", 422
    ),
    "a list": message(b"[]", 422),
    "everything at once": message(b'{"text": "a", "undo": true, "payload": "b", ' + KEY.encode() + b"}", 422),
    "a fact that is none": message(b'{"fact": {"name": "__class__", "value": "x"}, ' + KEY.encode() + b"}", 400),
    "a fact that is a list": message(b'{"fact": {"name": "amount", "value": [1]}, ' + KEY.encode() + b"}", 422),
    "a history from beyond": Attack("/api/chat/messages?after=99999999999999999999", {422}),
    "a history from before": Attack("/api/chat/messages?after=-1", {422}),
    # forms
    "a form without a boundary": form(b"", 400, "multipart/form-data"),
    "a form that does not end": form(b"--x\r\nContent-Disposition: form-da"),
    "a form without a file": form(part('name="client_msg_id"', b"12345678") + b"--x--"),
    "a form of a thousand fields": form(part('name="a"') * 1100 + b"--x--", 400),
    "a file that is a field": form(part('name="file"') + part('name="client_msg_id"', b"12345678") + b"--x--"),
    "a form that is json": form(b'{"file": "a"}', kind="application/json"),
    "a file that is a page": form(
        part('name="client_msg_id"', b"12345678")
        + part('name="file"; filename="a.png"', b"<html><script>alert(1)</script>")
        + b"--x--",
        400,
    ),
    # boxes
    "a box outside": boxes(x=1.5),
    "a box turned inside out": boxes(width=-0.1),
    "a box that is no number": boxes(x=float("nan")),
    "an endless box": boxes(height=float("inf")),
    "a box of text": boxes(x="0.1"),
    "a box that says yes": boxes(x=True),
    "a box on no page": boxes(page=0),
    "a box of another kind": boxes(kind="../../etc/passwd"),
    "a box with something in it": boxes(onload="alert(1)"),
    "too many boxes": Attack(REDACTION, {400}, "PUT", "victim", json={"boxes": [BOX] * 201}),
    "boxes that are none": Attack(REDACTION, {422}, "PUT", "victim", json={"boxes": "all"}),
}


@pytest.fixture
def victim(talk: Chat, picture: Draw) -> Chat:
    """Somebody with a case and a picture, of which they have a link."""
    talk.tap("没到账")
    talk.upload(picture(), "a.png")
    return talk


@pytest.fixture
def attacker(victim: Chat) -> Chat:
    """Somebody else."""
    return type(victim)(victim.client)


def parts(victim: Chat) -> dict[str, str]:
    """What an attacker may have seen of the victim."""
    [file] = victim.files
    link = dict(pair.split("=") for pair in file["links"]["preview"].partition("?")[2].split("&"))
    return {
        **link,
        "id": file["id"],
        "cut": link["sig"][:-1],
        "upper": link["sig"].upper(),
        "number": victim.get("case").json()["number"],
        "button": victim.history[-1]["buttons"][0]["payload"],
    }


def sent(attack: Attack, victim: Chat, attacker: Chat) -> Response:
    seen = parts(victim)
    tokens = {"mine": attacker.token, "victim": victim.token, "session": victim.session_id, "{sig}": seen["sig"]}
    headers = dict(attack.headers)
    if attack.token is not None:
        headers.setdefault("Authorization", f"Bearer {tokens.get(attack.token, attack.token)}")
    content = attack.content
    if attack.json is not None:
        content = json.dumps(attack.json).replace("{button}", seen["button"]).encode()
        headers["Content-Type"] = "application/json"
    path = attack.path.format(**seen)
    raw = {name: text.encode("latin-1") for name, text in headers.items()}
    return attacker.client.request(attack.method, path, content=content, headers=raw)


def everything() -> list[str]:
    """Every row of every table, and every file on the disk."""
    with reading() as session:
        rows = [str(row) for table in Base.metadata.sorted_tables for row in session.execute(table.select())]
    folders = (settings().attachments_dir, settings().data_dir / "copies")
    return rows + [str(path) for folder in folders for path in sorted(folder.rglob("*"))]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_it_is_refused_and_changes_nothing(
    victim: Chat, attacker: Chat, assert_one_shape: Check, attack: Attack
) -> None:
    before = everything()
    response = sent(attack, victim, attacker)
    assert response.status_code in attack.status, response.text
    assert_one_shape(response)
    assert everything() == before
    assert victim.client.get("/healthz").status_code == 200
    assert victim.client.get(victim.files[0]["links"]["preview"]).status_code == 200


@pytest.mark.parametrize("path", ["messages", "me", "case", "events", "case/exhibits.pdf"])
def test_an_expired_token_opens_nothing(
    victim: Chat, assert_one_shape: Check, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("TUIKUAN_NOW", "2027-11-22T10:00:00")
    response = victim.get(path)
    assert (response.status_code, response.json()["error"]["code"]) == (401, "session_token_invalid")
    assert_one_shape(response)


def test_there_are_at_least_fifty() -> None:
    assert len(ATTACKS) >= 50
