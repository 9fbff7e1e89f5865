"""Queries on accounts, their browsers, and tries to sign in."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cases.models import Audit, Role, SignInAttempt, StaffSession, StaffUser

# Advisory locks with two numbers never meet those of persons, which have one.
LOCKS = 7
SIGNING_IN, TEAM = 1, 2


def by_name(session: Session, name: str) -> StaffUser | None:
    """The account of this name."""
    return session.scalar(select(StaffUser).where(StaffUser.name == name))


def everybody(session: Session) -> list[StaffUser]:
    """All accounts, those that are open first, by name."""
    return list(session.scalars(select(StaffUser).order_by(StaffUser.disabled_at.is_not(None), StaffUser.name)))


def last_seen(session: Session) -> dict[int, datetime]:
    """When each account was last used, by its id."""
    used = select(StaffSession.staff_id, func.max(StaffSession.seen_at)).where(StaffSession.verified_at.is_not(None))
    return dict(session.execute(used.group_by(StaffSession.staff_id)).tuples().all())


def open_leads(session: Session) -> list[StaffUser]:
    """Who can manage the team."""
    return list(session.scalars(select(StaffUser).where(StaffUser.role == Role.LEAD, StaffUser.disabled_at.is_(None))))


def last_told_at(session: Session, staff: StaffUser, actions: Iterable[str]) -> datetime | None:
    """When one of these was last done with the account."""
    done = select(Audit.at).where(Audit.subject == f"staff:{staff.name}", Audit.action.in_(actions))
    return session.scalar(done.order_by(Audit.id.desc()).limit(1))


def session_by_hash(session: Session, token_hash: str) -> StaffSession | None:
    """The browser whose token has this fingerprint."""
    return session.scalar(select(StaffSession).where(StaffSession.token_hash == token_hash))


def session_by_public_id(session: Session, public_id: str) -> StaffSession | None:
    """The browser with this public id."""
    return session.scalar(select(StaffSession).where(StaffSession.public_id == public_id))


def open_sessions(session: Session, staff: StaffUser) -> list[StaffSession]:
    """Their browsers that nobody has ended, the one seen last first; their time may be over all the same."""
    own = select(StaffSession).where(StaffSession.staff_id == staff.id, StaffSession.ended_at.is_(None))
    return list(session.scalars(own.order_by(StaffSession.seen_at.desc(), StaffSession.id.desc())))


def attempts(
    session: Session, since: datetime, *, name: str | None = None, address: str | None = None
) -> list[SignInAttempt]:
    """Tries to sign in to this name, or from this address, the newest first."""
    found = select(SignInAttempt).where(SignInAttempt.at >= since)
    if name is not None:
        found = found.where(SignInAttempt.name == name)
    if address is not None:
        found = found.where(SignInAttempt.address == address)
    return list(session.scalars(found.order_by(SignInAttempt.id.desc())))


def has_signed_in(session: Session, since: datetime, name: str, address: str) -> bool:
    """Whether somebody has come in by this name from this address."""
    way_in = (
        SignInAttempt.name == name,
        SignInAttempt.address == address,
        SignInAttempt.succeeded,
        SignInAttempt.at >= since,
    )
    return session.scalar(select(SignInAttempt.id).where(*way_in).limit(1)) is not None


def forget_attempts(session: Session, before: datetime) -> None:
    """Delete what is too old to matter."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < before))


def in_turn(session: Session, what: int) -> None:
    """Let nobody else do this until the transaction ends, in any process. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOCKS, what)))
