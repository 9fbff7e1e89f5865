"""What goes on beside the requests has stopped before the service ends."""

import asyncio
import threading

from starlette.concurrency import run_in_threadpool

from api.background import Work, running


def test_it_goes_on_while_the_service_does() -> None:
    async def main() -> bool:
        begun = asyncio.Event()

        async def work() -> None:
            begun.set()
            await asyncio.Event().wait()

        async with running(work()):
            await begun.wait()
        return begun.is_set()

    assert asyncio.run(main())


def test_a_thread_in_the_midst_of_something_ends_first() -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def in_thread() -> None:
        begun.set()
        go_on.wait()
        ended.set()

    async def main() -> bool:
        async with running(run_in_threadpool(in_thread)):
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
