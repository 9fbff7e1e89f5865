"""The access token: one for all workers, fetched by one of them when it is needed.

The platform's stable_token gives the same token to everybody who asks until it is due; a new one can be forced only
20 times a day. So a token is asked for anew when it ends soon or was rejected, and forced only when the platform
itself hands out the one that it rejects.
"""

import asyncio
import fcntl
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from anyio import from_thread, to_thread

from cases.database import engine, reading, transaction
from cases.platform_tokens import repository, service
from cases.settings import settings


class Issued(NamedTuple):
    """A token and for how many seconds it is good."""

    token: str
    lasts_s: float


Issue = Callable[[bool], Coroutine[Any, Any, Issued]]
"""Asks the platform for a token; `True` forces a new one."""


class Tokens:
    """The tokens of one account, as one event loop uses them."""

    def __init__(self, app_id: str, issue: Issue) -> None:
        self._app_id = app_id
        self._issue = issue
        self._renewing = asyncio.Lock()

    async def get(self, rejected: str | None = None) -> str:
        """A token that is good; not the one that the platform has just `rejected`.

        Raises what `issue` raises.
        """
        kept = await to_thread.run_sync(self._kept, rejected)
        if kept is not None:
            return kept
        async with self._renewing:  # one thread at most waits for the other workers
            return await to_thread.run_sync(self._renewed, rejected)

    def _kept(self, rejected: str | None) -> str | None:
        with reading() as session:
            return service.usable(session, self._app_id, rejected)

    def _renewed(self, rejected: str | None) -> str:
        with _alone(self._app_id):
            if kept := self._kept(rejected):  # somebody else has been here meanwhile
                return kept
            issued = from_thread.run(self._issue, False)
            if issued.token == rejected:
                issued = from_thread.run(self._issue, True)
            with transaction() as session:
                service.keep(session, self._app_id, *issued)
            return issued.token


@contextmanager
def _alone(app_id: str) -> Iterator[None]:
    """Only one at a time, in any process. Blocks its thread.

    On SQLite a file is locked, not the database: while the platform lets us wait, others have to write.
    """
    if engine().dialect.name == "postgresql":
        with transaction() as session:
            repository.lock(session, app_id)
            yield
    else:
        with (settings().data_dir / "access_token.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
