"""Handing in files, and saying what is covered in the copy that leaves the house."""

from dataclasses import asdict
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Form, UploadFile
from starlette.concurrency import run_in_threadpool

from api import uploads
from api.chat.endpoints import answer
from api.chat.own import file_of
from api.chat.schemas import AnswerOut, ClientMessageId, RedactionIn, RedactionOut
from api.dependencies import HeavyDep, NotifierDep, PersonId, ScriptDep, TurnsDep
from api.files.view import FileView, view
from api.incoming import File, Incoming
from cases.database import reading, transaction
from cases.evidence import redaction
from cases.evidence.files import MIB
from cases.evidence.redaction import Box
from cases.models import Attachment
from cases.people.service import WEB
from cases.settings import settings

router = APIRouter(prefix="/api/chat/attachments", tags=["chat"])


@router.post("")
async def send_attachment(
    file: UploadFile,
    client_msg_id: Annotated[ClientMessageId, Form()],
    person: PersonId,
    turns: TurnsDep,
    heavy: HeavyDep,
    script: ScriptDep,
) -> AnswerOut:
    """Hand in a file for the evidence that is asked for. The original is kept as it came."""
    content = await file.read(settings().attachment_max_mib * MIB + 1)
    stored = await to_thread.run_sync(partial(uploads.store, person, content), limiter=heavy)
    incoming = Incoming(
        channel=WEB,
        person_id=person,
        key=f"{person}:{client_msg_id}",
        file=File(stored, _printable(file.filename or "") or "picture"),
    )
    return script.write(await run_in_threadpool(answer, person, await turns.take(incoming)))


@router.get("/{public_id}/redaction")
def redaction_of(public_id: str, person: PersonId) -> RedactionOut:
    """What is covered in the copy of a file, and what its reading found that should be."""
    with reading() as session:
        attachment = file_of(session, person, public_id)
        return RedactionOut(boxes=redaction.boxes_of(attachment), suggested=_suggested(attachment))


@router.put("/{public_id}/redaction")
def redact(public_id: str, chosen: RedactionIn, person: PersonId, notifier: NotifierDep) -> FileView:
    """Say what to cover; the original stays as it is."""
    boxes = redaction.validated(chosen.boxes)
    with transaction() as session:
        attachment = file_of(session, person, public_id)
        attachment.redaction = [asdict(box) for box in boxes]
    notifier.notify(person)
    return view(attachment)


def _suggested(attachment: Attachment) -> list[Box]:
    found = (attachment.reading or {}).get("private", [])
    return redaction.validated(found)


def _printable(name: str) -> str:
    return "".join(character for character in name if character.isprintable())
