"""How a case stands, kept so that what one message did can be taken back. The history of events is never taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.orm import Session

from cases import clock
from cases.case.service import log
from cases.models import Actor, Case, Document, EvidenceItem, Step
from cases.models.base import Base, UtcDateTime
from cases.reminders import service as reminders
from cases.steps import service as steps_

Snapshot = dict[str, Any]
KEYS = ("id", "case_id", "person_id", "number", "opened_at")


def take(case: Case) -> Snapshot:
    """The case, its evidence, steps and confirmations as they are now, as JSON."""
    return {
        "case": _row(case),
        "evidence": {str(item.id): _row(item) for item in case.evidence},
        "files": [file.id for item in case.evidence for file in item.attachments],
        "steps": {str(step.id): _row(step) for step in case.steps},
        "confirmed": [document.id for document in case.documents if document.confirmed_at],
    }


def restore(session: Session, case: Case, snapshot: Snapshot) -> None:
    """Put the case back to how it stood. Files handed in since are kept, and prove nothing any more."""
    _put_back(case, snapshot["case"])
    _restore_evidence(session, case, snapshot)
    _restore_steps(session, case, snapshot["steps"])
    for document in case.documents:
        _restore_confirmation(document, snapshot["confirmed"])
    log(session, case, "taken_back", actor=Actor.PERSON)


def _restore_evidence(session: Session, case: Case, snapshot: Snapshot) -> None:
    for item in list(case.evidence):
        for file in [file for file in item.attachments if file.id not in snapshot["files"]]:
            item.attachments.remove(file)
            file.withdrawn_at = clock.now()
        before = snapshot["evidence"].get(str(item.id))
        if before is not None:
            _put_back(item, before)
        else:
            case.evidence.remove(item)
            session.delete(item)


def _restore_steps(session: Session, case: Case, before: Mapping[str, Snapshot]) -> None:
    for step in list(case.steps):
        if str(step.id) in before:
            _put_back(step, before[str(step.id)])
            reminders.plan(session, case, step)
        else:
            reminders.forget(session, step)
            case.steps.remove(step)
            session.delete(step)
    steps_.settle_due(case)


def _restore_confirmation(document: Document, confirmed: list[int]) -> None:
    if document.id not in confirmed:
        document.confirmed_at = None


def _row(row: Case | EvidenceItem | Step) -> Snapshot:
    names = (column.name for column in row.__table__.columns if column.name not in KEYS)
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _put_back(row: Base, before: Snapshot) -> None:
    for name, value in before.items():
        kind = row.__table__.columns[name].type
        if value is not None and isinstance(kind, UtcDateTime):
            value = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, Date):
            value = date.fromisoformat(value)
        setattr(row, name, value)
