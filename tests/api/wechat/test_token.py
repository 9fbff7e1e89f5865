"""One token for all workers, asked for once, and forced only when nothing else helps."""

import asyncio
from collections.abc import Callable, Coroutine
from threading import Thread
from typing import Any

import pytest
from anyio import to_thread

from api.wechat.client import Client
from api.wechat.failures import PlatformError
from cases.clock import now
from cases.database import reading, transaction
from cases.models import AccessToken, Person
from cases.settings import settings
from tests.api.wechat import fake_platform as paths
from tests.api.wechat.fake_platform import FakePlatform

SOON_S, LATER_S = 299, 330
WORKERS, EACH = 2, 5

Scenario = Callable[[Client], Coroutine[Any, Any, None]]


async def no_time(seconds: float) -> None:
    """Between two attempts."""


def play(*scenarios: Scenario) -> None:
    """Let workers do this, one after the other, each with a client of its own."""
    for scenario in scenarios:
        asyncio.run(_play(scenario))


async def _play(scenario: Scenario) -> None:
    async with Client(settings().wechat, no_time) as client:
        await asyncio.wait_for(scenario(client), 20)


def play_together(scenario: Scenario) -> None:
    """Let all workers do this at the same time, each on an event loop of its own."""
    failed: list[BaseException] = []

    def work() -> None:
        try:
            play(scenario)
        except BaseException as error:
            failed.append(error)

    workers = [Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert failed == []


async def ask(client: Client) -> None:
    await client.callback_ips()


async def ask_often(client: Client) -> None:
    await asyncio.gather(*(ask(client) for _ in range(EACH)))


def kept(platform: FakePlatform) -> str | None:
    with reading() as session:
        found = session.get(AccessToken, platform.app_id)
        return found.token if found else None


def test_workers_share_it(account_on_both: FakePlatform) -> None:
    play(ask, ask, ask_often)
    assert account_on_both.asked[paths.TOKEN] == 1
    assert kept(account_on_both) == account_on_both.tokens[-1]


def test_ten_that_need_it_at_once_ask_once(account_on_both: FakePlatform) -> None:
    account_on_both.hang(paths.TOKEN, 0.3)  # so that the others come meanwhile
    play_together(ask_often)
    assert account_on_both.asked[paths.TOKEN] == 1
    assert account_on_both.asked[paths.CALLBACK_IPS] == WORKERS * EACH


def test_ten_that_are_refused_at_once_ask_once(account_on_both: FakePlatform) -> None:
    play(ask)
    account_on_both.expire_tokens()
    account_on_both.hang(paths.TOKEN, 0.3)
    play_together(ask_often)
    assert (account_on_both.asked[paths.TOKEN], account_on_both.forced) == (2, 0)
    assert kept(account_on_both) == account_on_both.tokens[-1]


@pytest.mark.parametrize(("lasts_s", "asked"), [(SOON_S, 2), (LATER_S, 1)], ids=["ends soon", "ends later"])
def test_it_is_asked_for_anew_five_minutes_before_its_end(account: FakePlatform, lasts_s: int, asked: int) -> None:
    account.token_lasts_s = lasts_s
    play(ask, ask)
    assert account.asked[paths.TOKEN] == asked


def test_one_that_another_worker_has_renewed_is_taken_from_there(account: FakePlatform) -> None:
    async def scenario(client: Client) -> None:
        await ask(client)
        account.expire_tokens()
        await _play(ask)  # the other worker
        await ask(client)

    play(scenario)
    assert account.asked[paths.TOKEN] == 2


def test_a_new_one_is_forced_only_if_the_platform_gives_out_the_one_that_it_rejects(account: FakePlatform) -> None:
    play(ask)
    account.fail(paths.CALLBACK_IPS, 40001)
    play(ask)
    assert (account.forced, account.tokens_issued) == (1, 2)
    assert kept(account) == account.tokens[-1]


def test_the_time_is_the_platforms_and_not_the_clock_of_the_cases(
    account: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(ask)
    monkeypatch.setenv("TUIKUAN_NOW", "2030-01-01T00:00:00")
    play(ask)
    assert account.asked[paths.TOKEN] == 1


def test_nothing_is_kept_if_none_is_given(account_on_both: FakePlatform) -> None:
    account_on_both.fail(paths.TOKEN, 40125)
    with pytest.raises(PlatformError):
        play(ask)
    assert kept(account_on_both) is None
    play(ask)
    assert kept(account_on_both) == account_on_both.tokens[-1]


def test_while_the_platform_lets_us_wait_others_write(account_on_both: FakePlatform) -> None:
    account_on_both.hang(paths.TOKEN, 60)

    async def scenario(client: Client) -> None:
        asking = asyncio.create_task(ask(client))
        while not account_on_both.asked[paths.TOKEN]:
            await asyncio.sleep(0.01)
        await asyncio.wait_for(to_thread.run_sync(write), 4)
        assert not asking.done()
        account_on_both.let_go()
        await asking

    play(scenario)


def write() -> None:
    with transaction() as session:
        session.add(Person(created_at=now()))
