"""Queries on who is there, and on who waits for them."""

from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from cases.models import Case, Conversation, Role, StaffSession, StaffUser, Stage
from cases.settings import settings

MAY_TAKE_OVER = (Role.AGENT, Role.LEAD)


def is_anybody_there(session: Session, now: datetime) -> bool:
    """Whether somebody who may take over is signed in, and has done something lately."""
    return session.scalar(_here(now).limit(1)) is not None


def has_humans(session: Session) -> bool:
    """Whether there is anybody at all who may take over."""
    able = select(StaffUser.id).where(StaffUser.role.in_(MAY_TAKE_OVER), StaffUser.disabled_at.is_(None))
    return session.scalar(able.limit(1)) is not None


def left(session: Session, now: datetime, limit: int) -> list[Conversation]:
    """Where somebody has taken over and is not there any more, in the order of the persons."""
    alone = select(Conversation).where(
        Conversation.taken_by_id.is_not(None), Conversation.taken_by_id.not_in(_here(now))
    )
    return list(session.scalars(alone.order_by(Conversation.person_id).limit(limit)))


def _here(now: datetime) -> Select[tuple[int]]:
    """Who may take over, is signed in, and has done something lately."""
    idle, whole = timedelta(minutes=settings().staff_idle_minutes), timedelta(hours=settings().staff_session_hours)
    return (
        select(StaffUser.id)
        .join(StaffSession)
        .where(StaffUser.role.in_(MAY_TAKE_OVER), StaffUser.disabled_at.is_(None))
        .where(StaffSession.verified_at.is_not(None), StaffSession.ended_at.is_(None))
        .where(StaffSession.seen_at > now - idle, StaffSession.created_at > now - whole)
    )


def overdue(session: Session, now: datetime, limit: int) -> list[Conversation]:
    """Where a human was promised by now and has not come, in the order of the persons."""
    waiting = (
        select(Conversation)
        .outerjoin(Case, Conversation.case_id == Case.id)
        .where(Conversation.human_promised_at <= now, Conversation.wants_human_at.is_not(None))
        .where(Conversation.taken_by_id.is_(None), or_(Case.id.is_(None), Case.stage != Stage.CLOSED))
    )
    return list(session.scalars(waiting.order_by(Conversation.person_id).limit(limit)))
