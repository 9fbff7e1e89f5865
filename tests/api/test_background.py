"""What goes on beside the requests has stopped before the service ends."""

import asyncio
import logging
import threading
from functools import partial

import pytest
from starlette.concurrency import run_in_threadpool

from api.background import Work, repeating


def test_it_is_done_again_and_again_and_a_failure_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        rounds, enough = 0, asyncio.Event()

        async def work() -> None:
            nonlocal rounds
            rounds += 1
            if rounds == 1:
                raise OSError("once")
            enough.set()

        async with repeating(work, 0.001, "counting"):
            await asyncio.wait_for(enough.wait(), 10)

    with caplog.at_level(logging.ERROR):
        asyncio.run(main())
    assert "counting failed; the next round tries again" in caplog.text


def test_a_thread_in_the_midst_of_something_ends_first() -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def in_thread() -> None:
        begun.set()
        go_on.wait()
        ended.set()

    async def main() -> bool:
        async with repeating(partial(run_in_threadpool, in_thread), 60, "waiting"):
            await asyncio.to_thread(begun.wait)
            asyncio.get_running_loop().call_later(0.01, go_on.set)
        return ended.is_set()

    assert asyncio.run(main())


def test_what_has_ended_already_is_no_trouble() -> None:
    async def nothing() -> None:
        return

    async def main() -> None:
        work = Work(nothing())
        await work.task
        await work.stop()

    asyncio.run(main())
