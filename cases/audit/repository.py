"""Queries on what staff did and read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.models import Audit, StaffUser


@dataclass(frozen=True)
class Filter:
    """Which lines: of whom, of which kind, about what (its beginning), from and before when. Empty means any."""

    staff: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    before: datetime | None = None


def lines(
    session: Session, wanted: Filter, limit: int, older_than: int | None = None
) -> list[tuple[Audit, StaffUser | None]]:
    """At most `limit` lines and who did them, the newest first; only those `older_than` the line with that id."""
    found = select(Audit, StaffUser).outerjoin(StaffUser, Audit.staff_id == StaffUser.id)
    if wanted.staff:
        found = found.where(StaffUser.name == wanted.staff)
    if wanted.action:
        found = found.where(Audit.action == wanted.action)
    if wanted.subject:
        found = found.where(Audit.subject.startswith(wanted.subject, autoescape=True))
    if wanted.since:
        found = found.where(Audit.at >= wanted.since)
    if wanted.before:
        found = found.where(Audit.at < wanted.before)
    if older_than is not None:
        found = found.where(Audit.id < older_than)
    return [(line, staff) for line, staff in session.execute(found.order_by(Audit.id.desc()).limit(limit))]


def actions(session: Session) -> list[str]:
    """The kinds of lines that there are."""
    return list(session.scalars(select(Audit.action).distinct().order_by(Audit.action)))
