"""The command line: every failure is one clear line and a non-zero exit."""

import io
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from cases.database import engine, transaction
from cases.models import Message
from cases.people import service as people
from cases.settings import settings

Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]
Check = Callable[..., None]

pytestmark = pytest.mark.usefixtures("sqlite")


def test_without_a_word_it_prints_help(run: Run) -> None:
    _, output, _ = run()
    assert all(command in output for command in ("serve", "train", "chat", "nlu", "evaluate", "db"))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("fly",), id="an unknown command"),
        pytest.param(("serve", "--wings"), id="an unknown option"),
        pytest.param(("serve", "--workers", "0"), id="an impossible number"),
    ],
)
def test_what_it_does_not_know_it_refuses(run: Run, words: tuple[str, ...]) -> None:
    code, _, errors = run(*words)
    assert code == 2
    assert "Traceback" not in errors


def test_a_wrong_setting_is_one_line(run: Run, assert_one_line: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as wrong:
        wrong.setenv("TUIKUAN_TURN_BUDGET_S", "soon")
        settings.cache_clear()
        assert_one_line(run("db", "check"), "TUIKUAN_TURN_BUDGET_S")


class TestDatabase:
    def test_a_migrated_one_is_checked(self, run: Run) -> None:
        code, output, _ = run("db", "check")
        assert (code, output) == (0, "database agrees with the code\n")

    def test_one_that_is_behind_fails_the_check_and_can_be_upgraded(
        self, run: Run, assert_one_line: Check, tmp_path: Path
    ) -> None:
        engine().dispose()
        (tmp_path / "tuikuan.db").unlink()
        assert_one_line(run("db", "check"), "tuikuan db upgrade")
        assert run("db", "upgrade")[0] == 0
        assert run("db", "check")[0] == 0

    def test_one_with_other_tables_fails_the_check(self, run: Run, assert_one_line: Check) -> None:
        with engine().begin() as connection:
            connection.execute(text("ALTER TABLE step RENAME COLUMN outcome TO result"))
        assert_one_line(run("db", "check"), "without a migration")

    def test_a_backup_is_a_copy(self, run: Run, tmp_path: Path) -> None:
        with transaction() as session:
            people.by_channel(session, "test", "somebody")
        assert run("db", "backup", str(tmp_path / "copy.db"))[0] == 0
        copy = sqlite3.connect(tmp_path / "copy.db")
        assert copy.execute("SELECT external_id FROM channel_identity").fetchall() == [("somebody",)]
        copy.close()

    def test_a_backup_overwrites_nothing(self, run: Run, assert_one_line: Check, tmp_path: Path) -> None:
        target = tmp_path / "copy.db"
        target.write_text("precious")
        assert_one_line(run("db", "backup", str(target)), "exists")
        assert target.read_text() == "precious"


class TestServe:
    def test_several_workers_need_postgresql(self, run: Run, assert_one_line: Check) -> None:
        assert_one_line(run("serve", "--workers", "2"), "PostgreSQL", "TUIKUAN_DATABASE_URL")

    def test_an_unsafe_setting_refuses_to_start(
        self, run: Run, assert_one_line: Check, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as unsafe:
            unsafe.setenv("TUIKUAN_ENVIRONMENT", "production")
            unsafe.setenv("TUIKUAN_REST_CHANNEL", "open")
            settings.cache_clear()
            assert_one_line(run("serve"), "not in production")


class TestChat:
    def test_takes_turns_until_an_empty_line(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_ASSISTANT", "echo")
        settings.cache_clear()
        monkeypatch.setattr(sys, "stdin", io.StringIO("没到账[bold]\n\n"))
        code, output, _ = run("chat")
        assert code == 0
        assert "没到账[bold]" in output
        with transaction() as session:
            assert session.query(Message).filter_by(channel="terminal", author="person").count() == 1
