"""What goes on beside the requests, and has stopped before the service ends."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from anyio import CancelScope


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
async def running(coroutine: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let this go on for as long as the block lasts."""
    work = Work(coroutine)
    try:
        yield
    finally:
        await work.stop()
