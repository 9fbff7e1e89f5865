"""What becomes of a piece of evidence: asked for, provided, not there, put off."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from cases import clock
from cases.case.service import log
from cases.evidence.files import StoredFile
from cases.models import Actor, Attachment, Case, EvidenceItem, EvidenceState, Person


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
        name=name[:120],
        source=source,
        received_at=clock.now(),
    )
    session.add(attachment)
    session.flush()
    return attachment


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
