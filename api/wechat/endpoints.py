"""`GET` and `POST /wechat`: the address that an official account calls.

The answer is a sealed text, `success`, or an empty refusal: anything else shows the person a fault of the account.
"""

import logging
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.wechat import xml
from api.wechat.codec import Codec, Opened
from api.wechat.reception import NotKept, Reception
from api.wechat.rejection import Reject
from cases.callbacks import repository as callbacks
from cases.callbacks.service import fingerprint
from cases.database import reading
from cases.errors import NotFound
from cases.settings import settings

SUCCESS = "success"
MAX_BYTES = 64 * 1024

logger = logging.getLogger(__name__)


def _is_on() -> None:
    if not settings().wechat.is_on:
        raise NotFound("没有这个地址。")


router = APIRouter(prefix="/wechat", tags=["wechat"], dependencies=[Depends(_is_on)])


def _reception(request: Request) -> Reception:
    found: Reception = request.app.state.reception
    return found


@router.get("")
def verify(request: Request) -> Response:
    """The platform asks whether the address is ours: the `echostr`, letter by letter."""
    try:
        return _plain(Codec.of_settings().verify_url(request.query_params))
    except Reject as refused:
        return _refusal(refused)


@router.post("")
async def receive(request: Request, reception: Annotated[Reception, Depends(_reception)]) -> Response:
    """A message or an event. 503 if it could not be written down: then it comes again."""
    codec = Codec.of_settings()
    try:
        opened = codec.open(request.query_params, await _body(request))
        text = await reception.answer(opened.fields)
    except Reject as refused:
        return _refusal(refused)
    except NotKept:
        logger.warning("a WeChat callback could not be kept; it has to come again")
        return Response(status_code=503)
    except Exception:
        logger.exception("a WeChat callback was not answered; it comes again")
        return Response(status_code=503)
    if text is None:
        return _plain(SUCCESS)
    sealed = codec.seal(_reply(opened, text), opened.key, request.query_params.get("nonce", ""))
    return Response(sealed, media_type="text/xml")


@router.get("/_processed/{key}")
def processed(key: str) -> dict[str, str | int]:
    """How often work on a callback began, by MsgId or `openid|CreateTime|Event`: for tests, in development only."""
    if settings().environment == "production":
        raise NotFound("没有这个地址。")
    with reading() as session:
        callback = callbacks.by_hash(session, fingerprint(key))
        return {"key": key, "processed": callback.processed if callback else 0}


async def _body(request: Request) -> bytes:
    """Counted while it comes: the header may say anything."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise Reject(413, "too large")
    return bytes(body)


def _reply(opened: Opened, text: str) -> str:
    fields = opened.fields
    return xml.text_reply(fields["FromUserName"], fields["ToUserName"], text, int(time.time()))


def _refusal(refused: Reject) -> Response:
    logger.warning("a request to /wechat was refused: %s", refused.reason)
    return Response(status_code=refused.status)


def _plain(text: str) -> Response:
    return Response(text, media_type="text/plain")
