"""From WeChat to the page: the link shows a page that asks, and only asking opens the conversation."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from api.door import tickets
from cases.database import reading, transaction
from cases.models import ChannelIdentity, Person
from cases.people import erasing
from cases.people import service as people
from cases.transcript import service as transcript

Chat = Any  # the fixture's class
SAID = "在微信里说的话"


@pytest.fixture
def link(client: TestClient) -> str:
    """The link of somebody who has said something in WeChat."""
    with transaction() as session:
        person = people.by_channel(session, "wechat", "o-them")
        conversation = transcript.conversation_of(session, person)
        transcript.record_person(session, conversation, channel="wechat", text=SAID, intent=None, confidence=None)
        return tickets.sign(person)


@pytest.fixture
def post(client: TestClient) -> Callable[..., Response]:
    """Ask to be let in with what a link carries."""

    def send(link: str, token: str = "", **more: Any) -> Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"ticket": link.removeprefix("/door/"), **more}
        return client.post("/api/chat/sessions/door", json=body, headers=headers)

    return send


def said_to(client: TestClient, token: str) -> list[str]:
    answer = client.get("/api/chat/messages", headers={"Authorization": f"Bearer {token}"})
    return [line["text"] for line in answer.json()["messages"]]


def identities() -> int:
    with reading() as session:
        return session.query(ChannelIdentity).count()


class TestThePage:
    def test_is_the_same_for_every_ticket_and_holds_nothing(self, client: TestClient, link: str) -> None:
        page = client.get(link)
        assert page.status_code == 200
        assert page.text == client.get("/door/nobody.0.0").text
        assert SAID not in page.text

    def test_opens_nothing_by_itself(self, client: TestClient, link: str) -> None:
        before = identities()
        for _ in range(3):
            client.get(link)
            client.head(link)
        assert identities() == before

    @pytest.mark.parametrize(
        ("header", "value"),
        [("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), ("X-Robots-Tag", "noindex, nofollow")],
    )
    def test_keeps_its_address_to_itself(self, client: TestClient, link: str, header: str, value: str) -> None:
        assert client.get(link).headers[header] == value

    def test_runs_no_script_but_ours(self, client: TestClient, link: str) -> None:
        page = client.get(link)
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert "<script>" not in page.text


class TestOpening:
    def test_shows_the_same_conversation(self, client: TestClient, link: str, post: Callable[..., Response]) -> None:
        opened = post(link)
        assert opened.status_code == 201
        assert opened.json().keys() == {"session_id", "token"}
        assert said_to(client, opened.json()["token"]) == [SAID]

    def test_makes_nobody_new(self, link: str, post: Callable[..., Response]) -> None:
        post(link)
        with reading() as session:
            [person] = session.query(Person).all()
            assert sorted(identity.channel for identity in person.identities) == ["web", "wechat"]

    def test_is_kept_out_of_caches(self, link: str, post: Callable[..., Response]) -> None:
        assert post(link).headers["Cache-Control"] == "no-store"

    def test_can_be_done_in_several_browsers(
        self, client: TestClient, link: str, post: Callable[..., Response]
    ) -> None:
        tokens = {post(link).json()["token"] for _ in range(2)}
        assert len(tokens) == 2
        assert [said_to(client, token) for token in tokens] == [[SAID], [SAID]]

    def test_again_in_the_same_browser_makes_no_second_session(self, link: str, post: Callable[..., Response]) -> None:
        token = post(link).json()["token"]
        before = identities()
        again = post(link, token)
        assert (again.status_code, again.content, identities()) == (204, b"", before)

    def test_over_another_conversation_is_asked_back_first(
        self, link: str, chat: Chat, post: Callable[..., Response], assert_one_shape: Callable[[Response], None]
    ) -> None:
        before = identities()
        answer = post(link, chat.token)
        assert_one_shape(answer)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "other_conversation")
        assert identities() == before

    def test_over_one_that_is_gone_is_not(self, link: str, post: Callable[..., Response]) -> None:
        assert post(link, "a token that opens nothing").status_code == 201


class TestTheDoorStaysShut:
    def refused(self, answer: Response, assert_one_shape: Callable[[Response], None]) -> None:
        assert_one_shape(answer)
        assert answer.status_code == 401
        assert answer.json()["error"]["message"] == "这个链接过期了，回微信发「网页」再拿一个。"

    @pytest.mark.parametrize("ticket", ["", "..", "门", "A.9999999999.0", "\0.1.1"])
    def test_for_what_is_no_ticket(
        self,
        client: TestClient,
        post: Callable[..., Response],
        assert_one_shape: Callable[[Response], None],
        ticket: str,
    ) -> None:
        self.refused(post(ticket), assert_one_shape)

    def test_a_day_later(
        self,
        link: str,
        post: Callable[..., Response],
        assert_one_shape: Callable[[Response], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-23T10:00:01")
        self.refused(post(link), assert_one_shape)

    def test_once_the_person_is_gone(
        self, link: str, post: Callable[..., Response], assert_one_shape: Callable[[Response], None]
    ) -> None:
        with transaction() as session:
            erasing.erase(session, people.by_channel(session, "wechat", "o-them"))
        self.refused(post(link), assert_one_shape)

    @pytest.mark.parametrize("more", [{"ticket": "0" * 161}, {"person": "x"}], ids=["too long", "with more"])
    def test_for_a_request_that_is_none(self, link: str, post: Callable[..., Response], more: dict[str, str]) -> None:
        assert post(link, **more).status_code == 422
