"""Routes under `/api/chat`. The token in the Authorization header says whose they are."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.case_view import CaseView, view
from api.chat.own import case_of, conversation_of
from api.chat.schemas import AnswerOut, MessageIn, MessageOut, SessionOut, TranscriptLine, TranscriptOut
from api.dependencies import NotifierDep, PersonId, ScriptDep, TurnsDep
from api.files.view import view as file_view
from api.incoming import Incoming
from api.turns import Messages
from cases.database import reading, transaction
from cases.dialogue import greeting
from cases.models import Attachment, Message
from cases.people import service as people
from cases.people.service import WEB
from cases.transcript import repository as transcript

HISTORY_LENGTH = 500
MAX_ID = 2**31 - 1

router = APIRouter(prefix="/api/chat", tags=["chat"])


@router.post("/sessions", status_code=201)
def start_session(script: ScriptDep) -> SessionOut:
    """A new person on the web: their token, and the assistant's welcome."""
    with transaction() as session:
        identity, token = people.start_web_session(session)
        session.flush()
        welcome = [MessageOut(**line) for line in greeting(session, identity.person, WEB)]
        return script.write(SessionOut(session_id=identity.public_id, token=token, messages=welcome))


@router.post("/messages")
async def send_message(message: MessageIn, person: PersonId, turns: TurnsDep, script: ScriptDep) -> AnswerOut:
    """Say something, tap a choice, edit a fact or take back. The same `client_msg_id` again gives the same answer."""
    incoming = Incoming(
        channel=WEB,
        person_id=person,
        key=f"{person}:{message.client_msg_id}",
        text=message.text or "",
        choice=message.payload,
        fact=(message.fact.name, message.fact.value) if message.fact else None,
        undo=message.undo,
    )
    return script.write(await run_in_threadpool(answer, person, await turns.take(incoming)))


@router.get("/messages")
def history(person: PersonId, script: ScriptDep, after: Annotated[int, Query(ge=0, le=MAX_ID)] = 0) -> TranscriptOut:
    """What was said so far, oldest first; only what is newer than the line `after`."""
    with reading() as session:
        conversation = conversation_of(session, person)
        if conversation is None:
            return TranscriptOut(messages=[], undo=False)
        messages = transcript.messages(session, conversation, HISTORY_LENGTH, after)
        sent = transcript.attachments(session, [message.id for message in messages])
        lines = [_line(message, sent) for message in messages]
        return script.write(TranscriptOut(messages=lines, undo=conversation.before is not None))


@router.get("/case")
def current_case(person: PersonId, script: ScriptDep) -> CaseView:
    """The case that the conversation is about."""
    with reading() as session:
        return script.write(view(case_of(session, person)))


@router.get("/events")
async def events(person: PersonId, notifier: NotifierDep) -> StreamingResponse:
    """Server-sent events: `changed` at once and whenever there is something new to read."""
    return StreamingResponse(
        notifier.stream(person), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


def answer(person: int, messages: Messages) -> AnswerOut:
    """The assistant's answer, and how things stand now."""
    with reading() as session:
        conversation = conversation_of(session, person)
        case = conversation.case if conversation else None
        return AnswerOut(
            messages=[MessageOut(**message) for message in messages],
            case=view(case) if case else None,
            undo=conversation is not None and conversation.before is not None,
        )


def _line(message: Message, sent: list[Attachment]) -> TranscriptLine:
    return TranscriptLine(
        id=message.id,
        author=message.author,
        text=f"{message.staff.display_name}：{message.text}" if message.staff else message.text,
        buttons=message.buttons,
        attachments=[file_view(file) for file in sent if file.message_id == message.id],
        sent_at=message.sent_at,
    )
