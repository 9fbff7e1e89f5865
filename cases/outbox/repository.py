"""Queries on the outbox."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cases.models import Case, Outbox, OutboxState, Reminder, Step

UNSENT = (OutboxState.WAITING, OutboxState.KEPT)


def unsent(session: Session, person_id: int) -> list[Outbox]:
    """What a person has not got yet, in the order in which it was said; nobody else can take it meanwhile."""
    rows = select(Outbox).where(Outbox.person_id == person_id, Outbox.state.in_(UNSENT)).order_by(Outbox.id)
    return list(session.scalars(rows.with_for_update()))


def waiting(session: Session, now: datetime, limit: int) -> list[int]:
    """The persons whose next message may be pushed, and nobody is pushing one to them; who waits longest first."""
    busy = select(Outbox.person_id).where(Outbox.state == OutboxState.SENDING)
    due = select(Outbox.person_id).where(
        Outbox.state == OutboxState.WAITING, Outbox.not_before <= now, Outbox.person_id.not_in(busy)
    )
    return list(session.scalars(due.group_by(Outbox.person_id).order_by(func.min(Outbox.id)).limit(limit)))


def is_sending(session: Session, person_id: int) -> bool:
    """Whether a message to this person is on its way."""
    on_its_way = select(Outbox.id).where(Outbox.person_id == person_id, Outbox.state == OutboxState.SENDING)
    return session.scalar(on_its_way.limit(1)) is not None


def rows(session: Session, ids: Iterable[int]) -> list[Outbox]:
    """These rows, in the order in which they were said."""
    return list(session.scalars(select(Outbox).where(Outbox.id.in_(list(ids))).order_by(Outbox.id)))


def reminded(session: Session, row: Outbox) -> tuple[str, str]:
    """What a reminder in the outbox is about: the number of the case, and the id of the rung."""
    about = select(Case.number, Step.rung_id).join(Reminder, Reminder.case_id == Case.id)
    number, rung = session.execute(
        about.join(Step, Step.id == Reminder.step_id).where(Reminder.id == row.reminder_id)
    ).one()
    return number, rung


def keep_stuck(session: Session, before: datetime) -> None:
    """What was being sent when its process died may have arrived or not: it is kept for the next contact."""
    stuck = update(Outbox).where(Outbox.state == OutboxState.SENDING, Outbox.not_before < before)
    session.execute(stuck.values(state=OutboxState.KEPT).execution_options(synchronize_session=False))


def forget_callbacks(session: Session, before: datetime) -> None:
    """What was said in answer to an old callback no longer names it."""
    old = update(Outbox).where(Outbox.callback_id.is_not(None), Outbox.made_at < before)
    session.execute(old.values(callback_id=None).execution_options(synchronize_session=False))
