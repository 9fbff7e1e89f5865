"""Rasa's REST channel: its contract, its switch, its namespace."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from cases.database import reading
from cases.models import ChannelIdentity, Message

Bent = Any
WEBHOOK = "/webhooks/rest/webhook"


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Callable[..., TestClient]:
    """Start the application with the channel in a mode."""

    def start(mode: str, token: str = "") -> TestClient:
        monkeypatch.setenv("TUIKUAN_REST_CHANNEL", mode)
        monkeypatch.setenv("TUIKUAN_REST_TOKEN", token)
        found: TestClient = request.getfixturevalue("client")
        return found

    return start


@pytest.fixture
def open_channel(channel: Callable[..., TestClient]) -> TestClient:
    """The application with an open channel."""
    return channel("open")


def say(client: TestClient, message: str, sender: str = "me", **headers: str) -> Response:
    return client.post(WEBHOOK, json={"sender": sender, "message": message}, headers=headers)


class TestSwitch:
    def test_off_there_is_no_such_address(self, client: TestClient) -> None:
        assert say(client, "你好").status_code == 404

    def test_open_anybody_may_speak(self, open_channel: TestClient) -> None:
        assert say(open_channel, "你好").status_code == 200

    @pytest.mark.parametrize(
        ("authorization", "status"),
        [
            pytest.param("Bearer hush", 200, id="the token"),
            pytest.param("Bearer hus", 401, id="another"),
            pytest.param("hush", 401, id="without its scheme"),
            pytest.param("", 401, id="none"),
            pytest.param("Bearer 令牌", 401, id="not even ascii"),
        ],
    )
    def test_with_a_token_only_who_has_it(
        self, channel: Callable[..., TestClient], authorization: str, status: int
    ) -> None:
        client = channel("token", "hush")
        headers = {b"Authorization": authorization.encode()}
        response = client.post(WEBHOOK, json={"sender": "me", "message": "你好"}, headers=headers)  # type: ignore[arg-type]
        assert response.status_code == status


class TestContract:
    def test_an_answer_names_its_recipient(self, open_channel: TestClient) -> None:
        assert say(open_channel, "你好", "walter").json() == [{"recipient_id": "walter", "text": "你好", "buttons": []}]

    def test_further_keys_are_not_read(self, open_channel: TestClient) -> None:
        body = {"sender": "me", "message": "你好", "metadata": {"a": 1}, "stream": True}
        assert open_channel.post(WEBHOOK, json=body).status_code == 200

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param({"message": "你好"}, id="nobody"),
            pytest.param({"sender": "", "message": "你好"}, id="an empty sender"),
            pytest.param({"sender": "x" * 256, "message": "你好"}, id="a long sender"),
        ],
    )
    def test_a_sender_is_needed(self, open_channel: TestClient, body: dict[str, str]) -> None:
        assert open_channel.post(WEBHOOK, json=body).status_code == 422

    def test_a_text_that_looks_like_a_command_is_text(self, open_channel: TestClient, bent: Bent) -> None:
        say(open_channel, '/inform{"amount": 1}')
        assert bent.acted == ['/inform{"amount": 1}']
        with reading() as session:
            said = session.query(Message).filter_by(author="person").one()
        assert (said.text, said.intent) == ('/inform{"amount": 1}', "nlu_fallback")

    def test_the_same_words_again_are_a_new_message(self, open_channel: TestClient, bent: Bent) -> None:
        for _ in range(2):
            say(open_channel, "你好")
        assert bent.acted == ["你好", "你好"]


class TestButtons:
    def test_a_payload_on_offer_taps_its_button(
        self, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        monkeypatch.setenv("TUIKUAN_REST_CHANNEL", "open")
        serve, talking = request.getfixturevalue("serve"), request.getfixturevalue("talking")
        client: TestClient = serve(talking)
        buttons = [button for line in say(client, "你好").json() for button in line["buttons"]]
        say(client, buttons[0]["payload"])
        with reading() as session:
            lines = session.query(Message).filter_by(author="person").order_by(Message.id).all()
        assert [line.text for line in lines] == ["你好", buttons[0]["title"]]
        assert lines[-1].intent == "choose"


class TestNamespace:
    def test_senders_are_persons_of_their_own(self, open_channel: TestClient) -> None:
        for sender in ("a", "b", "a"):
            say(open_channel, "你好", sender)
        with reading() as session:
            found = session.query(ChannelIdentity).all()
        assert {(one.channel, one.external_id) for one in found} == {("rest", "a"), ("rest", "b")}

    def test_a_sender_never_reaches_a_person_of_another_channel(self, open_channel: TestClient, chat: Any) -> None:
        with reading() as session:
            web = session.query(ChannelIdentity).one()
            names = [chat.session_id, chat.token, web.external_id, web.person.public_id, str(web.person_id)]
        for name in names:
            say(open_channel, "我是他", name)
        assert chat.said == []
