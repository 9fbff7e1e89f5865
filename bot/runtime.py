"""Rasa's own thread and event loop, so that a turn never holds up the web server."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


class OwnLoop:
    """An event loop on a thread of its own; coroutines are handed to it from anywhere."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    async def run(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        """Await `work` done there. Giving up on the wait does not stop the work."""
        return await asyncio.shield(asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop)))

    def run_sync(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        """The same for callers without a loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Break off what is left of the work, and stop the loop and its thread."""
        self.run_sync(_break_off())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _break_off() -> None:
    """A transaction in the midst of it is rolled back."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
