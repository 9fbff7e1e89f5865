"""`GET /door/{ticket}` shows a page that asks first; only `POST /api/chat/sessions/door` opens anything.

Whoever opens a door speaks as its person. So nothing happens by following a link: previews follow them too, and a
link may come from somebody who would like to read along.
"""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy.orm import Session

from api.door import tickets
from cases.database import transaction
from cases.errors import BadInput, NotAllowed
from cases.models import Person
from cases.people import repository
from cases.people import service as people
from cases.transcript import service as transcript

PAGE = Path(__file__).parents[1] / "web" / "door.html"
# The ticket is in the address: it shall go to nobody else, and into no cache and no index.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}

router = APIRouter(tags=["door"])


class TicketIn(BaseModel):
    """The ticket out of the link."""

    model_config = ConfigDict(extra="forbid")

    ticket: Annotated[str, StringConstraints(max_length=tickets.MAX_CHARS)]


class DoorOut(BaseModel):
    """The session that was opened. `token` is the credential and shown only here; `session_id` opens nothing."""

    session_id: str
    token: str


@router.get(f"{tickets.PATH}/{{ticket}}", response_class=FileResponse)
def page(ticket: str) -> FileResponse:
    """The page that asks; the same for every ticket, good or not."""
    return FileResponse(PAGE, headers=HEADERS)


@router.post("/api/chat/sessions/door", status_code=201, response_model=DoorOut)
def open_door(given: TicketIn, authorization: Annotated[str, Header()] = "") -> DoorOut | Response:
    """A session of the person whom the ticket names.

    204 if the browser, which says by its token who it is, is in their conversation already. Raises `BadInput` if it is
    in another one: without the token it is asked to leave that.
    """
    with transaction() as session:
        person = _person(session, given.ticket)
        present = _present(session, authorization)
        if present is person:
            return Response(status_code=204)
        if present is not None:
            raise BadInput("这个浏览器里有另一个对话，先选好要看哪一个。", code="other_conversation")
        identity, token = people.start_web_session(session, person)
        session.flush()
        return DoorOut(session_id=identity.public_id, token=token)


def _person(session: Session, ticket: str) -> Person:
    """Whom a ticket names. Raises `NotAllowed` for one that is not ours or too old, or of somebody who is gone."""
    public_id = tickets.named(ticket)
    person = repository.by_public_id(session, public_id) if public_id else None
    if person is not None:
        transcript.order(session, person)  # they may be joined with their other door, or erased, at this moment
        person = repository.by_public_id(session, person.public_id)
    if person is None:
        raise NotAllowed("这个链接过期了，回微信发「网页」再拿一个。", code="door_ticket_invalid")
    return person


def _present(session: Session, authorization: str) -> Person | None:
    """Whose conversation the browser is in, if it is in one that still opens."""
    with suppress(NotAllowed):
        return people.by_token(session, authorization.removeprefix("Bearer "))
    return None
