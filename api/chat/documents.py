"""What the case gives out: its documents, its exhibits in one file, its dates."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Response

from api.chat.own import case_of
from api.dependencies import HeavyDep, PersonId
from cases.calendar_file import calendar
from cases.database import reading, transaction
from cases.documents import service as documents
from cases.documents.exhibits import exhibits
from cases.errors import NotFound
from cases.knowledge import knowledge
from cases.models import Document

PDF = "application/pdf"
FORMS: Mapping[str, Callable[[Document], bytes]] = {
    "txt": lambda document: document.text.encode(),
    "docx": documents.as_docx,
    "pdf": documents.as_pdf,
}
MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": PDF,
}

router = APIRouter(prefix="/api/chat", tags=["chat"])


@router.get("/case/documents/{kind}.{form}")
def document(kind: str, form: Literal["txt", "docx", "pdf"], person: PersonId) -> Response:
    """A document of the case as the facts are now, as text, for Word and WPS, or for printing."""
    known = knowledge()
    if kind not in known.documents:
        raise NotFound("没有这种材料。")
    with transaction() as session:
        case = case_of(session, person)
        made = documents.make(session, case, kind, known)
        name = f"{known.documents[kind].name}-{case.number}.{form}"
    return _download(FORMS[form](made), MEDIA_TYPES[form], name)


@router.get("/case/exhibits.pdf")
async def case_exhibits(person: PersonId, heavy: HeavyDep, redacted: bool = False) -> Response:
    """All the evidence in one file, listed and numbered; `redacted` covers what others need not see."""
    return await to_thread.run_sync(partial(_exhibits, person, redacted=redacted), limiter=heavy)


@router.get("/case.ics")
def case_calendar(person: PersonId) -> Response:
    """The case's dates, for the person's own calendar."""
    with reading() as session:
        case = case_of(session, person)
        dates = calendar(case, knowledge())
        if b"BEGIN:VEVENT" not in dates:
            raise NotFound("还没有要记的日子。")
        return _download(dates, "text/calendar; charset=utf-8", f"{case.number}.ics")


def _exhibits(person: int, *, redacted: bool) -> Response:
    from cases.documents import bundle  # with the PDF's fonts, as in the documents' service

    with reading() as session:
        case = case_of(session, person)
        if not exhibits(case, knowledge()):
            raise NotFound("还没有收到证据。")
        drawn = bundle.draw(case, knowledge(), redacted=redacted)
        return _download(drawn, PDF, f"{'证据（已遮挡）' if redacted else '证据'}-{case.number}.pdf")


def _download(content: bytes, media_type: str, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
