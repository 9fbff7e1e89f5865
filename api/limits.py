"""How much may be sent in one request: told before it is read, or while it is."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import TooLarge
from cases.evidence.files import MIB
from cases.settings import settings

UPLOADS = "/api/chat/attachments"
# The names and lines of the form around a file.
FORM_BYTES = 64 * 1024
# The longest message, each character escaped, and room to spare.
OTHERS_BYTES = 256 * 1024


class BodyLimit:
    """Refuses a body that is too large, whatever its header says of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102  # ASGI
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal, limit = refusal_and_limit(scope["path"])
        if _announced(scope) > limit:
            await refusal.response()(scope, receive, send)
            return
        received = 0

        async def receive_some() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise refusal
            return message

        await self._app(scope, receive_some, send)


def refusal_and_limit(path: str) -> tuple[TooLarge, int]:
    """What is said of a body that is too large for this path, and how many bytes it may have."""
    mib = settings().attachment_max_mib
    if path == UPLOADS:
        return TooLarge("file_too_large", f"文件太大了，每个不超过 {mib} MB。"), mib * MIB + FORM_BYTES
    return TooLarge("too_large", "发来的内容太多了，请分几次发。"), OTHERS_BYTES


def _announced(scope: Scope) -> int:
    """What the header says; nothing if it says nothing of use, for then it is counted."""
    said = Headers(scope=scope).get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() else 0
