"""The migrations make the tables that the code has, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect

from cases import migrating
from cases.database import engine, make_engine
from cases.models import Base
from cases.settings import ROOT


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    made = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    yield made
    made.dispose()


@pytest.mark.usefixtures("database")
def test_a_migrated_database_is_current_and_agrees_with_the_code() -> None:
    assert migrating.is_current(engine())
    assert migrating.drift(engine()) == []


@pytest.mark.usefixtures("database")
def test_migrating_again_changes_nothing() -> None:
    migrating.upgrade(engine())
    assert migrating.is_current(engine())


def test_an_empty_database_is_behind_and_differs(empty: Engine) -> None:
    assert not migrating.is_current(empty)
    assert len(migrating.drift(empty)) >= len(Base.metadata.tables)


def test_migrating_an_empty_database_makes_every_table(empty: Engine) -> None:
    migrating.upgrade(empty)
    assert Base.metadata.tables.keys() <= set(inspect(empty).get_table_names())


def test_the_way_back_leaves_nothing(empty: Engine) -> None:
    migrating.upgrade(empty)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with empty.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]


def test_a_table_nobody_migrated_is_noticed(empty: Engine) -> None:
    migrating.upgrade(empty)
    with empty.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE step RENAME COLUMN outcome TO result")
    assert migrating.drift(empty) != []
