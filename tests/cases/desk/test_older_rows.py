"""What was there before the desk: migration 0007 lets it be found, and says when it was last spoken and what is due."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from cases import migrating
from cases.database import make_engine
from cases.desk import search
from cases.models import Case, Conversation
from cases.settings import ROOT

OLD_ROWS = """
INSERT INTO person (id, public_id, created_at, link_failures)
  VALUES (1, 'P', '2026-11-01', 0), (2, 'Q', '2026-11-01', 0);
INSERT INTO "case" (id, person_id, number, stage, opened_at, also, unknown, flags)
  VALUES (1, 1, 'N', 'waiting', '2026-11-01', '[]', '[]', '[]');
INSERT INTO conversation (id, person_id, misses, offered, pending, created_at)
  VALUES (1, 1, 0, '[]', '{}', '2026-11-01'), (2, 2, 0, '[]', '{}', '2026-11-01');
INSERT INTO message (id, conversation_id, channel, author, text, buttons, sent_at) VALUES
  (1, 1, 'web', 'person', '在极速卡盟买的', '[]', '2026-11-01 08:00:00'),
  (2, 1, 'wechat', 'bot', '请发订单截图', '[]', '2026-11-02 08:00:00'),
  (3, 1, 'wechat', 'person', '……', '[]', '2026-11-03 08:00:00');
INSERT INTO step (id, case_id, rung_id, attempt, proposed_at, submitted_at, due_at, provisional, outcome) VALUES
  (1, 1, 'a', 1, '2026-11-01', '2026-11-01', '2026-11-04 08:00:00', false, 'refused'),
  (2, 1, 'b', 1, '2026-11-01', NULL, '2026-11-05 08:00:00', false, NULL),
  (3, 1, 'c', 1, '2026-11-01', '2026-11-01', '2026-11-07 08:00:00', false, NULL),
  (4, 1, 'd', 1, '2026-11-01', '2026-11-01', '2026-11-06 08:00:00', false, NULL)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with old rows, migrated to today."""
    url = f"sqlite:///{tmp_path / 'older.db'}"
    if request.param == "postgresql":
        url = another_database(request.getfixturevalue("migrated_postgres"))
    made = make_engine(url)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with made.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        for statement in OLD_ROWS.split(";\n"):
            connection.exec_driver_sql(statement)
    migrating.upgrade(made)
    yield made
    made.dispose()


def another_database(server: str) -> str:
    """A new one on the same server."""
    url = make_url(server.replace("postgresql://", "postgresql+psycopg://", 1))
    made = make_engine(url.render_as_string(hide_password=False))
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS older")
        connection.exec_driver_sql("CREATE DATABASE older")
    made.dispose()
    return url.set(database="older").render_as_string(hide_password=False)


def test_what_was_said_is_found(older: Engine) -> None:
    with Session(older) as session:
        found = [
            [id_ for (id_,) in session.query(Conversation.id).filter(search.matching(session, query))]
            for query in ("速卡", "截图")
        ]
    assert found == [[1], []]


def test_a_conversation_knows_when_and_where_something_was_said_last(older: Engine) -> None:
    with Session(older) as session:
        spoken, silent = (session.get_one(Conversation, id_) for id_ in (1, 2))
        assert (spoken.last_at, spoken.last_channel) == (datetime(2026, 11, 3, 8, tzinfo=UTC), "wechat")
        assert (silent.last_at, silent.last_channel) == (None, None)


def test_a_case_knows_the_nearest_day_that_an_open_step_waits_for(older: Engine) -> None:
    with Session(older) as session:
        assert session.get_one(Case, 1).due_at == datetime(2026, 11, 6, 8, tzinfo=UTC)


def test_the_tables_are_as_the_code_has_them(older: Engine) -> None:
    assert migrating.drift(older) == []
