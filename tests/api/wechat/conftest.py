"""The platform, and the settings of an account there."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.wechat import pushing, reception
from cases.outbox import service as outbox
from cases.settings import settings
from tests.api.wechat.fake_platform import FakePlatform
from tests.api.wechat.follower import Follower


@pytest.fixture
def platform() -> Iterator[FakePlatform]:
    """A platform of the test's own."""
    made = FakePlatform()
    yield made
    made.close()


@pytest.fixture
def account(platform: FakePlatform, sqlite: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlatform]:
    """The program has an account there that may do everything; its database is an empty SQLite file."""
    yield from _has_account(platform, monkeypatch)


@pytest.fixture
def account_on_both(platform: FakePlatform, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlatform]:
    """As `account`, once on each kind of database."""
    yield from _has_account(platform, monkeypatch)


def _has_account(platform: FakePlatform, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePlatform]:
    for name, value in platform.settings.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield platform
    settings.cache_clear()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform waits one second, not five."""
    monkeypatch.setattr(reception, "WORK_S", 1.0)
    monkeypatch.setattr(outbox, "PASSIVE", timedelta(seconds=1.2))
    monkeypatch.setattr(outbox, "AFTER_PASSIVE", timedelta())
    monkeypatch.setattr(pushing, "INTERVAL_S", 0.02)


@pytest.fixture
def follower(account: FakePlatform, client: TestClient) -> Follower:
    """Somebody who follows the account; the assistant is the one to bend."""
    return Follower(client, account)


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Wait for something that happens on another thread."""

    def wait(is_so: Callable[[], bool]) -> None:
        until = time.monotonic() + 10
        pause = threading.Event()
        while not is_so():
            assert time.monotonic() < until, "it did not happen"
            pause.wait(0.01)

    return wait
