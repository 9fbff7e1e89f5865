"""Queries on access tokens."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.models import AccessToken

LOCK = 20_402
"""The first of two keys, so that these locks are none of a person's, which have one."""


def of_app(session: Session, app_id: str) -> AccessToken | None:
    """The token that an account has, good or not."""
    return session.get(AccessToken, app_id)


def lock(session: Session, app_id: str) -> None:
    """On PostgreSQL: wait until nobody else holds this lock, and hold it until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(LOCK, func.hashtext(app_id))))
