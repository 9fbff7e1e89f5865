"""The channel as a whole, for as long as the service runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter

from api.turns import Turns
from api.wechat.client import Client
from api.wechat.handling import Handling
from api.wechat.pushing import pushing
from api.wechat.reception import Reception
from cases.settings import settings


@asynccontextmanager
async def receiving(turns: Turns, heavy: CapacityLimiter) -> AsyncIterator[Reception | None]:
    """Receive callbacks and send what is in the outbox; nothing if there is no account."""
    account = settings().wechat
    if not account.is_on:
        yield None
        return
    client = Client(account) if account.app_secret.get_secret_value() else None
    reception = Reception(Handling(turns, client, heavy).handle)
    try:
        async with reception.looking(), pushing(client):
            yield reception
    finally:
        await reception.close()
        if client is not None:
            await client.close()
