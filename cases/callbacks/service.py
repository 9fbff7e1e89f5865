"""Receiving a callback once, and holding it while it is worked on."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cases.callbacks import repository
from cases.clock import wire_time
from cases.models import Callback

HOLD = timedelta(seconds=60)
KEEP = timedelta(days=2)
MAX_TRIES = 5


def receive(session: Session, key: str, fields: Mapping[str, str]) -> Callback:
    """The callback with this key; it is written down when it comes for the first time."""
    key_hash = fingerprint(key)
    if (known := repository.by_hash(session, key_hash)) is not None:
        return known
    made = Callback(key_hash=key_hash, fields=dict(fields), received_at=wire_time(), processed=0)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # another worker got it at the same moment
        other = repository.by_hash(session, key_hash)
        if other is None:
            raise
        return other
    return made


def hold(session: Session, callback: Callback) -> bool:
    """Begin to work on it, unless it is done or somebody else is at it."""
    now = wire_time()
    return repository.take(session, callback, now, now + HOLD)


def release(callback: Callback) -> None:
    """It could not be done: let whoever comes next try again, but not for ever."""
    callback.held_until = None
    if callback.processed >= MAX_TRIES:
        finish(callback)


def finish(callback: Callback) -> None:
    """It is done; what it said is in the transcript now."""
    callback.done_at = wire_time()
    callback.held_until = None
    callback.fields = {}


def forget_old(session: Session) -> None:
    """Forget what nobody will send again."""
    repository.forget(session, wire_time() - KEEP)


def fingerprint(key: str) -> str:
    """The SHA-256 of a key, which may name a person."""
    return hashlib.sha256(key.encode()).hexdigest()
