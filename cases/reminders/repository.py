"""Queries about reminders."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.models import Case, Reminder, Step


def pending(session: Session, step: Step) -> list[Reminder]:
    """What is still to be sent about a step."""
    query = select(Reminder).where(Reminder.step_id == step.id, Reminder.sent_at.is_(None))
    return list(session.scalars(query.where(Reminder.dropped_at.is_(None))))


def pending_of_case(session: Session, case: Case) -> list[Reminder]:
    """What is still to be sent about a case, the earliest first."""
    query = select(Reminder).where(Reminder.case_id == case.id, Reminder.sent_at.is_(None))
    return list(session.scalars(query.where(Reminder.dropped_at.is_(None)).order_by(Reminder.send_at)))


def of_step(session: Session, step: Step) -> list[Reminder]:
    """Everything ever planned about a step."""
    return list(session.scalars(select(Reminder).where(Reminder.step_id == step.id)))


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of what is to be sent by now, the earliest first."""
    query = select(Reminder.id).where(Reminder.send_at <= now, Reminder.sent_at.is_(None))
    return list(session.scalars(query.where(Reminder.dropped_at.is_(None)).order_by(Reminder.send_at).limit(limit)))


def made_before(session: Session, step: Step, kind: str, send_at: datetime) -> Reminder | None:
    """This very reminder, sent, dropped or still to come."""
    query = select(Reminder).where(Reminder.step_id == step.id, Reminder.kind == kind, Reminder.send_at == send_at)
    return session.scalar(query)
