"""News for the pages of the console: something was said, a case has changed, somebody waits for a human."""

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from api.dependencies import NotifierDep
from api.events import State
from api.staff.access import StaffDep, needs
from api.staff.page import Page
from cases.database import reading
from cases.desk import service as desk
from cases.models import Role, StaffSession
from cases.staff import sessions

router = APIRouter(route_class=Page, dependencies=[needs(Role.REVIEWER)])


@router.get("/events")
async def events(staff: StaffDep, notifier: NotifierDep) -> StreamingResponse:
    """Server-sent events: `changed` at once and whenever a list may differ, for as long as one is signed in."""

    def look() -> State | None:
        with reading() as session:
            browser = session.get(StaffSession, staff.session_id)
            return desk.news(session) if browser and sessions.is_live(browser) else None

    return StreamingResponse(
        notifier.stream_of_everybody(staff.id, look),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )
