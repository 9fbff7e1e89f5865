"""Sends the reminders whose time has come, for as long as the service runs."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from cases.dialogue.reminding import send_due
from cases.settings import settings

logger = logging.getLogger(__name__)


@asynccontextmanager
async def reminding() -> AsyncIterator[None]:
    """Look for due reminders at once and then every `TUIKUAN_REMINDER_INTERVAL_S` seconds."""
    task = asyncio.create_task(_forever())
    yield
    task.cancel()


async def _forever() -> None:
    while True:
        try:
            await run_in_threadpool(send_due)
        except Exception:
            logger.exception("sending reminders failed; the next round tries again")
        await asyncio.sleep(settings().reminder_interval_s)
