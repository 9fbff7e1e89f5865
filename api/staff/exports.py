"""`/staff/c/{id}/export.{md,json,pdf,zip}`: a conversation, or its whole case, as a file. Each is written down."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from typing import IO, Annotated, Literal
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.dependencies import HeavyDep
from api.staff.access import StaffDep, StaffMember, needs
from api.staff.change import conversation_of, subject
from api.staff.page import Page
from cases import clock
from cases.audit import service as audit
from cases.case import dossier
from cases.database import reading, transaction
from cases.errors import NotFound
from cases.knowledge import knowledge
from cases.models import Conversation, Role
from cases.transcript import export
from cases.transcript.export import Transcript

CHUNK_BYTES = 256 * 1024
MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
SHORT = 6  # as the list calls a conversation

Form = Literal["md", "json", "pdf", "zip"]

router = APIRouter(prefix="/c/{public_id}", route_class=Page, dependencies=[needs(Role.REVIEWER)])


@router.get("/export.{form}")
async def save(
    public_id: str,
    form: Form,
    staff: StaffDep,
    heavy: HeavyDep,
    notes: bool = False,
    is_masked: Annotated[bool, Query(alias="masked")] = True,
) -> StreamingResponse:
    """The conversation, or with `zip` its case: with the `notes` of staff or without, masked or as it is."""
    make = partial(_made, public_id, form, staff, notes=notes, is_masked=is_masked)
    made = await to_thread.run_sync(make, limiter=heavy)
    name = f"{'案子' if form == 'zip' else '对话'}-{public_id[:SHORT]}-{clock.today()}.{form}"
    return StreamingResponse(
        _chunks(made),
        media_type=MEDIA_TYPES[form],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "private, no-store",
        },
    )


def _made(public_id: str, form: Form, staff: StaffMember, *, notes: bool, is_masked: bool) -> IO[bytes]:
    _write_down(public_id, form, staff, notes=notes, is_masked=is_masked)
    with ExitStack() as unless_done, reading() as session:
        made = unless_done.enter_context(tempfile.TemporaryFile())
        conversation = conversation_of(session, public_id)
        said = export.transcript(session, conversation, notes=notes, is_masked=is_masked)
        WRITERS[form](conversation, said, made)
        made.seek(0)
        unless_done.pop_all()  # it is closed when it has been sent
        return made


def _write_down(public_id: str, form: Form, staff: StaffMember, *, notes: bool, is_masked: bool) -> None:
    """Before anything leaves the house. What is not masked is shown, too."""
    with transaction() as session:
        conversation = conversation_of(session, public_id)
        audit.note(session, staff.id, "export", subject(conversation), form=form, notes=notes, masked=is_masked)
        if not is_masked:
            audit.note(session, staff.id, "unmask", subject(conversation), form=form)


def _write_dossier(conversation: Conversation, said: Transcript, target: IO[bytes]) -> None:
    if conversation.case is None:
        raise NotFound("还没有案子，可以导出对话。")
    dossier.write(conversation.case, said, knowledge(), target)


WRITERS: Mapping[str, Callable[[Conversation, Transcript, IO[bytes]], object]] = {
    "md": lambda _, said, target: target.write(export.as_markdown(said).encode()),
    "json": lambda _, said, target: target.write(export.as_json(said).encode()),
    "pdf": lambda _, said, target: target.write(export.as_pdf(said)),
    "zip": _write_dossier,
}


def _chunks(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while chunk := made.read(CHUNK_BYTES):
            yield chunk
