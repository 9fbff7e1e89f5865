"""Routes under `/api/chat`. The token in the Authorization header says whose they are."""

from typing import Annotated

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import PlainTextResponse
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
from cases.database import reading, transaction
from cases.dialogue import greeting
from cases.documents import service as documents
from cases.errors import NotFound
from cases.evidence import files
from cases.models import Attachment, Case, Message, Person
from cases.people import service as people
from cases.people.service import WEB
from cases.settings import settings
from cases.transcript import repository as transcript

HISTORY_LENGTH = 500

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


@router.get("/case/documents/{kind}.txt", response_class=PlainTextResponse)
def document_text(kind: str, person: PersonId) -> str:
    """The newest version of a text made for the person."""
    with reading() as session:
        found = documents.current(_case(session, person), kind)
        if found is None:
            raise NotFound("还没有这份材料。")
        return found.text


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
