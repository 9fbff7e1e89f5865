"""What goes on beside the requests, and has stopped before the service ends."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from anyio import CancelScope

logger = logging.getLogger(__name__)


class Work:
    """A task that can be stopped, but not while it waits for a thread: what the thread does is done first.

    A task of asyncio that is cancelled leaves its thread behind, and with it a connection to the database.
    """

    def __init__(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._scope = CancelScope()
        self.task = asyncio.create_task(self._run(coroutine))

    async def stop(self) -> None:
        """Returns when it has ended."""
        self._scope.cancel()
        await asyncio.wait({self.task})

    async def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        with self._scope:
            await coroutine


@asynccontextmanager
async def repeating(do: Callable[[], Awaitable[object]], every_s: float, what: str) -> AsyncIterator[None]:
    """Do this at once and again with so many seconds between, for as long as the block lasts.

    A failure is logged under the name of `what` is done, and ends nothing.
    """
    work = Work(_again_and_again(do, every_s, what))
    try:
        yield
    finally:
        await work.stop()


async def _again_and_again(do: Callable[[], Awaitable[object]], every_s: float, what: str) -> None:
    while True:
        try:
            await do()
        except Exception:
            logger.exception("%s failed; the next round tries again", what)
        await asyncio.sleep(every_s)
