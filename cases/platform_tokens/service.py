"""Keeping the token for a platform's interface where every worker finds it.

Its times are of the wire: the platform's clock goes on where ours stands still.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from cases.clock import wire_time
from cases.models import AccessToken
from cases.platform_tokens import repository

MARGIN = timedelta(minutes=5)
"""So long before its end the platform has a new one, and both are good."""


def usable(session: Session, app_id: str, rejected: str | None = None) -> str | None:
    """The token that an account has, unless it ends soon or is the one that the platform has `rejected`."""
    kept = repository.of_app(session, app_id)
    if kept is None or kept.token == rejected or kept.expires_at - wire_time() < MARGIN:
        return None
    return kept.token


def keep(session: Session, app_id: str, token: str, lasts_s: float) -> None:
    """Keep an account's new token, which is good for `lasts_s` seconds."""
    session.merge(AccessToken(app_id=app_id, token=token, expires_at=wire_time() + timedelta(seconds=lasts_s)))
