"""One's own data: taken along, and erased for good."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from cases.database import reading
from cases.models import Base
from cases.settings import settings

Chat = Any  # the fixture's class
Draw = Callable[..., bytes]


@pytest.fixture
def told(chat: Chat, picture: Draw) -> Chat:
    """Somebody who has said something and handed in a picture."""
    chat.say("我的秘密")
    chat.upload(picture())
    return chat


def kept() -> list[str]:
    """The files of evidence on the disk, the copies too."""
    folders = (settings().attachments_dir, settings().data_dir / "copies")
    return [path.name for folder in folders for path in folder.rglob("*") if path.is_file()]


class TestTakingAlong:
    def test_everything_comes_in_one_archive(self, told: Chat, picture: Draw) -> None:
        response = told.get("me")
        assert response.headers["Content-Type"] == "application/zip"
        assert response.headers["Content-Disposition"] == 'attachment; filename="tuikuan-2026-11-22.zip"'
        archive = ZipFile(BytesIO(response.content))
        data = json.loads(archive.read("data.json"))
        assert "我的秘密" in [line["内容"] for line in data["消息"]]
        assert archive.read(data["文件"][0]["存放在"]) == picture()

    def test_changes_nothing(self, told: Chat) -> None:
        before = told.history
        told.get("me")
        assert told.history == before


class TestErasing:
    def test_leaves_no_row_and_no_file(self, told: Chat, client: TestClient) -> None:
        client.get(told.files[0]["links"]["thumb"])
        assert len(kept()) == 2
        response = told.send("DELETE", "me", {"confirm": "ERASE"})
        assert (response.status_code, response.content) == (204, b"")
        with reading() as session:
            assert {table.name for table in Base.metadata.sorted_tables if session.query(table).count()} == set()
        assert kept() == []

    def test_the_token_and_the_links_open_nothing_any_more(self, told: Chat, client: TestClient) -> None:
        links = told.files[0]["links"]
        told.send("DELETE", "me", {"confirm": "ERASE"})
        for path in ("messages", "case", "me", "events"):
            response = told.get(path)
            assert (response.status_code, response.json()["error"]["code"]) == (401, "session_token_invalid")
        assert {client.get(link).status_code for link in links.values()} == {404}

    def test_keeps_a_picture_that_somebody_else_handed_in_too(
        self, told: Chat, stranger: Chat, client: TestClient, picture: Draw
    ) -> None:
        stranger.upload(picture())
        told.send("DELETE", "me", {"confirm": "ERASE"})
        assert client.get(stranger.files[0]["links"]["original"]).content == picture()

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(None, id="no word"),
            pytest.param({}, id="an empty one"),
            pytest.param({"confirm": "erase"}, id="another"),
            pytest.param({"confirm": True}, id="a yes"),
            pytest.param({"confirm": "ERASE", "person": 1}, id="somebody named"),
        ],
    )
    def test_needs_the_word_that_says_it_is_meant(self, told: Chat, body: object) -> None:
        response = told.send("DELETE", "me", body)
        assert (response.status_code, response.json()["error"]["code"]) == (422, "malformed")
        assert told.said[0] == ("person", "我的秘密")
