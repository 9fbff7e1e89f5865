"""`/staff/c/{id}`: a conversation and its case on one page; its files; what is hidden; forgetting a person."""

from datetime import timedelta
from functools import partial
from typing import Annotated, cast

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.dependencies import HeavyDep, NotifierDep
from api.files.endpoints import HEADERS, JPEG
from api.files.view import variants
from api.staff import conversation_view, forms, pages, shown
from api.staff.access import LIVE_HEADER, StaffDep, StaffMember, needs
from api.staff.change import ChangeDep, conversation_of, subject
from api.staff.forms import Text
from api.staff.page import Page
from cases import clock
from cases.audit import service as audit
from cases.database import reading, transaction
from cases.desk import service as desk
from cases.errors import BadInput, NotFound
from cases.evidence import copies, redaction
from cases.evidence import files as originals
from cases.evidence import repository as evidence
from cases.evidence.copies import Variant
from cases.models import Attachment, Role
from cases.people import erasing
from cases.review import repository
from cases.transcript import repository as messages
from cases.transcript import service as transcript

# What a page that keeps itself fresh reads again is one reading, and so are the pictures on it.
SAME_READING = timedelta(minutes=15)
ERASE_CHARS = 4
DONE = {
    "taken": "已接管，助手不再说话。",
    "said": "发出去了。",
    "handed_back": "已交回，助手接着办。",
    "noted": "备注写好了。",
    "labelled": "标签加上了。",
    "unlabelled": "标签去掉了。",
    "assigned": "负责人改好了。",
    "accepted": "已接受这项证据。",
    "refused": "已退回，对方会看到原因。",
    "filed": "文件归好了。",
    "edited": "改好了。",
    "taught": "纠正记下了，下次训练会用到。",
}

router = APIRouter(prefix="/c/{public_id}", route_class=Page)
Before = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
Word = Annotated[str, Query(max_length=200)]


@router.get("")
def conversation(
    request: Request,
    public_id: str,
    staff: StaffDep,
    before: Before = None,
    shown_by: Annotated[str, Query(alias="shown", max_length=200)] = "",
    done: Word = "",
    reply: Word = "",
) -> Response:
    """Everything about a conversation. What leads to somebody is hidden until `show`."""
    is_open = shown.is_valid(shown_by, staff, public_id)
    _note_reading(public_id, staff, again=LIVE_HEADER in request.headers)
    return _page(request, public_id, staff, is_open=is_open, before=before, done=done, reply=reply)


@router.post("/show")
def show(request: Request, public_id: str, staff: StaffDep, change: ChangeDep) -> Response:
    """The same page with nothing hidden, for as long as it stays on the screen."""
    with change.of("unmask"):
        pass
    return _page(request, public_id, staff, is_open=True)


@router.get("/files/{file}/{variant}")
async def file(public_id: str, file: str, variant: str, staff: StaffDep, heavy: HeavyDep) -> Response:
    """A file as it came in, to be saved, or a JPEG copy of it, to be looked at."""
    found = await run_in_threadpool(_file, public_id, file, variant, staff)
    if variant == "original":
        path = originals.path_of(found.sha256)
        return FileResponse(path, media_type=found.media_type, filename=found.name, headers=HEADERS)
    boxes = redaction.boxes_of(found) if variant == "redacted" else ()
    copied = partial(copies.copy, found.sha256, found.media_type, cast(Variant, variant), boxes)
    drawn = await to_thread.run_sync(copied, limiter=heavy)
    return Response(drawn, media_type=JPEG, headers={**HEADERS, "Content-Disposition": "inline"})


@router.post("/erase", dependencies=[needs(Role.LEAD)])
def erase(public_id: str, staff: StaffDep, notifier: NotifierDep, confirm: Text = "") -> RedirectResponse:
    """Forget the person at their request: everything goes but the audit. It cannot be taken back."""
    if confirm.strip().upper() != public_id[:ERASE_CHARS]:
        raise BadInput(f"要清除，请输入编号开头的 {ERASE_CHARS} 位：{public_id[:ERASE_CHARS]}。", code="erase_confirm")
    with transaction() as session:
        person = conversation_of(session, public_id).person
        transcript.order(session, person)
        audit.note(session, staff.id, "erase_person", f"conversation:{public_id}")
        person_id = person.id
        gone = erasing.erase(session, person)
    with reading() as session:  # only once it is certain that nothing names them
        erasing.remove_files(session, gone)
    notifier.notify(person_id)
    return forms.to(forms.HOME, done="erased")


def _page(
    request: Request,
    public_id: str,
    staff: StaffMember,
    *,
    is_open: bool,
    before: int | None = None,
    done: str = "",
    reply: str = "",
) -> Response:
    with reading() as session:
        found = conversation_of(session, public_id)
        context = conversation_view.context(session, found, staff, is_open=is_open, before=before)
        draft = next((ready.text for ready in context["replies"] if ready.id == reply), "")
        live = f"/staff/c/{public_id}" + (f"?shown={shown.token(staff, public_id)}" if is_open else "")
        return pages.render(
            request,
            staff,
            "conversation.html",
            **context,
            draft=draft,
            live="" if before else live,
            erase_chars=ERASE_CHARS,
            notice=DONE.get(done, ""),
        )


def _note_reading(public_id: str, staff: StaffMember, *, again: bool) -> None:
    with transaction() as session:
        found = conversation_of(session, public_id)
        if not (again and _has_read(session, staff, "read_case", subject(found))):
            number = found.case.number if found.case else ""
            audit.note(session, staff.id, "read_case", subject(found), case=number)
        newest = messages.newest_id(session, found)
        if newest is not None:
            desk.mark_seen(session, staff.id, found, newest)


def _has_read(session: Session, staff: StaffMember, action: str, what: str) -> bool:
    return repository.was_noted(session, staff.id, action, what, clock.now() - SAME_READING)


def _file(public_id: str, file: str, variant: str, staff: StaffMember) -> Attachment:
    """A file of this conversation. Raises `NotFound` for any other."""
    with transaction() as session:
        found = conversation_of(session, public_id)
        attachment = evidence.by_public_id(session, file)
        if attachment is None or attachment.person_id != found.person_id or variant not in variants(attachment):
            raise NotFound("没有这个文件。")
        if not originals.path_of(attachment.sha256).is_file():
            raise NotFound("这个文件已经不在了。")
        what = f"file:{attachment.public_id}"
        if variant != "thumb" or not _has_read(session, staff, "read_file", what):
            audit.note(session, staff.id, "read_file", what, variant=variant, conversation=public_id)
        return attachment
