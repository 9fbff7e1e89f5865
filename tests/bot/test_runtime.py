"""The assistant's own loop: it works while others only wait, and leaves nothing half done."""

import asyncio

import pytest

from bot.runtime import OwnLoop


def test_what_is_left_is_broken_off_and_tidies_up_after_itself() -> None:
    loop, begun, tidied = OwnLoop("assistant"), asyncio.Event(), []

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            tidied.append("rolled back")

    async def main() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(loop.run(work()), 0.05)

    asyncio.run(main())
    assert begun.is_set()
    assert tidied == []
    loop.close()
    assert tidied == ["rolled back"]


def test_giving_up_on_the_wait_does_not_stop_the_work() -> None:
    loop, go_on, done = OwnLoop("assistant"), asyncio.Event(), []

    async def work() -> None:
        await go_on.wait()
        done.append("work")

    async def let_go() -> None:
        go_on.set()

    async def main() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(loop.run(work()), 0.05)
        await loop.run(let_go())

    asyncio.run(main())
    loop.run_sync(asyncio.sleep(0))
    loop.close()
    assert done == ["work"]
