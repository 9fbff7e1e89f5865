"""Databases, the clock, passwords and settings for every test. Nothing here sleeps or leaves the machine."""

import gc
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pgserver
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event, make_url
from sqlalchemy.orm import Session

from cases import database as databases
from cases import migrating
from cases.database import engine, make_engine, transaction
from cases.models import Base
from cases.settings import settings
from cases.staff import passwords

SUNDAY_MORNING = "2026-11-22T10:00:00"


def pytest_collection_finish() -> None:
    """What thirteen thousand tests are made of is not garbage, and is not to be looked through again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Sunday, 22 November 2026, ten in the morning in Shanghai, until a test says otherwise."""
    monkeypatch.setenv("TUIKUAN_NOW", SUNDAY_MORNING)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes no time, where what it is for is not the matter."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    made = make_engine(f"sqlite:///{path}")
    migrating.upgrade(made)
    made.dispose()
    return path


@pytest.fixture(scope="session")
def migrated_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database, on a server of this test run's own."""
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    for safety in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {safety} = off")
    server.psql("SELECT pg_reload_conf()")
    url = server.get_uri()
    made = make_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    migrating.upgrade(made)
    made.dispose()
    yield url
    server.cleanup()


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migrated_sqlite: Path) -> Iterator[None]:
    """The program's own database is an empty SQLite file."""
    shutil.copy(migrated_sqlite, tmp_path / "tuikuan.db")
    with _PointedAt(monkeypatch, tmp_path, ""):
        yield


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migrated_sqlite: Path
) -> Iterator[str]:
    """The program's own database is empty; the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(migrated_sqlite, tmp_path / "tuikuan.db")
        with _PointedAt(monkeypatch, tmp_path, ""):
            yield request.param
        return
    with _PointedAt(monkeypatch, tmp_path, request.getfixturevalue("migrated_postgres")):
        yield request.param
        with engine().begin() as connection:
            tables = reversed(Base.metadata.sorted_tables)
            connection.exec_driver_sql("; ".join(f'DELETE FROM "{table.name}"' for table in tables))


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """A transaction on each kind of database; it commits when the test ends."""
    with transaction() as opened:
        yield opened


@cache
def _engine_of(kind: str) -> Engine:
    """One engine for all tests on a kind of database: each engine compiles every statement anew."""
    made = make_engine("sqlite:///somewhere" if kind == "sqlite" else kind)
    if kind == "sqlite":
        event.listen(made, "do_connect", lambda *arguments: arguments[2].__setitem__(0, made.url.database))
        event.listen(made, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return made


def _engine_on(url: str) -> Engine:
    address = make_url(url)
    made = _engine_of("sqlite" if address.get_backend_name() == "sqlite" else url)
    made.url = address
    return made


class _PointedAt:
    """Settings and engine of this process on another database, for as long as the block lasts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, data_dir: Path, url: str) -> None:
        monkeypatch.setattr(databases, "make_engine", _engine_on)
        monkeypatch.setenv("TUIKUAN_DATA_DIR", str(data_dir))
        monkeypatch.setenv("TUIKUAN_DATABASE_URL", url)

    def __enter__(self) -> None:
        self._forget()

    def __exit__(self, *_: object) -> None:
        engine().dispose()
        self._forget()

    @staticmethod
    def _forget() -> None:
        settings.cache_clear()
        engine.cache_clear()
