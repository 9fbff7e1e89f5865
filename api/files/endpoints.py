"""`GET /api/files/{id}/{variant}`: the signature is the credential, for an `<img>` can send no other."""

from functools import partial
from typing import cast

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool

from api.dependencies import HeavyDep
from api.files.view import variants
from cases.database import reading
from cases.errors import NotFound
from cases.evidence import copies, files, links, redaction
from cases.evidence import repository as evidence
from cases.evidence.copies import Variant
from cases.models import Attachment

HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store"}
JPEG = "image/jpeg"

router = APIRouter(prefix="/api/files", tags=["files"])


@router.get("/{public_id}/{variant}", response_class=Response)
async def file(public_id: str, variant: str, request: Request, heavy: HeavyDep) -> Response:
    """A file as it came in, to be saved, or a JPEG copy of it, to be looked at."""
    until, sig = (request.query_params.getlist(name) for name in ("until", "sig"))
    if len(until) != 1 or len(sig) != 1:
        raise _no_such_link()
    found = await run_in_threadpool(_found, public_id, variant, until[0], sig[0])
    if variant == "original":
        return FileResponse(
            files.path_of(found.sha256), media_type=found.media_type, filename=found.name, headers=HEADERS
        )
    copied = await to_thread.run_sync(partial(_copied, found, cast(Variant, variant)), limiter=heavy)
    return Response(copied, media_type=JPEG, headers={**HEADERS, "Content-Disposition": "inline"})


def _found(public_id: str, variant: str, until: str, sig: str) -> Attachment:
    """The file that the link is for; whatever is wrong with the link is told in one way."""
    with reading() as session:
        attachment = evidence.by_public_id(session, public_id)
        if attachment is None or not links.verify(public_id, variant, until, sig, attachment.person_id):
            raise _no_such_link()
        if variant not in variants(attachment) or not files.path_of(attachment.sha256).is_file():
            raise _no_such_link()
        return attachment


def _copied(attachment: Attachment, variant: Variant) -> bytes:
    boxes = redaction.boxes_of(attachment) if variant == "redacted" else ()
    return copies.copy(attachment.sha256, attachment.media_type, variant, boxes)


def _no_such_link() -> NotFound:
    return NotFound("这个链接打不开了，请回到对话里重新点开。", code="file_link")
