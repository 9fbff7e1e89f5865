"""Queries on callbacks."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from cases.models import Callback


def by_hash(session: Session, key_hash: str) -> Callback | None:
    """The callback with this key, if it came in before."""
    return session.scalar(select(Callback).where(Callback.key_hash == key_hash))


def locked(session: Session, key_hash: str) -> Callback | None:
    """The callback with this key; nobody else may change it until the transaction ends."""
    return session.scalar(select(Callback).where(Callback.key_hash == key_hash).with_for_update())


def take(session: Session, callback: Callback, now: datetime, until: datetime) -> bool:
    """Hold a callback that is not done and that nobody holds; `False` if somebody else was first."""
    taken = session.scalar(
        update(Callback)
        .where(Callback.id == callback.id, Callback.done_at.is_(None), _is_free(now))
        .values(held_until=until, processed=Callback.processed + 1)
        .returning(Callback.id)
        .execution_options(synchronize_session=False)
    )
    session.refresh(callback)
    return taken is not None


def abandoned(session: Session, now: datetime, limit: int) -> list[int]:
    """The ids of callbacks that are not done and that nobody holds, oldest first."""
    open_ones = select(Callback.id).where(Callback.done_at.is_(None), _is_free(now))
    return list(session.scalars(open_ones.order_by(Callback.id).limit(limit)))


def done(session: Session, ids: Collection[int]) -> list[int]:
    """Those of these callbacks that are done."""
    return list(session.scalars(select(Callback.id).where(Callback.id.in_(ids), Callback.done_at.is_not(None))))


def disown(session: Session, person_id: int) -> None:
    """What a person has sent is done, and names them no longer."""
    theirs = update(Callback).where(Callback.person_id == person_id)
    nothing: dict[str, object] = {"person_id": None, "fields": {}, "reply": None, "held_until": None}
    done = func.coalesce(Callback.done_at, Callback.received_at)
    session.execute(theirs.values(**nothing, done_at=done).execution_options(synchronize_session="fetch"))


def forget(session: Session, before: datetime) -> None:
    """Delete what was done before then; what is still to be sent no longer names it by then."""
    session.execute(delete(Callback).where(Callback.done_at < before))


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(Callback.held_until.is_(None), Callback.held_until < now)
