"""`/staff/teaching` and a message's own page: what messages mean, said by staff, and whether the model knows by now."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.staff import lesson_view, pages
from api.staff.access import StaffDep, StaffMember
from api.staff.change import ChangeDep, conversation_of
from api.staff.intents import GROUPS, INTENTS, named
from api.staff.page import Page
from bot import corpus
from bot.assistant import Assistant
from bot.corpus import Likeness, Sentence
from bot.runtime import OwnLoop
from bot.teaching import masked as cleared
from cases.database import reading
from cases.errors import BadInput, NotFound
from cases.knowledge import knowledge
from cases.models import Conversation, Message, NluCorrection
from cases.review import likeness, repository, teaching
from cases.review.privacy import masked
from cases.transcript.service import DOUBT

LISTED = 50
MEASURED = 200
"""How many corrections are read again to see what the model makes of them now: at 10 ms each."""

router = APIRouter(route_class=Page)


class Lesson(BaseModel):
    """What a message means, and the facts that are in it, as a form hands them in."""

    intent: str = ""
    amount: str = ""
    delivered_amount: str = ""
    platform: str = ""
    merchant: str = ""
    product: str = ""
    paid_at: str = ""
    pay_channel: str = ""
    pay_method: str = ""
    order_no: str = ""
    contact_attempts: str = ""


@router.get("/c/{public_id}/messages/{message}")
def message(request: Request, public_id: str, message: int, staff: StaffDep) -> Response:
    """One message: what it was taken to mean, what it does mean, and others like it."""
    with reading() as session:
        conversation = conversation_of(session, public_id)
        said, made = _said(session, conversation, message)
        return pages.render(
            request,
            staff,
            "conversation_message.html",
            here=f"/staff/c/{public_id}",
            message=said,
            text=masked(said.text, conversation.case),
            intent=made.intent if made else said.intent,
            found=lesson_view.found(said, made),
            similar=[(it, masked(it.message.text)) for it in likeness.similar(session, said)],
            groups=GROUPS,
            named=named,
        )


@router.post("/c/{public_id}/messages/{message}")
def correct(change: ChangeDep, message: int, lesson: Annotated[Lesson, Form()]) -> Response:
    """Say what a message means, and which facts are in it; those that are hidden stay in it."""
    if lesson.intent not in INTENTS:
        raise BadInput("选一个意思。", code="intent_unknown")
    with change.of("teach", intent=lesson.intent) as it:
        said, made = _said(it.session, it.conversation, message)
        hidden = [entity for entity in lesson_view.entities(said, made) if lesson_view.is_hidden(entity)]
        written = teaching.entities(lesson.model_dump(exclude={"intent"}), knowledge())
        teaching.correct(it.session, said, it.staff, lesson.intent, [*written, *hidden])
    return change.done("taught")


@router.get("/teaching")
def lessons(request: Request, staff: StaffDep) -> Response:
    """What waits to be judged, and what was judged last."""
    return _lessons(request, staff)


@router.post("/teaching")
def measure(request: Request, staff: StaffDep) -> Response:
    """Let today's model read again what was corrected, and count what it gets right."""
    with reading() as session:
        taught = [correction for correction, _ in repository.corrections(session, MEASURED)]
    assistant: Assistant = request.app.state.assistant
    loop: OwnLoop = request.app.state.loop
    now = loop.run_sync(_intents(assistant, [correction.message.text for correction in taught]))
    right = [correction.intent for correction in taught]
    then = [correction.message.intent for correction in taught]
    return _lessons(request, staff, {"of": len(right), "then": _same(then, right), "now": _same(now, right)})


def _lessons(request: Request, staff: StaffMember, measured: Mapping[str, int] | None = None) -> Response:
    with reading() as session:
        doubtful = [(said, who, masked(said.text)) for said, who in repository.doubtful(session, DOUBT, LISTED)]
        taught = [(made, who, masked(made.message.text)) for made, who in repository.corrections(session, LISTED)]
        counts = repository.correction_counts(session)
    return pages.render(
        request,
        staff,
        "teaching.html",
        doubtful=doubtful,
        taught=[(made, who, text, _is_learned(made)) for made, who, text in taught],
        counts=counts,
        named=named,
        measured=measured,
        measured_at_most=MEASURED,
    )


def _said(session: Session, conversation: Conversation, message: int) -> tuple[Message, NluCorrection | None]:
    """A line of a conversation, and what a human said it means. Raises `NotFound` if it is of another."""
    said = repository.message(session, conversation, message)
    if said is None:
        raise NotFound("没有这句话。")
    return said, repository.corrections_of(session, [said.id]).get(said.id)


async def _intents(assistant: Assistant, texts: Sequence[str]) -> list[str | None]:
    return [(await assistant.understand(text)).intent for text in texts]


def _same(ones: Sequence[str | None], others: Sequence[str | None]) -> int:
    return sum(one == other for one, other in zip(ones, others, strict=True))


def _is_learned(correction: NluCorrection) -> bool:
    """Whether the training data have it, or as good as it, with this meaning."""
    twin = _training().twin(Sentence(cleared(correction.message.text), correction.intent))
    return twin is not None and twin.intent == correction.intent


@lru_cache(maxsize=1)
def _training() -> Likeness:
    """What the NLU learns from. The service is started anew for a new model, and reads it then."""
    return Likeness(corpus.read())
