"""Pictures that people send: from the platform's interface, or from the address that came with them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

import httpx

from api.wechat.client import MIB, Client
from api.wechat.failures import PlatformError
from api.wechat.wire import TIMEOUT_S, TooLong, read_up_to
from cases.errors import TryAgain
from cases.evidence.refusals import refused
from cases.knowledge import knowledge
from cases.settings import settings

HOSTS = (".qpic.cn", ".qlogo.cn")
EACH_S = 5.0


async def fetch(
    client: Client | None, media_id: str, pic_url: str, transport: httpx.AsyncBaseTransport | None = None
) -> bytes:
    """The picture, by either of two ways; each may take five seconds. `transport` carries the second one.

    Raises `TryAgain` if it is not to be had, `BadInput` if it is larger than a file may be.
    """
    for way in _ways(client, media_id, pic_url, transport):
        try:
            async with asyncio.timeout(EACH_S):
                return await way()
        except TooLong:
            raise refused("file_too_large", settings().attachment_max_mib) from None
        except (PlatformError, TimeoutError, httpx.HTTPError):
            continue
    raise TryAgain(knowledge().wording["wechat_picture_lost"], code="picture_lost")


def _ways(
    client: Client | None, media_id: str, pic_url: str, transport: httpx.AsyncBaseTransport | None
) -> Iterator[Callable[[], Awaitable[bytes]]]:
    if client is not None and media_id:
        yield partial(client.fetch_media, media_id)
    if is_picture_address(pic_url):
        yield partial(_from_address, pic_url, transport)


def is_picture_address(text: str) -> bool:
    """Whether this is one of the platform's own hosts for pictures, asked in the usual way.

    The address comes with a message: anything else would let its writer choose what this machine connects to.
    """
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    is_usual = url.scheme in ("http", "https") and url.port is None and not url.userinfo
    return is_usual and url.raw_host.decode("ascii", "replace").endswith(HOSTS)


async def _from_address(address: str, transport: httpx.AsyncBaseTransport | None) -> bytes:
    async with (
        httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False, transport=transport) as http,
        http.stream("GET", address) as response,
    ):
        if response.status_code != httpx.codes.OK:
            raise httpx.RemoteProtocolError("no picture")
        return await read_up_to(settings().attachment_max_mib * MIB, response)
