"""Exports of a conversation and its case: their forms, what they hide unless asked, and the line in the audit."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from cases.database import reading, transaction
from cases.dialogue import Understood
from cases.models import Audit, Conversation, Person, StaffUser
from cases.review import marks

Chat = Any  # the fixtures' classes
Colleague = Any
Talking = Any
Draw = Callable[..., bytes]
PHONE = "13812345678"
STORY = f"极速卡盟充话费没到，电话{PHONE}"


@pytest.fixture
def client(serve: Callable[..., TestClient], talking: Talking) -> TestClient:
    """The application with the real dialogue."""
    talking.means[STORY] = ("facts", Understood(STORY, "not_delivered", facts={"platform": "极速卡盟"}))
    return serve(talking)


@pytest.fixture
def here(chat: Chat) -> str:
    """Where somebody's conversation is, who has told what happened."""
    chat.say(STORY)
    return where()


def where() -> str:
    with reading() as session:
        return f"/staff/c/{session.scalars(select(Person)).one().public_id}"


def audited() -> list[tuple[str, str, dict[str, Any]]]:
    with reading() as session:
        return [(line.action, line.subject, line.data) for line in session.scalars(select(Audit).order_by(Audit.id))]


@pytest.mark.parametrize(
    ("form", "media_type", "begins"),
    [
        ("md", "text/markdown; charset=utf-8", "# 对话".encode()),
        ("json", "application/json", b"{"),
        ("pdf", "application/pdf", b"%PDF-"),
        ("zip", "application/zip", b"PK"),
    ],
)
def test_every_form_is_saved_and_kept_nowhere(
    here: str, reviewer: Colleague, form: str, media_type: str, begins: bytes
) -> None:
    response = reviewer.browser.get(f"{here}/export.{form}")
    assert response.status_code == 200
    assert response.content.startswith(begins)
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert response.headers["Content-Disposition"].endswith(f"-{here.rsplit('/', 1)[1][:6]}-2026-11-22.{form}")


def test_numbers_are_masked_unless_they_are_asked_for(here: str, agent: Colleague) -> None:
    assert PHONE not in agent.browser.get(f"{here}/export.md").text
    assert PHONE not in agent.browser.get(f"{here}/export.md?masked=1").text
    assert PHONE in agent.browser.get(f"{here}/export.md?masked=0").text


def test_notes_stay_here_unless_they_are_asked_for(here: str, agent: Colleague) -> None:
    with transaction() as session:
        marks.write(session, session.scalars(select(Conversation)).one(), session.get_one(StaffUser, agent.id), "难缠")
    assert "难缠" not in agent.browser.get(f"{here}/export.md").text
    assert "难缠" in agent.browser.get(f"{here}/export.md?notes=1").text


def test_it_is_written_down(here: str, agent: Colleague) -> None:
    agent.browser.get(f"{here}/export.json?notes=1")
    assert audited() == [
        ("export", f"conversation:{here.rsplit('/', 1)[1]}", {"form": "json", "notes": True, "masked": True})
    ]


def test_what_is_not_masked_is_written_down_as_shown(here: str, agent: Colleague) -> None:
    agent.browser.get(f"{here}/export.pdf?masked=0")
    assert [(action, data.get("masked")) for action, _, data in audited()] == [("export", False), ("unmask", None)]


def test_the_bundle_has_what_was_handed_in(here: str, chat: Chat, agent: Colleague, picture: Draw) -> None:
    chat.upload(picture())
    archive = ZipFile(BytesIO(agent.browser.get(f"{here}/export.zip?masked=0").content))
    said = json.loads(archive.read("对话.json"))
    assert [file["size"] for line in said["lines"] for file in line["files"]] == [len(picture())]
    assert json.loads(archive.read("facts.json"))["facts"]["platform"] == "极速卡盟"


def test_without_a_case_there_is_no_bundle_but_the_talk(chat: Chat, agent: Colleague) -> None:
    response = agent.browser.get(f"{where()}/export.zip")
    assert response.status_code == 404
    assert "还没有案子" in response.text
    assert agent.browser.get(f"{where()}/export.md").status_code == 200


@pytest.mark.parametrize("path", ["/staff/c/404404/export.md", "/staff/c/404404/export.zip"])
def test_of_nobody_there_is_none(client: TestClient, agent: Colleague, path: str) -> None:
    assert agent.browser.get(path).status_code == 404
    assert audited() == []


def test_in_another_form_there_is_none(here: str, agent: Colleague) -> None:
    assert agent.browser.get(f"{here}/export.exe").status_code == 422
