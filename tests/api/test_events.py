"""News for the pages that listen: at once, when woken, when another worker did it; and streams that end."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from api.events import MAX_STREAMS, Notifier, State, look
from cases import clock
from cases.database import transaction
from cases.models import Person

Chat = Any  # the fixture's class
COMMENT = ": still here\n\n"
REPLACED = "event: replaced\ndata: {}\n\n"
SOMEBODY, ELSE = 1, 2
HOUR = 3600.0


class Standing:
    """How things stand, as a test says; `asked` counts who looked."""

    def __init__(self) -> None:
        self.last: int | None = 1
        self.is_gone = self.fails = False
        self.asked = 0

    def __call__(self, _person: int) -> State | None:
        self.asked += 1
        if self.fails:
            raise OSError("the database is away")
        return None if self.is_gone else {"last": self.last, "case": None}


def changed(last: int) -> str:
    return f"event: changed\ndata: {json.dumps({'last': last, 'case': None})}\n\n"


Scenario = Callable[[Notifier, Standing], Coroutine[Any, Any, None]]


def play(scenario: Scenario, **timing: float) -> None:
    """Run a scenario; unless it says otherwise nobody looks again within the hour."""

    async def run() -> None:
        standing = Standing()
        notifier = Notifier(standing, **{"look_every_s": HOUR, "comment_every_s": HOUR, **timing})
        await asyncio.wait_for(scenario(notifier, standing), 20)

    asyncio.run(run())


async def rest(stream: AsyncIterator[str]) -> list[str]:
    return [line async for line in stream]


def test_a_stream_says_at_once_how_things_stand() -> None:
    async def scenario(notifier: Notifier, _: Standing) -> None:
        assert await anext(notifier.stream(SOMEBODY)) == changed(1)

    play(scenario)


def test_it_says_so_again_when_it_is_woken() -> None:
    async def scenario(notifier: Notifier, standing: Standing) -> None:
        stream = notifier.stream(SOMEBODY)
        await anext(stream)
        standing.last = 2
        following = asyncio.ensure_future(anext(stream))
        Thread(target=notifier.notify, args=[SOMEBODY]).start()
        assert await following == changed(2)

    play(scenario)


def test_what_happens_while_it_looks_is_not_lost() -> None:
    async def scenario(notifier: Notifier, standing: Standing) -> None:
        stream = notifier.stream(SOMEBODY)
        await anext(stream)
        notifier.notify(SOMEBODY)  # nobody is waiting at this moment
        standing.last = 2
        assert await anext(stream) == changed(2)

    play(scenario)


def test_it_says_nothing_when_nothing_is_new() -> None:
    async def scenario(notifier: Notifier, standing: Standing) -> None:
        stream = notifier.stream(SOMEBODY)
        await anext(stream)
        following = asyncio.ensure_future(anext(stream))
        while standing.asked < 2:
            notifier.notify(SOMEBODY)
            await asyncio.sleep(0)
        standing.last = 2
        notifier.notify(SOMEBODY)
        assert await following == changed(2)

    play(scenario)


def test_what_another_worker_did_is_found_by_looking() -> None:
    async def scenario(notifier: Notifier, standing: Standing) -> None:
        stream = notifier.stream(SOMEBODY)
        await anext(stream)
        standing.last = 2
        assert await anext(stream) == changed(2)

    play(scenario, look_every_s=0.01)


def test_a_comment_shows_that_it_lives() -> None:
    async def scenario(notifier: Notifier, _: Standing) -> None:
        stream = notifier.stream(SOMEBODY)
        await anext(stream)
        assert [await anext(stream), await anext(stream)] == [COMMENT] * 2

    play(scenario, look_every_s=0.01, comment_every_s=0.02)


def test_somebody_elses_news_wakes_nobody() -> None:
    async def scenario(notifier: Notifier, standing: Standing) -> None:
        stream = notifier.stream(SOMEBODY)
        await anext(stream)
        following = asyncio.ensure_future(anext(stream))
        while standing.asked < 2:
            await asyncio.sleep(0)
        notifier.notify(ELSE)
        for _ in range(100):
            await asyncio.sleep(0)
        assert standing.asked == 2
        standing.last = 2
        notifier.notify(SOMEBODY)
        assert await following == changed(2)

    play(scenario)


def test_a_database_that_is_away_for_a_moment_ends_nothing() -> None:
    async def scenario(notifier: Notifier, standing: Standing) -> None:
        stream = notifier.stream(SOMEBODY)
        await anext(stream)
        standing.fails = True
        following = asyncio.ensure_future(anext(stream))
        while standing.asked < 2:
            notifier.notify(SOMEBODY)
            await asyncio.sleep(0)
        standing.fails, standing.last = False, 2
        notifier.notify(SOMEBODY)
        assert await following == changed(2)

    play(scenario)


class TestWhoListensToEverybody:
    def test_is_woken_by_anybodys_news_and_looks_their_own_way(self) -> None:
        async def scenario(notifier: Notifier, _: Standing) -> None:
            waiting = iter(range(1, 4))
            stream = notifier.stream_of_everybody(SOMEBODY, lambda: {"waiting": next(waiting)})
            told = [await anext(stream)]
            for person in (SOMEBODY, ELSE):
                following = asyncio.ensure_future(anext(stream))
                notifier.notify(person)
                told.append(await following)
            assert told == [f'event: changed\ndata: {{"waiting": {number}}}\n\n' for number in (1, 2, 3)]

        play(scenario)

    def test_takes_no_place_of_a_person_with_the_same_number(self) -> None:
        async def scenario(notifier: Notifier, standing: Standing) -> None:
            person = notifier.stream(SOMEBODY)
            await anext(person)
            staff = [notifier.stream_of_everybody(SOMEBODY, lambda: {"waiting": 0}) for _ in range(MAX_STREAMS + 1)]
            for stream in staff:
                await anext(stream)
            assert await rest(staff[0]) == [REPLACED]
            standing.last = 2
            notifier.notify(SOMEBODY)
            assert await anext(person) == changed(2)

        play(scenario)

    def test_hears_no_more_when_they_may_not(self) -> None:
        async def scenario(notifier: Notifier, _: Standing) -> None:
            states: list[State | None] = [{"waiting": 0}, None]
            stream = notifier.stream_of_everybody(SOMEBODY, lambda: states.pop(0))
            await anext(stream)
            notifier.notify(ELSE)
            assert await rest(stream) == []

        play(scenario)

    def test_hears_no_more_when_the_server_stops(self) -> None:
        async def scenario(notifier: Notifier, _: Standing) -> None:
            stream = notifier.stream_of_everybody(SOMEBODY, lambda: {"waiting": 0})
            await anext(stream)
            Thread(target=notifier.close).start()
            assert await rest(stream) == []

        play(scenario)


class TestItEnds:
    def test_when_the_person_is_gone(self) -> None:
        async def scenario(notifier: Notifier, standing: Standing) -> None:
            stream = notifier.stream(SOMEBODY)
            await anext(stream)
            standing.is_gone = True
            notifier.notify(SOMEBODY)
            assert await rest(stream) == []

        play(scenario)

    def test_when_the_server_stops(self) -> None:
        async def scenario(notifier: Notifier, _: Standing) -> None:
            streams = [notifier.stream(person) for person in (SOMEBODY, ELSE)]
            for stream in streams:
                await anext(stream)
            Thread(target=notifier.close).start()
            assert [await rest(stream) for stream in streams] == [[], []]
            assert await rest(notifier.stream(SOMEBODY)) == []

        play(scenario)

    def test_when_too_many_listen_for_the_same_person_the_oldest_first(self) -> None:
        async def scenario(notifier: Notifier, _: Standing) -> None:
            streams = [notifier.stream(SOMEBODY) for _ in range(MAX_STREAMS + 1)]
            others = notifier.stream(ELSE)
            for stream in (others, *streams):
                await anext(stream)
            assert await rest(streams[0]) == [REPLACED]
            following = [asyncio.ensure_future(anext(stream)) for stream in (others, *streams[1:])]
            for _ in range(20):
                await asyncio.sleep(0)
            assert not any(one.done() for one in following)
            notifier.close()
            await asyncio.gather(*following, return_exceptions=True)

        play(scenario)

    def test_and_one_that_has_ended_takes_no_place(self) -> None:
        async def scenario(notifier: Notifier, _: Standing) -> None:
            first = notifier.stream(SOMEBODY)
            await anext(first)
            for _ in range(2 * MAX_STREAMS):
                stream = notifier.stream(SOMEBODY)
                await anext(stream)
                await stream.aclose()  # type: ignore[attr-defined]  # the page was closed
            notifier.close()
            assert await rest(first) == []

        play(scenario)


class TestHowThingsStand:
    def test_for_nobody(self, sqlite: None) -> None:
        assert look(404) is None

    def test_for_somebody_who_has_said_nothing(self, sqlite: None) -> None:
        with transaction() as session:
            session.add(Person(created_at=clock.now()))
        assert look(1) == {"last": None, "case": None}

    def test_for_somebody_with_a_case(self, talk: Chat) -> None:
        before = look(1)
        talk.tap("没到账")
        after = look(1)
        assert before is not None
        assert after is not None
        assert after["last"] == talk.history[-1]["id"]
        assert (before["case"], bool(after["case"])) == (None, True)


class TestOverHttp:
    """A server of its own: only a real one streams."""

    @pytest.fixture
    def server(self, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """`tuikuan serve` with the echo, and its address."""
        environment = {
            **os.environ,
            "TUIKUAN_DATA_DIR": str(tmp_path),
            "TUIKUAN_DATABASE_URL": "",
            "TUIKUAN_ASSISTANT": "echo",
            "TUIKUAN_READING": "off",
        }
        command = [sys.executable, "-c", SERVE]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            address = process.stdout.readline().strip()
            yield process, address
            process.kill()

    def test_news_come_as_they_happen_and_the_server_stops_in_spite_of_who_listens(
        self, server: tuple[subprocess.Popen[str], str]
    ) -> None:
        process, address = server
        with httpx.Client(base_url=address, trust_env=False, timeout=20) as client:
            token = client.post("/api/chat/sessions").json()["token"]
            headers = {"Authorization": f"Bearer {token}"}
            with client.stream("GET", "/api/chat/events", headers=headers) as response:
                assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
                assert response.headers["Cache-Control"] == "no-store"
                lines = response.iter_lines()
                first = newest(lines)
                client.post("/api/chat/messages", headers=headers, json={"text": "一", "client_msg_id": "12345678"})
                assert newest(lines) > first
                process.send_signal(signal.SIGTERM)
                assert list(lines) == []
        assert process.wait(20) in (0, -signal.SIGTERM)


def newest(lines: Iterator[str]) -> int:
    """The id of the newest message, as the next event tells it."""
    event = [next(lines) for _ in range(3)]
    found = re.fullmatch(r'data: \{"last": (\d+), "case": null\}', event[1])
    assert found
    return int(found[1])


SERVE = """
import socket, uvicorn
from api.app import create_app
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
listening.listen()
uvicorn.Server(uvicorn.Config(create_app, factory=True, ws="none", log_level="warning")).run([listening])
"""
