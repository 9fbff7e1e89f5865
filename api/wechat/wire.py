"""Requests to the platform and their answers. Whatever goes wrong is a `PlatformError` that holds no URL.

The access token stands in the query, as the platform wants it, so no error or log of the HTTP library may get out.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import httpx

from api.wechat.failures import Action, PlatformError, Unsure, refusal

TIMEOUT_S = 5.0
WAITS_S = (0.5, 1.0, 2.0)
JSON_BYTES = 1024 * 1024
ERROR_TYPES = ("application/json", "text/plain")
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

Sleep = Callable[[float], Awaitable[object]]

logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it writes down every URL


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for: a file of at most `max_bytes`, or JSON. With a `body` it is a POST.

    What `is_repeatable` does no harm when it is done twice.
    """

    path: str
    body: Mapping[str, Any] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    is_repeatable: bool = True
    is_file: bool = False
    max_bytes: int = JSON_BYTES
    waits_s: tuple[float, ...] = WAITS_S


class Answer(NamedTuple):
    """What came back: the bytes of a file, or what JSON told, which is no error."""

    content: bytes
    told: Mapping[str, Any]


class TooLong(PlatformError):
    """There was more to read than we take."""

    def __init__(self) -> None:
        super().__init__(Action.ALARM, "an answer that is too long")


class Wire:
    """The connections to the platform at `base`. It belongs to one event loop."""

    def __init__(self, base: str, sleep: Sleep = asyncio.sleep) -> None:
        """`sleep` passes the time between two attempts."""
        # Nothing in the environment leads requests that hold a token anywhere else.
        self._http = httpx.AsyncClient(base_url=base, timeout=TIMEOUT_S, trust_env=False)
        self._sleep = sleep

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(self, request: Request, token: str | None = None) -> Answer:
        """The answer; what certainly was not done is tried again, three times at most.

        Raises `PlatformError`, and its `Unsure` when the request is not repeatable and may have been done.
        """
        for wait_s in request.waits_s:
            try:
                return await self._ask_once(request, token)
            except PlatformError as error:
                if error.action is not Action.RETRY:
                    raise
            await self._sleep(wait_s)
        return await self._ask_once(request, token)

    async def _ask_once(self, request: Request, token: str | None) -> Answer:
        try:
            async with self._http.stream(**_as_http(request, token)) as response:
                _check_status(response, request)
                content = await read_up_to(request.max_bytes, response)
                return _read(content, response.headers.get("Content-Type", ""), request)
        except NOT_SENT:
            raise PlatformError(Action.RETRY, "the platform cannot be reached") from None
        except (httpx.HTTPError, httpx.StreamError):
            raise _unanswered(request, "the platform did not answer") from None


async def read_up_to(max_bytes: int, response: httpx.Response) -> bytes:
    """The body of a response that is being streamed. Raises `TooLong` as soon as it is."""
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise TooLong
    return bytes(content)


def _as_http(request: Request, token: str | None) -> dict[str, Any]:
    query = {**request.query, **({"access_token": token} if token else {})}
    if request.body is None:
        return {"method": "GET", "url": request.path, "params": query}
    content = json.dumps(request.body, ensure_ascii=False).encode(errors="replace")  # the platform refuses \uXXXX
    return {"method": "POST", "url": request.path, "params": query, "content": content}


def _check_status(response: httpx.Response, request: Request) -> None:
    if response.is_server_error:
        raise _unanswered(request, f"the platform answered with HTTP {response.status_code}")
    if response.status_code != httpx.codes.OK:
        raise PlatformError(Action.ALARM, f"HTTP {response.status_code}: look at TUIKUAN_WECHAT__API_BASE")


def _read(content: bytes, media_type: str, request: Request) -> Answer:
    if request.is_file and not media_type.startswith(ERROR_TYPES):
        return Answer(content, {})
    try:
        told = json.loads(content)
        errcode = int(told.get("errcode", 0))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise _unanswered(request, "the platform's answer cannot be read") from None
    if errcode:
        raise refusal(errcode, str(told.get("errmsg", "")))
    if request.is_file:
        raise PlatformError(Action.ASK_AGAIN, "the platform has no file, but tells of one")
    return Answer(content, told)


def _unanswered(request: Request, message: str) -> PlatformError:
    """The request is out, and nobody knows what became of it."""
    return PlatformError(Action.RETRY, message) if request.is_repeatable else Unsure(message)
