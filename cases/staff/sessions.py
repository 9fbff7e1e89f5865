"""The browsers that are signed in: each begins, goes quiet and ends on the server, whatever its cookie says."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import clock
from cases.models import StaffSession, StaffUser
from cases.settings import settings
from cases.staff import repository

TOKEN_BYTES = 32
# Between the password and the second factor.
HALFWAY = timedelta(minutes=10)
# A browser is not written down as seen at every click.
SEEN_EVERY = timedelta(minutes=1)
AGENT_MAX_CHARS = 200


def start(session: Session, staff: StaffUser, *, agent: str, address: str) -> tuple[StaffSession, str]:
    """A browser in which the password was right, and its token, of which only the SHA-256 is kept."""
    now = clock.now()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = StaffSession(
        staff=staff,
        token_hash=_fingerprint(token),
        created_at=now,
        seen_at=now,
        agent=agent[:AGENT_MAX_CHARS],
        address=address,
    )
    session.add(made)
    session.flush()
    return made, token


def renew(found: StaffSession) -> str:
    """A new token for this browser; the old one opens nothing any more. For every change of what it may open."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    found.token_hash = _fingerprint(token)
    return token


def verify(found: StaffSession) -> str:
    """The second factor was right, too: the new token."""
    found.verified_at = found.seen_at = clock.now()
    return renew(found)


def by_token(session: Session, token: str) -> StaffSession | None:
    """The browser that holds this token, unless its time is over."""
    found = repository.session_by_hash(session, _fingerprint(token))
    return found if found and is_live(found) else None


def is_live(found: StaffSession) -> bool:
    """Whether it still opens anything."""
    return found.ended_at is None and found.staff.disabled_at is None and clock.now() < runs_until(found)


def runs_until(found: StaffSession) -> datetime:
    """When it ends by itself if nothing more is done in it."""
    if found.verified_at is None:
        return found.created_at + HALFWAY
    idle = found.seen_at + timedelta(minutes=settings().staff_idle_minutes)
    return min(idle, found.created_at + timedelta(hours=settings().staff_session_hours))


def is_due(found: StaffSession) -> bool:
    """Whether it should be written down that it was seen."""
    return clock.now() - found.seen_at >= SEEN_EVERY


def seen(found: StaffSession) -> None:
    """Somebody has done something in it."""
    found.seen_at = clock.now()


def end(found: StaffSession) -> None:
    """It opens nothing any more."""
    found.ended_at = found.ended_at or clock.now()


def end_all(session: Session, staff: StaffUser, *, but: StaffSession | None = None) -> None:
    """End every browser of theirs, perhaps all but one."""
    for found in repository.open_sessions(session, staff):
        if found is not but:
            end(found)


def live(session: Session, staff: StaffUser) -> list[StaffSession]:
    """Their browsers that are fully signed in, the one seen last first."""
    return [found for found in repository.open_sessions(session, staff) if found.verified_at and is_live(found)]


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
