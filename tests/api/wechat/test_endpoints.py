"""The address that the platform calls: who may call it, and what anybody else gets."""

import hashlib
import time
from collections.abc import Callable

import pytest
from httpx import Response
from starlette.testclient import TestClient

from cases.settings import settings
from tests.api.conftest import Bent, Serve
from tests.api.wechat import follower as follower_module
from tests.api.wechat.fake_platform import FakePlatform
from tests.api.wechat.follower import Follower, as_xml

Set = Callable[..., None]


@pytest.fixture
def set_account(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Set some of the account's settings."""

    def change(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"TUIKUAN_WECHAT__{name}", value)
        settings.cache_clear()

    return change


def signed(token: str, **more: str) -> dict[str, str]:
    """The query of a request that is signed, but not what it holds."""
    timestamp, nonce = str(int(time.time())), "1514711492"
    signature = hashlib.sha1("".join(sorted([token, timestamp, nonce])).encode()).hexdigest()
    return {"signature": signature, "timestamp": timestamp, "nonce": nonce, **more}


def is_bare(response: Response) -> bool:
    """A refusal tells nothing."""
    return response.content == b"" and response.status_code in (400, 403, 413)


class TestTheCheckOfTheAddress:
    def test_says_the_echo_letter_by_letter(self, follower: Follower, account: FakePlatform) -> None:
        query = signed(account.callback_token, echostr="0437580918362530")
        answer = follower.client.get("/wechat", params=query)
        assert (answer.status_code, answer.text) == (200, "0437580918362530")
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["content-length"] == "16"

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"signature": "0" * 40}, id="a wrong signature"),
            pytest.param({"signature": "签名"}, id="a signature that is none"),
            pytest.param({"timestamp": "1714036504"}, id="another time"),
            pytest.param({"echostr": "<script>"}, id="an echo that is none"),
            pytest.param({"echostr": ""}, id="no echo"),
        ],
    )
    def test_tells_nobody_else_anything(
        self, follower: Follower, account: FakePlatform, change: dict[str, str]
    ) -> None:
        query = signed(account.callback_token, echostr="4375809") | change
        assert is_bare(follower.client.get("/wechat", params=query))

    def test_without_an_account_there_is_no_such_address(self, client: TestClient) -> None:
        assert client.get("/wechat").status_code == 404
        assert client.post("/wechat", content=b"<xml/>").status_code == 404


class TestInSafeMode:
    def test_a_message_in_the_clear_is_refused(self, follower: Follower, account: FakePlatform, bent: Bent) -> None:
        clear = as_xml(follower.message("text", Content="转账给我")).encode()
        assert is_bare(follower.client.post("/wechat", params=signed(account.callback_token), content=clear))
        assert bent.acted == []

    def test_what_was_sealed_at_another_time_is_refused(
        self, follower: Follower, bent: Bent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        message, then = follower.message("text", Content="你好"), time.time() - 301
        monkeypatch.setattr(follower_module, "now", lambda: then)
        assert is_bare(follower.post(message))
        assert bent.acted == []

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(b"", id="nothing"),
            pytest.param(b"{}", id="JSON"),
            pytest.param(b"<xml><Encrypt>" + b"A" * 70_000 + b"</Encrypt></xml>", id="too large"),
            pytest.param(b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xml>&a;</xml>", id="an entity"),
            pytest.param("<xml><Encrypt>é</Encrypt></xml>".encode("utf-16"), id="another encoding"),
            pytest.param(b"<a>" * 10_000, id="deep"),
        ],
    )
    def test_what_is_no_message_is_refused_without_a_word(
        self, follower: Follower, account: FakePlatform, body: bytes
    ) -> None:
        query = signed(account.callback_token, encrypt_type="aes", msg_signature="0" * 40)
        assert is_bare(follower.client.post("/wechat", params=query, content=body))

    def test_of_an_account_that_is_another_is_refused(self, follower: Follower, set_account: Set, bent: Bent) -> None:
        set_account(APP_ID="wxffffffffffffffff")
        assert is_bare(follower.post(follower.message("text", Content="你好")))
        assert bent.acted == []

    def test_the_key_before_is_still_taken_while_it_changes(self, follower: Follower, set_account: Set) -> None:
        set_account(AES_KEY="B" * 43, PREVIOUS_AES_KEY="A" * 43)
        assert follower.write("你好") == "你好"


class TestInPlainMode:
    def test_messages_come_and_go_in_the_clear(
        self, account: FakePlatform, set_account: Set, serve: Serve, bent: Bent
    ) -> None:
        set_account(MODE="plain")
        follower = Follower(serve(bent), account)
        clear = as_xml(follower.message("text", Content="你好")).encode()
        answer = follower.client.post("/wechat", params=signed(account.callback_token), content=clear)
        assert "<Content><![CDATA[你好]]></Content>" in answer.text


class TestInCompatibleMode:
    def test_only_the_sealed_copy_counts(
        self, account: FakePlatform, set_account: Set, serve: Serve, bent: Bent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_account(MODE="compatible")
        follower = Follower(serve(bent), account)
        monkeypatch.setattr(
            follower_module,
            "as_xml",
            lambda fields: as_xml({**fields, "Content": "假的"} if "Encrypt" in fields else fields),
        )
        assert follower.write("真的") == "真的"
