"""A conversation and its case as one page for staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api import case_view
from api.case_view import CaseView, EvidenceView
from api.fact_view import FactView
from api.staff import case_events
from api.staff.access import StaffMember
from api.staff.case_events import STAGES
from api.staff.transcript_view import CHANNELS, PAGE, FileView, Line, Showing, lines
from cases.case import repository as cases_
from cases.knowledge import knowledge
from cases.models import Attachment, Case, CaseEvent, Conversation, EvidenceItem, EvidenceState, Role
from cases.people import repository as people
from cases.reminders import repository as reminders
from cases.review import repository
from cases.takeover import canned

EVENTS = 60
LABELS = 20
# How far a piece of evidence has come, and the tone of its badge.
STATES = {
    "open": ("没问过", ""),
    "asked": ("等对方发", "warn"),
    "provided": ("待复核", "accent"),
    "unavailable": ("没有", ""),
    "later": ("晚点发", "warn"),
    "not_accepted": ("已退回", "bad"),
}
ACCEPTED = ("已接受", "ok")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Piece:
    """A piece of evidence: what was asked, what came, and what staff said of it."""

    id: str
    name: str
    is_required: bool
    state: str
    tone: str
    must_show: tuple[str, ...]
    text: str
    refusal: str
    files: tuple[FileView, ...]
    can_accept: bool
    can_refuse: bool


@dataclass(frozen=True)
class FactLine:
    """A fact. `value` is what an edit begins with: nothing while it is hidden. `options` are (value, title)."""

    fact: FactView
    shown: str
    value: str
    options: Pairs


@dataclass(frozen=True)
class EventLine:
    """Something that happened to the case."""

    at: datetime
    actor: str
    text: str


@dataclass(frozen=True)
class Reply:
    """A reply kept ready, as it would be sent."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Side:
    """All about the case."""

    view: CaseView
    facts: tuple[FactLine, ...]
    evidence: tuple[Piece, ...]
    requirements: Pairs
    events: tuple[EventLine, ...]
    reminders: tuple[datetime, ...]
    stage: str
    due_at: datetime | None
    is_open: bool


def context(
    session: Session, conversation: Conversation, staff: StaffMember, *, is_open: bool, before: int | None = None
) -> dict[str, Any]:
    """Everything that `conversation.html` shows."""
    case = conversation.case
    showing = Showing(case, knowledge(), is_open=is_open)
    files = repository.files(session, conversation.person)
    said = lines(session, conversation, files, showing, before)
    return {
        "conversation": conversation,
        "public_id": conversation.person.public_id,
        "here": f"/staff/c/{conversation.person.public_id}",
        "lines": said,
        "older": older(said),
        "side": side(session, case, showing) if case else None,
        "others": [other for other in people.all_cases(session, conversation.person) if other is not case],
        "loose": [showing.file(file) for file in files if file.evidence_item_id is None and not file.withdrawn_at],
        "notes": repository.notes(session, conversation),
        "labels": [label.name for label in repository.labels(session, conversation)],
        "labels_in_use": repository.labels_in_use(session, LABELS),
        "colleagues": repository.colleagues(session),
        "replies": replies(case, staff.display_name),
        "channels": sorted({CHANNELS.get(known.channel, known.channel) for known in conversation.person.identities}),
        "is_open": is_open,
        "is_mine": conversation.taken_by_id == staff.id,
        "may_act": staff.may(Role.AGENT),
        "may_lead": staff.may(Role.LEAD),
    }


def older(said: list[Line]) -> int | None:
    """Where the page before begins, if there may be one."""
    return said[0].id if len(said) == PAGE else None


def side(session: Session, case: Case, showing: Showing) -> Side:
    """All about a case."""
    view = case_view.view(case)
    items = {item.requirement_id: item for item in case.evidence}
    happened = cases_.events(session, case)[-EVENTS:]
    return Side(
        view=view,
        facts=tuple(_fact(fact, showing) for fact in view.facts),
        evidence=tuple(_piece(wanted, items.get(wanted.id), showing) for wanted in view.evidence),
        requirements=tuple((wanted.id, wanted.name) for wanted in view.evidence),
        events=tuple(_event(event, showing) for event in reversed(happened)),
        reminders=tuple(reminder.send_at for reminder in reminders.pending_of_case(session, case)),
        stage=STAGES.get(case.stage, case.stage),
        due_at=case.due_at,
        is_open=case.closed_at is None,
    )


def replies(case: Case | None, name: str) -> list[Reply]:
    """The replies kept ready."""
    known = knowledge()
    return [Reply(it.id, it.title, canned.filled(it, case, name, known)) for it in known.canned_replies.values()]


def _fact(fact: FactView, showing: Showing) -> FactLine:
    said = showing.fact(fact.id, fact.shown)
    options = tuple((choice.value, choice.title) for choice in fact.choices)
    return FactLine(fact, said, fact.value if said == fact.shown else "", options)


def _piece(wanted: EvidenceView, item: EvidenceItem | None, showing: Showing) -> Piece:
    is_accepted = item is not None and item.accepted_at is not None and item.accepted_at >= item.changed_at
    is_given = wanted.status in (EvidenceState.PROVIDED, EvidenceState.NOT_ACCEPTED)
    state, tone = ACCEPTED if is_accepted else STATES[wanted.status]
    return Piece(
        id=wanted.id,
        name=wanted.name,
        is_required=wanted.level == "required",
        state=state,
        tone=tone,
        must_show=tuple(wanted.must_show),
        text=showing.text(item.text if item else ""),
        refusal=item.refusal or "" if item and item.state == EvidenceState.NOT_ACCEPTED else "",
        files=_files(item.attachments if item else (), showing),
        can_accept=is_given and not is_accepted,
        can_refuse=wanted.status == EvidenceState.PROVIDED,
    )


def _files(attachments: Iterable[Attachment], showing: Showing) -> tuple[FileView, ...]:
    return tuple(map(showing.file, attachments))


def _event(event: CaseEvent, showing: Showing) -> EventLine:
    text = case_events.told(event, showing.knowledge, is_open=showing.is_open)
    return EventLine(event.at, case_events.ACTORS.get(event.actor, event.actor), text)
