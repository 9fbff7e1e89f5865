"""Queries on persons and their identities."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.models import ChannelIdentity, Person


def identity(session: Session, channel: str, external_id: str) -> ChannelIdentity | None:
    """The identity under which `channel` knows somebody."""
    return session.scalar(
        select(ChannelIdentity).where(ChannelIdentity.channel == channel, ChannelIdentity.external_id == external_id)
    )


def by_public_id(session: Session, public_id: str) -> Person | None:
    """The person with this public id."""
    return session.scalar(select(Person).where(Person.public_id == public_id))
