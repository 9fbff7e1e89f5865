"""What we ask of the platform, what it refuses, and what becomes of what is lost on the way."""

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from api.wechat.client import Client
from api.wechat.failures import FAILURES, Action, PlatformError, Unsure, refusal
from api.wechat.wire import WAITS_S, TooLong
from cases.settings import settings
from tests.api.wechat import fake_platform as paths
from tests.api.wechat.fake_platform import FakePlatform

OPENID = "oABCD-somebody"
T = TypeVar("T")
Ask = Callable[[Client], Awaitable[T]]


class Pauses(list[float]):
    """Passes no time, and remembers how much it should have been."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def writing(account: FakePlatform) -> FakePlatform:
    """The platform, where somebody has just written to the account."""
    account.allow(OPENID)
    return account


def ask(what: Ask[T], pauses: Pauses | None = None) -> T:
    """What a client gets."""

    async def run() -> T:
        async with Client(settings().wechat, Pauses() if pauses is None else pauses) as client:
            return await what(client)

    return asyncio.run(run())


def refused(what: Ask[object], pauses: Pauses | None = None) -> PlatformError:
    """The error that a client gets."""
    with pytest.raises(PlatformError) as raised:
        ask(what, pauses)
    return raised.value


async def send(client: Client) -> None:
    await client.send_text(OPENID, "好")


class TestWhatIsSent:
    def test_a_text_as_it_is(self, writing: FakePlatform) -> None:
        text = '到账了吗？"😀"\n<a href="https://example.org">看</a> \\u0041'
        ask(lambda client: client.send_text(OPENID, text))
        assert [(one.to, one.kind, one.text) for one in writing.sent] == [(OPENID, "text", text)]

    def test_without_what_the_platform_would_refuse_the_whole_for(self, writing: FakePlatform) -> None:
        ask(lambda client: client.send_text(OPENID, "一\x00二\x1d三\ud800\n四"))
        assert writing.texts == ["一二三?\n四"]

    def test_a_reminder_by_template(self, account: FakePlatform, monkeypatch: pytest.MonkeyPatch) -> None:
        self._has(monkeypatch, "TEMPLATE_ID", "tmpl")
        ask(lambda client: client.send_template(OPENID, {"thing1": "等商家答复"}, "https://example.org/door"))
        assert [(one.kind, one.body) for one in account.sent] == [
            (
                "template",
                {
                    "touser": OPENID,
                    "template_id": "tmpl",
                    "url": "https://example.org/door",
                    "data": {"thing1": {"value": "等商家答复"}},
                },
            )
        ]

    def test_a_notice_that_the_person_has_agreed_to(
        self, account: FakePlatform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._has(monkeypatch, "SUBSCRIPTION_ID", "subs")
        account.agree(OPENID)
        ask(lambda client: client.send_subscription(OPENID, {"thing1": "等商家答复"}, "https://example.org/door"))
        assert account.sent[0].body == {
            "touser": OPENID,
            "template_id": "subs",
            "page": "https://example.org/door",
            "data": {"thing1": {"value": "等商家答复"}},
        }

    @staticmethod
    def _has(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
        monkeypatch.setenv(f"TUIKUAN_WECHAT__{name}", value)
        settings.cache_clear()


class TestWhatIsAskedFor:
    def test_a_file(self, account: FakePlatform) -> None:
        account.put_media("m1", b"\xff\xd8picture")
        assert ask(lambda client: client.fetch_media("m1")) == b"\xff\xd8picture"

    def test_a_file_that_is_gone(self, account: FakePlatform) -> None:
        assert refused(lambda client: client.fetch_media("m1")).action is Action.ASK_AGAIN

    def test_a_file_that_lies_elsewhere(self, account: FakePlatform) -> None:
        account.put_media("m1", b'{"video_url": "http://example.org/"}', "application/json")
        assert refused(lambda client: client.fetch_media("m1")).action is Action.ASK_AGAIN

    def test_a_file_that_is_too_long(self, account: FakePlatform, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_ATTACHMENT_MAX_MIB", "1")
        settings.cache_clear()
        account.put_media("m1", bytes(1024 * 1024))
        account.put_media("m2", bytes(1024 * 1024 + 1))
        assert len(ask(lambda client: client.fetch_media("m1"))) == 1024 * 1024
        assert isinstance(refused(lambda client: client.fetch_media("m2")), TooLong)

    def test_the_menu(self, account: FakePlatform) -> None:
        menu = {"button": [{"name": "更多", "sub_button": [{"type": "click", "name": "转人工", "key": "human"}]}]}
        assert ask(lambda client: client.get_menu()) is None
        ask(lambda client: client.push_menu(menu))
        assert account.menu == menu
        found = ask(lambda client: client.get_menu())
        assert found is not None
        assert found["button"][0]["sub_button"][0]["key"] == "human"

    def test_addresses(self, account: FakePlatform) -> None:
        assert ask(lambda client: client.callback_ips()) == account.ips

    def test_an_answer_that_lacks_what_was_asked_for(self, account: FakePlatform) -> None:
        account.answer(paths.CALLBACK_IPS, b"{}")
        assert refused(lambda client: client.callback_ips()).action is Action.ALARM


# Every code that the platform's pages name for what we do, and what is to be done.
TO_DO = {
    40003: "stop_person",
    43004: "stop_person",
    43019: "stop_person",
    45015: "outside_window",
    45047: "quota_used",
    40200: "not_granted",
    48001: "not_granted",
    43101: "not_subscribed",
    45002: "split",
    40013: "alarm",
    40125: "alarm",
    40164: "alarm",
    40243: "alarm",
    50002: "alarm",
    45011: "wait_minute",
    45009: "until_tomorrow",
    40007: "ask_again",
    40033: "bug",
    45008: "bug",
    99999: "alarm",
}


class TestWhatIsRefused:
    @pytest.mark.parametrize(("errcode", "action"), TO_DO.items())
    def test_by_its_code_at_once_and_not_again(self, writing: FakePlatform, errcode: int, action: str) -> None:
        writing.fail(paths.SEND, errcode)
        error = refused(send)
        assert (error.errcode, error.action) == (errcode, action)
        assert str(errcode) in error.message
        assert (writing.sent, writing.asked[paths.SEND]) == ([], 1)

    def test_whatever_the_table_says_is_said(self) -> None:
        assert all(refusal(code).action is failure.action for code, failure in FAILURES.items())

    def test_to_who_has_not_written(self, account: FakePlatform) -> None:
        assert refused(send).action is Action.OUTSIDE_WINDOW

    def test_after_five_messages(self, writing: FakePlatform) -> None:
        for _ in range(5):
            ask(send)
        assert refused(send).action is Action.QUOTA_USED

    def test_what_is_longer_than_2048_bytes(self, writing: FakePlatform) -> None:
        ask(lambda client: client.send_text(OPENID, "好" * 682))
        assert refused(lambda client: client.send_text(OPENID, "好" * 683)).action is Action.SPLIT

    def test_a_notice_nobody_agreed_to(self, account: FakePlatform) -> None:
        assert refused(lambda client: client.send_subscription(OPENID, {})).action is Action.NOT_SUBSCRIBED

    def test_from_an_address_that_is_not_listed_and_which_it_is(self) -> None:
        error = refusal(40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1-2-3")
        assert "(203.0.113.7)" in error.message

    @pytest.mark.parametrize(("errcode", "names"), [(40001, "APP_SECRET"), (40125, "APP_SECRET"), (40013, "APP_ID")])
    def test_whom_the_platform_does_not_know(self, account: FakePlatform, errcode: int, names: str) -> None:
        account.fail(paths.TOKEN, errcode)
        error = refused(send)
        assert error.action is Action.ALARM
        assert names in error.message
        assert account.asked[paths.TOKEN] == 1


class TestWhatCertainlyWasNotDone:
    """It is tried again, three times."""

    @pytest.mark.parametrize("times", [1, 2, 3])
    def test_because_the_platform_was_busy(self, writing: FakePlatform, pauses: Pauses, times: int) -> None:
        writing.fail(paths.SEND, -1, times)
        ask(send, pauses)
        assert writing.texts == ["好"]
        assert pauses == [*WAITS_S[:times]]

    def test_and_not_for_ever(self, writing: FakePlatform, pauses: Pauses) -> None:
        writing.fail(paths.SEND, -1, 99)
        assert refused(send, pauses).action is Action.RETRY
        assert (writing.asked[paths.SEND], pauses) == (4, [*WAITS_S])

    def test_because_nobody_was_there(self, writing: FakePlatform, pauses: Pauses) -> None:
        ask(send)
        writing.close()
        error = refused(send, pauses)
        assert (error.action, error.errcode, pauses) == (Action.RETRY, None, [*WAITS_S])


LOST: dict[str, Callable[[FakePlatform, str], None]] = {
    "it hangs up": lambda platform, path: platform.drop(path),
    "what stands before it answers": lambda platform, path: platform.answer(path, b"<html>", status=502),
    "its answer is no JSON": lambda platform, path: platform.answer(path, b"<html>"),
    "its answer is no object": lambda platform, path: platform.answer(path, b"[]"),
    "its code is no number": lambda platform, path: platform.answer(path, b'{"errcode": "?"}'),
}


@pytest.mark.parametrize("lose", LOST.values(), ids=LOST)
class TestWhatMayHaveBeenDone:
    """It is tried again only if that does no harm."""

    def test_a_message_may_have_arrived(self, writing: FakePlatform, lose: Callable[[FakePlatform, str], None]) -> None:
        lose(writing, paths.SEND)
        error = refused(send)
        assert isinstance(error, Unsure)
        assert error.action is Action.UNSURE
        assert writing.asked[paths.SEND] == 1

    def test_a_question_is_asked_again(
        self, account: FakePlatform, pauses: Pauses, lose: Callable[[FakePlatform, str], None]
    ) -> None:
        lose(account, paths.CALLBACK_IPS)
        assert ask(lambda client: client.callback_ips(), pauses) == account.ips
        assert pauses == [WAITS_S[0]]


class TestWhoDoesNotAnswerInTime:
    @pytest.fixture(autouse=True)
    def hurry(self, account: FakePlatform, monkeypatch: pytest.MonkeyPatch) -> None:
        ask(lambda client: client.check_token())  # in its own time
        monkeypatch.setattr("api.wechat.wire.TIMEOUT_S", 1.0)

    def test_may_have_got_a_message(self, writing: FakePlatform) -> None:
        writing.hang(paths.SEND, 60)
        assert isinstance(refused(send), Unsure)
        assert writing.texts == ["好"]

    def test_is_asked_a_question_again(self, account: FakePlatform) -> None:
        account.hang(paths.CALLBACK_IPS, 60)
        assert ask(lambda client: client.callback_ips()) == account.ips


@pytest.mark.parametrize("status", [302, 404])
def test_another_address_is_somebody_elses(writing: FakePlatform, status: int) -> None:
    writing.answer(paths.SEND, b"", status=status)
    error = refused(send)
    assert (error.action, writing.asked[paths.SEND]) == (Action.ALARM, 1)
    assert "API_BASE" in error.message


class TestATokenThatIsRefused:
    @pytest.mark.parametrize("errcode", [40001, 40014, 42001])
    def test_is_replaced_once_and_the_call_made_again(self, writing: FakePlatform, errcode: int) -> None:
        writing.fail(paths.SEND, errcode)
        ask(send)
        assert (writing.texts, writing.asked[paths.SEND]) == (["好"], 2)

    def test_and_then_no_more(self, writing: FakePlatform) -> None:
        writing.fail(paths.SEND, 40001, 99)
        assert refused(send).action is Action.TOKEN
        assert writing.asked[paths.SEND] == 2


def test_nothing_tells_token_secret_or_person(writing: FakePlatform, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.NOTSET)
    told: list[str] = []

    async def scenario(client: Client) -> None:
        await client.send_text(OPENID, "好")
        faults: list[Callable[[], None]] = [
            lambda: writing.fail(paths.SEND, 45015),
            lambda: writing.answer(paths.SEND, b"", status=404),
            lambda: writing.drop(paths.SEND),
            lambda: writing.close(),
        ]
        for fault in faults:
            fault()
            try:
                await client.send_text(OPENID, "好")
            except PlatformError as error:
                told.append("".join(traceback.format_exception(error)) + repr(vars(error)))

    ask(scenario)
    assert len(told) == 4
    secrets = (*writing.tokens, writing.app_secret, OPENID, "access_token=")
    assert [secret for secret in secrets if secret in caplog.text + json.dumps(told)] == []
