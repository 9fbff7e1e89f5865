"""The engine and the unit of work: one transaction a turn, and only its boundary commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from cases.settings import settings

BUSY_TIMEOUT_MS = 5_000
CACHE_KIB = 16_384
"""Of a connection to SQLite: lists of a hundred thousand conversations are sorted in it."""

_current: ContextVar[Session | None] = ContextVar("current_session", default=None)


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process, on the database that the settings name."""
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    return make_engine(settings().sqlalchemy_url)


def make_engine(url: str) -> Engine:
    """An engine on `url`; on SQLite with WAL, foreign keys, and a wait for the other writer."""
    made = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_immediate)
    return made


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling would begin too late; SQLAlchemy's documented way out.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def _begin_immediate(connection: Any) -> None:
    # Taking the write lock first orders the turns of all processes and rules out upgrade deadlocks.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def transaction() -> Iterator[Session]:
    """A session that commits when the block ends well and rolls back otherwise.

    Inside another `transaction()` it is that one's session, and the outer block commits.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        token = _current.set(session)
        try:
            yield session
        finally:
            _current.reset(token)


@contextmanager
def reading() -> Iterator[Session]:
    """A session for looking only: it takes no write lock and never commits."""
    with Session(engine().execution_options(reading=True)) as session:
        yield session
