"""Files handed out by signed links, what is covered in them, and how much is taken in."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from starlette.testclient import TestClient

from cases.database import transaction
from cases.evidence import files
from cases.models import Attachment
from cases.settings import settings

Chat = Any  # the fixtures' class
Draw = Callable[..., bytes]
BOX = {"page": 1, "x": 0.0, "y": 0.0, "width": 0.5, "height": 1.0, "kind": "phone"}


def box(kind: bytes, body: bytes = b"") -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


MP4 = box(b"ftyp", b"isom\0\0\2\0isomiso2") + box(b"moov", box(b"mvhd", bytes(100)) + box(b"trak", bytes(8)))


@pytest.fixture
def sent(chat: Chat, picture: Draw) -> dict[str, Any]:
    """A picture that was handed in."""
    assert chat.upload(picture(), "订单 截图.png").status_code == 200
    return dict(chat.files[-1])


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


class TestLinks:
    def test_the_history_has_one_for_the_original_and_each_copy(self, sent: dict[str, Any]) -> None:
        assert list(sent["links"]) == ["original", "preview", "thumb"]
        assert (sent["media_type"], sent["name"]) == ("image/png", "订单 截图.png")

    def test_the_original_comes_as_it_was_to_be_saved_under_its_name(
        self, client: TestClient, sent: dict[str, Any], picture: Draw
    ) -> None:
        response = client.get(sent["links"]["original"])
        assert response.content == picture()
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('订单 截图.png')}"

    @pytest.mark.parametrize("variant", ["preview", "thumb"])
    def test_a_copy_is_a_jpeg_to_look_at(self, client: TestClient, sent: dict[str, Any], variant: str) -> None:
        response = client.get(sent["links"][variant])
        assert (response.headers["Content-Type"], response.headers["Content-Disposition"]) == ("image/jpeg", "inline")
        assert (opened(response.content).format, opened(response.content).size) == ("JPEG", (60, 40))

    @pytest.mark.parametrize("variant", ["original", "preview"])
    def test_what_is_handed_out_can_run_nothing_and_is_kept_nowhere(
        self, client: TestClient, sent: dict[str, Any], variant: str
    ) -> None:
        headers = client.get(sent["links"][variant]).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "private, no-store"

    def test_a_video_has_its_original_alone(self, chat: Chat) -> None:
        assert chat.upload(MP4, "录屏.mp4").status_code == 200
        [file] = chat.files
        assert (file["media_type"], list(file["links"])) == ("video/mp4", ["original"])

    def test_they_expire(self, client: TestClient, sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T11:00:01")
        assert client.get(sent["links"]["preview"]).status_code == 404

    def test_one_whose_original_is_gone_says_so(self, client: TestClient, sent: dict[str, Any]) -> None:
        files.path_of(sent["sha256"]).unlink()
        response = client.get(sent["links"]["original"])
        assert (response.status_code, response.json()["error"]["code"]) == (404, "file_link")


class TestRedaction:
    def path(self, sent: dict[str, Any]) -> str:
        return f"attachments/{sent['id']}/redaction"

    def test_there_is_none_at_first(self, chat: Chat, sent: dict[str, Any]) -> None:
        assert chat.get(self.path(sent)).json() == {"boxes": [], "suggested": []}

    def test_what_the_reading_found_is_covered_until_the_person_has_chosen(
        self, chat: Chat, sent: dict[str, Any]
    ) -> None:
        with transaction() as session:
            session.get_one(Attachment, 1).reading = {"fields": {}, "private": [BOX]}
        assert chat.get(self.path(sent)).json() == {"boxes": [BOX], "suggested": [BOX]}
        assert "redacted" in chat.files[0]["links"]
        chat.send("PUT", self.path(sent), {"boxes": []})
        assert chat.get(self.path(sent)).json() == {"boxes": [], "suggested": [BOX]}

    def test_what_was_chosen_is_kept_and_covered_in_a_copy(
        self, chat: Chat, client: TestClient, sent: dict[str, Any]
    ) -> None:
        answer = chat.send("PUT", self.path(sent), {"boxes": [BOX]}).json()
        assert chat.get(self.path(sent)).json()["boxes"] == [BOX]
        assert answer == chat.files[0]
        covered = opened(client.get(answer["links"]["redacted"]).content)
        assert covered.crop((0, 0, 24, 40)).getextrema() == ((0, 0),) * 3
        assert covered.crop((40, 0, 60, 40)).getextrema() != ((0, 0),) * 3

    def test_it_can_be_chosen_anew(self, chat: Chat, client: TestClient, sent: dict[str, Any]) -> None:
        chat.send("PUT", self.path(sent), {"boxes": [BOX]})
        answer = chat.send("PUT", self.path(sent), {"boxes": []}).json()
        shown = opened(client.get(answer["links"]["redacted"]).content)
        assert shown.crop((0, 0, 24, 40)).getextrema() != ((0, 0),) * 3

    def test_the_original_stays_as_it_is(
        self, chat: Chat, client: TestClient, sent: dict[str, Any], picture: Draw
    ) -> None:
        chat.send("PUT", self.path(sent), {"boxes": [BOX]})
        assert client.get(sent["links"]["original"]).content == picture()

    @pytest.mark.parametrize("method", ["GET", "PUT"])
    def test_somebody_elses_is_nobodys(self, stranger: Chat, sent: dict[str, Any], method: str) -> None:
        response = stranger.send(method, self.path(sent), {"boxes": [BOX]})
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


class TestUploads:
    @pytest.fixture
    def one_mib(self, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
        """A person may hand in one MiB altogether."""
        monkeypatch.setenv("TUIKUAN_ATTACHMENTS_MAX_MIB", "1")
        settings.cache_clear()

    @pytest.mark.usefixtures("one_mib")
    def test_there_is_room_for_so_much_altogether(self, chat: Chat, picture: Draw) -> None:
        half = files.MIB // 2 + 1
        assert chat.upload(picture(1).ljust(half)).status_code == 200
        response = chat.upload(picture(2).ljust(half))
        assert (response.status_code, response.json()["error"]["code"]) == (400, "storage_full")
        assert len(chat.files) == 1
        assert len([path for path in settings().attachments_dir.rglob("*") if path.is_file()]) == 1

    @pytest.mark.usefixtures("one_mib")
    def test_the_same_file_again_takes_no_room(self, chat: Chat, picture: Draw) -> None:
        for _ in range(3):
            assert chat.upload(picture(1).ljust(files.MIB // 2 + 1)).status_code == 200

    @pytest.mark.usefixtures("one_mib")
    def test_somebody_elses_files_take_none(self, chat: Chat, stranger: Chat, picture: Draw) -> None:
        for one, shade in ((chat, 1), (stranger, 2)):
            assert one.upload(picture(shade).ljust(files.MIB // 2 + 1)).status_code == 200

    def test_one_that_announces_too_much_is_refused_unread(self, chat: Chat) -> None:
        def body() -> Iterator[bytes]:
            raise AssertionError("it was read")
            yield b""

        headers = {**chat.headers, "Content-Length": str(64 * files.MIB), "Content-Type": "multipart/form-data"}
        response = chat.client.post("/api/chat/attachments", content=body(), headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (413, "file_too_large")

    @pytest.mark.parametrize(
        ("path", "code"),
        [pytest.param("attachments", "file_too_large", id="file"), pytest.param("messages", "too_large", id="text")],
    )
    def test_one_that_announces_nothing_is_read_no_further_than_the_limit(
        self, chat: Chat, monkeypatch: pytest.MonkeyPatch, path: str, code: str
    ) -> None:
        monkeypatch.setenv("TUIKUAN_ATTACHMENT_MAX_MIB", "1")
        settings.cache_clear()
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
        headers = {**chat.headers, "Content-Type": "multipart/form-data; boundary=x"}
        body = (head if number == 0 else bytes(64 * 1024) for number in range(1000))
        response = chat.client.post(f"/api/chat/{path}", content=body, headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (413, code)
        assert chat.said == []

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            pytest.param("订单.png", "订单.png", id="chinese"),
            pytest.param("a\u202egnp.exe", "agnp.exe", id="turned around"),
            pytest.param("长" * 300, "长" * 120, id="long"),
        ],
    )
    def test_a_name_is_kept_as_it_can_be_read(self, chat: Chat, picture: Draw, name: str, kept: str) -> None:
        chat.upload(picture(), name)
        assert chat.files[0]["name"] == kept
