"""`/staff/c/{id}/…`: notes, labels, who is responsible, evidence and facts."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from api.staff.access import needs
from api.staff.change import ChangeDep
from api.staff.forms import Text
from api.staff.page import Page
from cases.errors import NotFound
from cases.evidence import repository as files
from cases.models import Role, StaffUser
from cases.review import evidence, facts, marks

router = APIRouter(prefix="/c/{public_id}", route_class=Page)
AGENT = [needs(Role.AGENT)]

Note = Annotated[str, Form(max_length=10_000)]


@router.post("/notes")
def note(change: ChangeDep, text: Note = "") -> RedirectResponse:
    """Write something down for colleagues."""
    with change.of("note") as it:
        marks.write(it.session, it.conversation, it.staff, text)
    return change.done("noted")


@router.post("/labels")
def label(change: ChangeDep, name: Text = "") -> RedirectResponse:
    """Mark the conversation with a word."""
    with change.of("label", added=True) as it:
        marks.label(it.session, it.conversation, name)
    return change.done("labelled")


@router.post("/labels/remove")
def unlabel(change: ChangeDep, name: Text = "") -> RedirectResponse:
    """Take a label off."""
    with change.of("label", added=False) as it:
        marks.unlabel(it.session, it.conversation, name)
    return change.done("unlabelled")


@router.post("/assign", dependencies=AGENT)
def assign(change: ChangeDep, to: Annotated[int | None, Form()] = None) -> RedirectResponse:
    """Make a colleague responsible; nobody if none is named."""
    with change.of("assign") as it:
        colleague = it.session.get(StaffUser, to) if to else None
        if to and colleague is None:
            raise NotFound("没有这位同事。")
        marks.assign(it.conversation, colleague)
    return change.done("assigned")


@router.post("/evidence/{requirement}/accept", dependencies=AGENT)
def accept(change: ChangeDep, requirement: str) -> RedirectResponse:
    """What was given serves."""
    with change.of("accept_evidence") as it:
        evidence.accept(it.session, it.conversation, requirement, it.staff)
    return change.done("accepted")


@router.post("/evidence/{requirement}/refuse", dependencies=AGENT)
def refuse(change: ChangeDep, requirement: str, reason: Text = "") -> RedirectResponse:
    """What was given does not serve: the person reads why."""
    with change.of("refuse_evidence") as it:
        evidence.refuse(it.session, it.conversation, requirement, it.staff, reason)
    return change.done("refused")


@router.post("/files/{file}/belongs", dependencies=AGENT)
def file_under(change: ChangeDep, file: str, requirement: Text = "") -> RedirectResponse:
    """Say what a file that was sent is evidence of."""
    with change.of("file_evidence") as it:
        attachment = files.by_public_id(it.session, file)
        if attachment is None:
            raise NotFound("没有这个文件。")
        evidence.file_under(it.session, it.conversation, attachment, requirement, it.staff)
    return change.done("filed")


@router.post("/facts/{fact}", dependencies=AGENT)
def fact(change: ChangeDep, fact: str, value: Text = "") -> RedirectResponse:
    """Put a fact right."""
    with change.of("edit_fact", fact=fact[:40]) as it:
        facts.edit(it.session, it.conversation, fact, value, it.staff)
    return change.done("edited")
