"""Routes under `/api/chat`. The token in the Authorization header says whose they are."""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Response, UploadFile
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.case_view import CaseView, view
from api.chat.schemas import (
    AnswerOut,
    AttachmentOut,
    MessageIn,
    MessageOut,
    SessionOut,
    TranscriptLine,
    TranscriptOut,
)
from api.dependencies import PersonId, TurnsDep
from api.incoming import File, Incoming
from api.turns import Messages
from cases.calendar_file import calendar
from cases.database import reading, transaction
from cases.dialogue import greeting
from cases.documents import service as documents
from cases.errors import NotFound
from cases.evidence import files
from cases.knowledge import knowledge
from cases.models import Attachment, Case, Document, Message, Person
from cases.people import service as people
from cases.people.service import WEB
from cases.settings import settings
from cases.transcript import repository as transcript

HISTORY_LENGTH = 500

FORMS: Mapping[str, Callable[[Document], bytes]] = {
    "txt": lambda document: document.text.encode(),
    "docx": documents.as_docx,
    "pdf": documents.as_pdf,
}
MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}

router = APIRouter(prefix="/api/chat", tags=["chat"])


@router.post("/sessions", status_code=201)
def start_session() -> SessionOut:
    """A new person on the web: their token, and the assistant's welcome."""
    with transaction() as session:
        identity, token = people.start_web_session(session)
        session.flush()
        welcome = greeting(session, identity.person, WEB)
        return SessionOut(session_id=identity.public_id, token=token, messages=[MessageOut(**line) for line in welcome])


@router.post("/messages")
async def send_message(message: MessageIn, person: PersonId, turns: TurnsDep) -> AnswerOut:
    """Say something or tap a choice. Sending it again with the same `client_msg_id` gives the same answer."""
    incoming = Incoming(
        channel=WEB,
        person_id=person,
        key=f"{person}:{message.client_msg_id}",
        text=message.text or "",
        choice=message.payload,
    )
    return await run_in_threadpool(_answer, person, await turns.take(incoming))


@router.post("/attachments")
async def send_attachment(
    file: UploadFile,
    client_msg_id: Annotated[str, Form(min_length=8, max_length=64)],
    person: PersonId,
    turns: TurnsDep,
) -> AnswerOut:
    """Hand in a picture for the evidence that is asked for. The original is kept as it came."""
    content = await file.read(settings().attachment_max_mib * files.MIB + 1)
    stored = await run_in_threadpool(files.store, content)
    incoming = Incoming(
        channel=WEB,
        person_id=person,
        key=f"{person}:{client_msg_id}",
        file=File(stored, file.filename or "picture"),
    )
    return await run_in_threadpool(_answer, person, await turns.take(incoming))


@router.get("/messages")
def history(person: PersonId) -> TranscriptOut:
    """What was said so far, oldest first."""
    with reading() as session:
        conversation = session.get_one(Person, person).conversation
        if conversation is None:
            return TranscriptOut(messages=[])
        messages = transcript.messages(session, conversation, HISTORY_LENGTH)
        sent = transcript.attachments(session, [message.id for message in messages])
        return TranscriptOut(messages=[_line(message, sent) for message in messages])


@router.get("/case")
def current_case(person: PersonId) -> CaseView:
    """The case that the conversation is about."""
    with reading() as session:
        return view(_case(session, person))


@router.get("/case/documents/{kind}.{form}")
def document(kind: str, form: Literal["txt", "docx", "pdf"], person: PersonId) -> Response:
    """A document of the case as the facts are now, as text, for Word and WPS, or for printing."""
    known = knowledge()
    if kind not in known.documents:
        raise NotFound("没有这种材料。")
    with transaction() as session:
        case = _case(session, person)
        made = documents.make(session, case, kind, known)
        name = f"{known.documents[kind].name}-{case.number}.{form}"
    return _download(FORMS[form](made), MEDIA_TYPES[form], name)


@router.get("/case.ics")
def case_calendar(person: PersonId) -> Response:
    """The case's dates, for the person's own calendar."""
    with reading() as session:
        case = _case(session, person)
        dates = calendar(case, knowledge())
        if b"BEGIN:VEVENT" not in dates:
            raise NotFound("还没有要记的日子。")
        return _download(dates, "text/calendar; charset=utf-8", f"{case.number}.ics")


def _download(content: bytes, media_type: str, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


def _answer(person: int, messages: Messages) -> AnswerOut:
    with reading() as session:
        conversation = session.get_one(Person, person).conversation
        case = conversation.case if conversation else None
        return AnswerOut(messages=[MessageOut(**message) for message in messages], case=view(case) if case else None)


def _case(session: Session, person: int) -> Case:
    conversation = session.get_one(Person, person).conversation
    if conversation is None or conversation.case is None:
        raise NotFound("还没有案子。")
    return conversation.case


def _line(message: Message, sent: list[Attachment]) -> TranscriptLine:
    return TranscriptLine(
        id=message.id,
        author=message.author,
        text=message.text,
        buttons=message.buttons,
        attachments=[
            AttachmentOut(id=file.public_id, name=file.name, size=file.size, sha256=file.sha256)
            for file in sent
            if file.message_id == message.id
        ],
        sent_at=message.sent_at,
    )
