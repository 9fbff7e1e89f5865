"""Who is talking: web tokens, channel senders, and the sender ids that Rasa hands to actions."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cases import clock
from cases.errors import NotAllowed
from cases.models import ChannelIdentity, Person
from cases.people import repository
from cases.settings import settings

WEB = "web"
RASA = "rasa"


def start_web_session(session: Session, person: Person | None = None) -> tuple[ChannelIdentity, str]:
    """A token for a new person on the web, or for one whom we know already. Only its SHA-256 is kept."""
    token = secrets.token_urlsafe(32)
    age = timedelta(days=settings().session_max_age_days)
    return _introduce(session, WEB, _fingerprint(token), clock.now() + age, person), token


def by_token(session: Session, token: str) -> Person:
    """The person whose web token this is. Raises `NotAllowed` if it is unknown or too old."""
    found = repository.identity(session, WEB, _fingerprint(token))
    if found is None or (found.expires_at and found.expires_at < clock.now()):
        raise NotAllowed("会话已失效，请刷新页面重新开始。", code="session_token_invalid")
    return found.person


def by_channel(session: Session, channel: str, external_id: str) -> Person:
    """The person a channel knows by this id; a new one the first time."""
    return met(session, channel, external_id).person


def met(session: Session, channel: str, external_id: str) -> ChannelIdentity:
    """How a channel knows somebody; a new person the first time."""
    return known(session, channel, external_id) or _introduce(session, channel, external_id, None)


def known(session: Session, channel: str, external_id: str) -> ChannelIdentity | None:
    """How a channel knows somebody, if it does."""
    return repository.identity(session, channel, external_id)


def by_sender(session: Session, sender_id: str) -> Person:
    """The person behind a Rasa sender id: ours in process, anybody's under a stock `rasa run`."""
    return repository.by_public_id(session, sender_id) or by_channel(session, RASA, sender_id)


def _introduce(
    session: Session, channel: str, external_id: str, expires_at: datetime | None, person: Person | None = None
) -> ChannelIdentity:
    now = clock.now()
    made = ChannelIdentity(channel=channel, external_id=external_id, created_at=now, expires_at=expires_at)
    try:
        with session.begin_nested():
            made.person = person or Person(created_at=now)
            session.add(made)
    except IntegrityError:  # another worker met them a moment ago
        other = repository.identity(session, channel, external_id)
        if other is None:
            raise
        return other
    return made


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
