"""In time, whatever happens: an answer within the platform's five seconds, each message worked on once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from api.app import create_app
from api.wechat import reception
from api.wechat.handling import Handling
from cases.callbacks import service as callbacks
from cases.database import reading, transaction
from cases.models import Author, Callback, Message, Outbox, OutboxState
from cases.settings import settings
from tests.api.conftest import Bent, Serve
from tests.api.wechat.fake_platform import FakePlatform
from tests.api.wechat.follower import Follower

Eventually = Callable[[Callable[[], bool]], None]


def lines(author: Author) -> list[str]:
    """What was said, oldest first."""
    with reading() as session:
        return list(session.scalars(select(Message.text).where(Message.author == author).order_by(Message.id)))


def let_go(client: TestClient, bent: Bent) -> None:
    """Whatever the assistant hangs on goes on."""

    async def release() -> None:
        bent.release.set()

    client.app.state.loop.run_sync(release())  # type: ignore[attr-defined]  # Starlette's app has a state


@pytest.fixture
def slow(bent: Bent) -> Bent:
    """An assistant that does not understand 慢 until it is let go."""
    bent.where, bent.waits_for = "understand", {"慢"}
    return bent


class TestAQuickAnswer:
    def test_is_in_the_platforms_own_request(self, follower: Follower) -> None:
        assert follower.write("你好") == "你好"

    def test_is_not_sent_again_by_other_means(self, follower: Follower) -> None:
        follower.write("你好")
        assert follower.write("在吗") == "在吗"
        with reading() as session:
            assert [*session.execute(select(Outbox.state, Outbox.means))] == [(OutboxState.SENT, "passive")] * 2

    @pytest.mark.parametrize("text", ["😀👨‍👩‍👧 收到了吗", "a]]>b<![CDATA[", "<a href='https://x'>点</a>", "1 < 2 & 3"])
    def test_may_hold_anything(self, follower: Follower, text: str) -> None:
        assert follower.write(text) == text.replace("<", "＜")

    def test_is_in_the_transcript_as_it_was_said(self, follower: Follower) -> None:
        follower.write("<a>")
        assert lines(Author.BOT) == ["<a>"]


class TestADeliveryThatComesAgain:
    def test_gets_the_same_answer_and_is_worked_on_once(self, follower: Follower, bent: Bent) -> None:
        assert [follower.write("你好"), follower.again(), follower.again()] == ["你好"] * 3
        assert bent.acted == ["你好"]
        assert follower.processed() == 1

    def test_joins_the_one_that_is_being_worked_on(
        self, follower: Follower, slow: Bent, eventually: Eventually
    ) -> None:
        with ThreadPoolExecutor(4) as threads:
            told = [threads.submit(follower.write, "慢")]
            eventually(slow.waiting.is_set)
            told += [threads.submit(follower.again) for _ in range(3)]
            let_go(follower.client, slow)
            assert [one.result() for one in told] == ["慢"] * 4
        assert slow.acted == ["慢"]
        assert follower.processed() == 1

    def test_of_an_event_is_known_by_who_when_and_what(self, follower: Follower) -> None:
        followed = follower.deliver(follower.event("subscribe"))
        assert followed is not None
        assert follower.again() == followed
        assert follower.processed() == 1
        assert len(lines(Author.BOT)) == 2

    def test_two_events_in_one_second_are_two(self, follower: Follower) -> None:
        one = follower.event("subscribe")
        follower.deliver(one)
        follower.deliver({**one, "Event": "VIEW", "EventKey": "https://example.org"})
        assert follower.processed() == 1

    def test_to_two_workers_at_once_is_worked_on_once(
        self, account_on_both: FakePlatform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_READING", "off")
        settings.cache_clear()
        first, second = Bent(), Bent()
        with TestClient(create_app(first)) as one, TestClient(create_app(second)) as other:
            person = Follower(one, account_on_both)
            message = person.message("text", Content="你好")
            elsewhere = Follower(other, account_on_both, person.openid)
            for client in (one, other):  # FastAPI finishes a route at its first request, and not in two threads at once
                Follower(client, account_on_both).write("在吗")
            with ThreadPoolExecutor(8) as threads:
                told = [threads.submit(who.deliver, message) for who in (person, elsewhere) for _ in range(4)]
                assert {answer.result() for answer in told} == {"你好"}
            assert (first.acted + second.acted).count("你好") == 1
            assert person.processed() == 1


class TestASlowAnswer:
    def test_is_success_first_and_follows_by_customer_service(
        self, account: FakePlatform, serve: Serve, slow: Bent, soon: None, eventually: Eventually
    ) -> None:
        client = serve(slow)
        follower = Follower(client, account)
        assert follower.write("慢") is None
        let_go(client, slow)
        eventually(lambda: follower.pushed == ["慢"])
        assert follower.again() is None

    def test_goes_with_the_retry_that_finds_it_done(
        self, account: FakePlatform, serve: Serve, slow: Bent, soon: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_WECHAT__CAN_PUSH", "false")
        client = serve(slow)
        follower = Follower(client, account)
        assert follower.write("慢") is None
        let_go(client, slow)
        assert follower.again() == "慢"
        assert follower.again() == "慢"

    def test_is_kept_for_the_next_message_where_the_account_may_not_write_first(
        self,
        account: FakePlatform,
        serve: Serve,
        slow: Bent,
        soon: None,
        monkeypatch: pytest.MonkeyPatch,
        eventually: Eventually,
    ) -> None:
        monkeypatch.setenv("TUIKUAN_WECHAT__CAN_PUSH", "false")
        client = serve(slow)
        follower = Follower(client, account)
        follower.write("慢")
        let_go(client, slow)
        eventually(lambda: lines(Author.BOT) == ["慢"])
        assert follower.write("在吗") == "刚才没来得及回你的：\n慢\n\n在吗"
        assert follower.write("好") == "好"

    def test_holds_up_nobody_else(self, account: FakePlatform, serve: Serve, slow: Bent) -> None:
        client = serve(slow)
        one, other = Follower(client, account), Follower(client, account)
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(one.write, "慢")
            assert other.write("快") == "快"
            let_go(client, slow)
            assert waiting.result() == "慢"


class TestTrouble:
    def test_what_cannot_be_written_down_has_to_come_again(
        self, follower: Follower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_: object) -> None:
            raise OperationalError("insert", {}, Exception("the database is away"))

        message = follower.message("text", Content="你好")
        with monkeypatch.context() as broken:
            broken.setattr(callbacks, "receive", away)
            broken.setattr(reception, "WORK_S", 0.1)
            broken.setattr(reception, "DEADLINE_S", 0.2)
            assert follower.post(message).status_code == 503
        assert follower.deliver(message) == "你好"
        assert follower.processed() == 1

    def test_an_answer_that_cannot_be_taken_out_comes_with_the_next_delivery(
        self, follower: Follower, bent: Bent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_: object) -> None:
            raise OperationalError("commit", {}, Exception("the database is away"))

        message = follower.message("text", Content="你好")
        with monkeypatch.context() as broken:
            broken.setattr(reception.passive, "claim", away)
            assert follower.post(message).status_code == 503
        assert follower.deliver(message) == "你好"
        assert bent.acted == ["你好"]

    def test_nor_one_that_takes_too_long(
        self, follower: Follower, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        claim, go_on, took = reception.passive.claim, Event(), Event()

        def slow(key: str, until: float) -> str | None:
            go_on.wait()
            try:
                return claim(key, time.monotonic() + 60)
            finally:
                took.set()

        message = follower.message("text", Content="你好")
        with monkeypatch.context() as broken:
            broken.setattr(reception.passive, "claim", slow)
            broken.setattr(reception, "LATEST_S", 1.0)
            assert follower.post(message).status_code == 503
            go_on.set()
            eventually(took.is_set)
        assert follower.deliver(message) == "你好"

    def test_what_a_process_that_died_left_is_done_by_another(self, follower: Follower, bent: Bent) -> None:
        fields = follower.message("text", Content="留下的")
        follower.delivered = fields
        with transaction() as session:
            callbacks.receive(session, fields["MsgId"], fields)
        assert follower.again() == "留下的"
        assert bent.acted == ["留下的"]

    def test_a_failure_is_answered_with_a_true_sentence(self, follower: Follower, bent: Bent) -> None:
        bent.fails_understanding = True
        told = follower.write("你好")
        assert told is not None
        assert "请再说一遍" in told

    def test_a_passing_fault_is_tried_again(
        self, account: FakePlatform, serve: Serve, bent: Bent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handle, faults = Handling.handle, ["once"]

        async def faulty(self: Handling, callback_id: int) -> None:
            if faults:
                faults.pop()
                raise OSError("a passing fault")
            await handle(self, callback_id)

        monkeypatch.setattr(Handling, "handle", faulty)
        follower = Follower(serve(bent), account)
        assert follower.write("你好") is None
        assert follower.again() == "你好"
        assert follower.processed() == 2
        assert lines(Author.PERSON) == ["你好"]

    def test_what_always_fails_is_given_up(
        self, account: FakePlatform, serve: Serve, bent: Bent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(self: Handling, callback_id: int) -> None:
            raise OSError("for ever")

        monkeypatch.setattr(Handling, "handle", broken)
        follower = Follower(serve(bent), account)
        follower.write("你好")
        for _ in range(callbacks.MAX_TRIES + 2):
            assert follower.again() is None
        assert follower.processed() == callbacks.MAX_TRIES


def test_what_is_done_keeps_nothing_of_what_was_said(follower: Follower) -> None:
    follower.write("我的手机号是13800138000")
    with reading() as session:
        assert session.scalar(select(Callback.fields)) == {}
        assert session.scalar(select(func.count()).select_from(Callback)) == 1


def test_the_counter_is_not_there_in_production(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    follower.write("你好")
    monkeypatch.setenv("TUIKUAN_ENVIRONMENT", "production")
    monkeypatch.setenv("TUIKUAN_SECRET_KEY", "k" * 32)
    settings.cache_clear()
    assert follower.client.get(f"/wechat/_processed/{follower.delivered['MsgId']}").status_code == 404


def test_the_deadline_leaves_time_before_the_platform_hangs_up() -> None:
    assert reception.WORK_S < reception.DEADLINE_S < reception.LATEST_S < 4.5
