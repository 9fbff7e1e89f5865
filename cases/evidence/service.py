"""What becomes of a piece of evidence: asked for, provided, not there, put off."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy.orm import Session

from cases import clock
from cases.case.facts import FactValue
from cases.case.service import log
from cases.evidence.files import StoredFile
from cases.evidence.redaction import Box
from cases.models import Actor, Attachment, Case, EvidenceItem, EvidenceState, Person, ReadingState
from cases.settings import settings

PDF = "application/pdf"
Found = FactValue | Sequence[str] | None


def ask(session: Session, case: Case, requirement: str) -> EvidenceItem:
    """The case's item for a requirement; it begins when it is first asked for."""
    for item in case.evidence:
        if item.requirement_id == requirement:
            return item
    item = EvidenceItem(case_id=case.id, requirement_id=requirement, parked=0, changed_at=clock.now())
    item.state = EvidenceState.ASKED
    case.evidence.append(item)
    log(session, case, "evidence_asked", requirement=requirement)
    return item


def provide(
    session: Session,
    case: Case,
    requirement: str,
    *,
    attachments: Sequence[Attachment] = (),
    text: str | None = None,
) -> EvidenceItem:
    """The person has given it: files, or their words about it."""
    item = ask(session, case, requirement)
    item.attachments.extend(attachments)
    item.text = text or item.text
    _set_state(session, case, item, EvidenceState.PROVIDED, [file.sha256 for file in attachments])
    return item


def close_unavailable(session: Session, case: Case, requirement: str) -> EvidenceItem:
    """The person does not have it: it is not asked for again."""
    item = ask(session, case, requirement)
    _set_state(session, case, item, EvidenceState.UNAVAILABLE)
    return item


def park(session: Session, case: Case, requirement: str) -> EvidenceItem:
    """The person puts it off; the planner comes back to it once."""
    item = ask(session, case, requirement)
    item.parked += 1
    _set_state(session, case, item, EvidenceState.LATER)
    return item


def receive_file(session: Session, person: Person, stored: StoredFile, *, name: str, source: str) -> Attachment:
    """Note a stored original as received from a person, now. `name` is what they called it."""
    attachment = Attachment(
        person_id=person.id,
        sha256=stored.sha256,
        media_type=stored.media_type,
        size=stored.size,
        width=stored.width,
        height=stored.height,
        pages=stored.pages,
        likeness=stored.likeness,
        reading_state=_to_be_read(stored),
        name=name[:120],
        source=source,
        received_at=clock.now(),
    )
    session.add(attachment)
    session.flush()
    return attachment


def refuse(session: Session, case: Case, attachment: Attachment, requirement: str) -> None:
    """It cannot serve as this: it is kept, and proves nothing."""
    attachment.withdrawn_at = clock.now()
    log(session, case, "file_refused", requirement=requirement, sha256=[attachment.sha256])


def note_reading(attachment: Attachment, fields: Mapping[str, Found], private: Sequence[Box]) -> None:
    """What was read in a picture, and what in it should not leave the house."""
    found = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    attachment.reading = {"fields": found, "private": [asdict(box) for box in private]}
    attachment.reading_state = ReadingState.READ


def kind_of(attachment: Attachment) -> str:
    """`image`, `pdf` or `video`."""
    return "pdf" if attachment.media_type == PDF else attachment.media_type.partition("/")[0]


def _to_be_read(stored: StoredFile) -> str:
    is_picture = stored.media_type.startswith("image/") or stored.media_type == PDF
    return ReadingState.WAITING if is_picture and settings().reading == "on" else ReadingState.NONE


def _set_state(
    session: Session, case: Case, item: EvidenceItem, state: EvidenceState, sha256: Sequence[str] = ()
) -> None:
    item.state = state
    item.changed_at = clock.now()
    log(
        session,
        case,
        f"evidence_{state}",
        actor=Actor.PERSON,
        requirement=item.requirement_id,
        sha256=list(sha256),
    )
