"""Queries on link codes, and the one change that makes two rows one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Table, delete, select, update
from sqlalchemy.orm import Session

from cases.models import Base, Conversation, Label, LinkCode, Person, Seen

RowT = TypeVar("RowT", Person, Conversation)


def by_hash(session: Session, code_hash: str) -> LinkCode | None:
    """The code with this fingerprint, used up and expired ones too."""
    return session.scalar(select(LinkCode).where(LinkCode.code_hash == code_hash))


def use_up(session: Session, person: Person, now: datetime) -> bool:
    """Take the person's live code, so that nobody else can; `False` if there is none any more."""
    live = update(LinkCode).where(LinkCode.person_id == person.id, LinkCode.used_at.is_(None))
    taken = live.where(LinkCode.expires_at > now).values(used_at=now).returning(LinkCode.id)
    return session.scalars(taken).first() is not None


def void(session: Session, person: Person, now: datetime) -> None:
    """Let no code that the person was given open anything any more."""
    live = update(LinkCode).where(LinkCode.person_id == person.id, LinkCode.expires_at > now)
    session.execute(live.values(expires_at=now))


def labels(session: Session, one: Conversation, other: Conversation) -> list[Label]:
    """The labels of two conversations."""
    return list(session.scalars(select(Label).where(Label.conversation_id.in_((one.id, other.id))).order_by(Label.id)))


def seen(session: Session, one: Conversation, other: Conversation) -> list[Seen]:
    """How far staff have read two conversations, the least first."""
    marks = select(Seen).where(Seen.conversation_id.in_((one.id, other.id)))
    return list(session.scalars(marks.order_by(Seen.message_id, Seen.id)))


def replace(session: Session, gone: RowT, by: RowT) -> None:
    """Let everything that points at a row point at another one of its table, and delete it.

    What points at it is read off the tables themselves, so none can be forgotten. What the session holds in memory is
    out of date afterwards.
    """
    table = Base.metadata.tables[gone.__tablename__]
    gone_id, by_id = gone.id, by.id
    for column in _pointing_at(table):
        session.execute(update(column.table).where(column == gone_id).values({column.name: by_id}))
    session.execute(delete(table).where(table.c.id == gone_id))


def _pointing_at(table: Table) -> Iterator[Column[Any]]:
    keys = (key for other in Base.metadata.sorted_tables for key in other.foreign_keys)
    return (key.parent for key in keys if key.column.table is table)
