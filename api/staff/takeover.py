"""`/staff/c/{id}/take`, `say`, `hand-back`: a human speaks instead of the assistant."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from api.staff.access import needs
from api.staff.change import ChangeDep
from api.staff.page import Page
from cases.models import Role
from cases.takeover import service as takeover

router = APIRouter(prefix="/c/{public_id}", route_class=Page, dependencies=[needs(Role.AGENT)])

Words = Annotated[str, Form(max_length=20_000)]  # what is too long for the person is told by the service


@router.post("/take")
def take(change: ChangeDep) -> RedirectResponse:
    """Speak with the person oneself: the assistant is silent from here on."""
    with change.of("take_over") as it:
        takeover.take(it.session, it.conversation, it.staff)
    return change.done("taken")


@router.post("/say")
def say(change: ChangeDep, text: Words = "") -> RedirectResponse:
    """Say something to the person."""
    with change.of("say") as it:
        takeover.say(it.session, it.conversation, it.staff, text)
    return change.done("said")


@router.post("/hand-back")
def hand_back(change: ChangeDep, note: Words = "") -> RedirectResponse:
    """Let the assistant go on; the person reads the note."""
    with change.of("hand_back") as it:
        takeover.hand_back(it.session, it.conversation, it.staff, note)
    return change.done("handed_back")
