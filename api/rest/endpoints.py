"""`POST /webhooks/rest/webhook`, Rasa's contract: `{sender, message}` → `[{recipient_id, text, buttons}]`.

Off unless `TUIKUAN_REST_CHANNEL` says otherwise. The sender is whatever the caller writes, so senders live in a
namespace of their own and never reach a person of another channel.
"""

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field

from api.dependencies import TurnsDep
from api.incoming import Incoming
from cases.dialogue import Button
from cases.errors import NotAllowed, NotFound
from cases.settings import settings

REST = "rest"

router = APIRouter(prefix="/webhooks/rest", tags=["rest"])


class RestMessage(BaseModel):
    """A message as Rasa's REST channel takes it; further keys (`metadata`, `stream`) are not read."""

    sender: str = Field(min_length=1, max_length=255)
    message: str = ""


@router.post("/webhook")
async def webhook(
    said: RestMessage, turns: TurnsDep, authorization: Annotated[str, Header()] = ""
) -> list[dict[str, Any]]:
    """Answer one message of a sender. A message that is a button's payload taps that button, if it is on offer."""
    _check_access(authorization)
    incoming = Incoming(
        channel=REST,
        person_id=None,
        sender=said.sender,
        key=secrets.token_hex(16),  # the contract has no message id, so each one is new
        text=said.message,
        choice=said.message if Button.is_token(said.message) else None,
    )
    return [{"recipient_id": said.sender, **message} for message in await turns.take(incoming)]


def _check_access(authorization: str) -> None:
    mode = settings().rest_channel
    if mode == "off":
        raise NotFound("没有这个地址。")
    expected = f"Bearer {settings().rest_token.get_secret_value()}"
    if mode == "token" and not secrets.compare_digest(authorization.encode(), expected.encode()):
        raise NotAllowed("令牌不对。")
