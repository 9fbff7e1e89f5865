"""The inbox: one list of conversations, its tabs and filters, and the lists that somebody keeps."""

import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.staff import forms, pages
from api.staff.access import LIVE_HEADER, StaffDep, StaffMember, needs
from api.staff.page import Page
from cases.audit import service as audit
from cases.database import engine, reading, transaction
from cases.desk import repository, saved
from cases.desk import service as desk
from cases.desk.filters import Filter, Place, Tab
from cases.documents.masking import mask_numbers
from cases.knowledge import knowledge
from cases.models import Role
from cases.people.labels import CODES
from cases.staff import repository as colleagues

HOME = "/staff/"
MOST_OFFERED = 50
COUNTS_LAST_S = 5.0
PLATFORMS_LAST_S = 60.0

Option = tuple[str, str]

router = APIRouter(route_class=Page, dependencies=[needs(Role.REVIEWER)])


@router.get("/")
def inbox(request: Request, staff: StaffDep, after: str = "") -> Response:
    """A page of the list that the query of the address asks for."""
    chosen, place = Filter.of(request.query_params), Place.of(after)
    if chosen.q and place is None and LIVE_HEADER not in request.headers:
        _note_search(staff, chosen)
    with reading() as session:
        return pages.render(
            request,
            staff,
            "inbox.html",
            chosen=chosen,
            place=place,
            page=desk.listed(session, staff.id, chosen, place),
            counts={**_counts(engine(), _moment(COUNTS_LAST_S)), Tab.HUMAN: desk.waiting(session)},
            many=desk.MANY,
            tabs=Tab,
            saved=repository.saved(session, staff.id),
            offered=_offered(session, chosen),
            knowledge=knowledge(),
            stages=CODES["stage"],
        )


@router.post("/lists")
def keep_list(staff: StaffDep, name: forms.Text, query: Annotated[str, Form(max_length=2_000)] = "") -> Response:
    """Keep a list under a name, and go on in it."""
    with transaction() as session:
        chosen = saved.keep(session, staff.id, name, query)
    return forms.to(f"{HOME}?{chosen.query()}")


@router.post("/lists/{saved_id}/delete")
def drop_list(staff: StaffDep, saved_id: int) -> Response:
    """Keep a list no longer."""
    with transaction() as session:
        saved.drop(session, staff.id, saved_id)
    return forms.to(HOME)


def _note_search(staff: StaffMember, chosen: Filter) -> None:
    """Reading through everybody's words is written down; what looks like somebody's number is not."""
    with transaction() as session:
        audit.note(session, staff.id, "search", "list", query=mask_numbers(chosen.q))


@lru_cache(maxsize=1)
def _counts(_database: Engine, _moment: int) -> dict[Tab, int]:
    """How many rows each tab has: known for a moment, so that a busy list is not counted at every look."""
    with reading() as session:
        return desk.counts(session)


@lru_cache(maxsize=1)
def _platforms(_database: Engine, _moment: int) -> list[str]:
    with reading() as session:
        return repository.platforms(session, MOST_OFFERED)


def _moment(seconds: float) -> int:
    """A number that changes after so many seconds."""
    return int(time.monotonic() / seconds)


def _offered(session: Session, chosen: Filter) -> dict[str, Sequence[Option]]:
    """What the fields of the filter offer, as (value, title)."""
    known = knowledge()
    return {
        "kinds": [(kind.id, kind.name) for kind in known.kinds.values()],
        "flags": [(guard.id, guard.name) for guard in known.guards.values()],
        "stages": list(CODES["stage"].items()),
        "colleagues": [(one.name, one.display_name) for one in colleagues.everybody(session) if not one.disabled_at],
        "labels": _names(repository.all_labels(session, MOST_OFFERED), chosen.label),
        "platforms": _names(_platforms(engine(), _moment(PLATFORMS_LAST_S)), chosen.platform),
    }


def _names(names: list[str], chosen: str) -> list[Option]:
    """What is chosen stays so, though it is none of the first."""
    return [(name, name) for name in dict.fromkeys([*names, *([chosen] if chosen else [])])]
