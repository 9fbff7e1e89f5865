"""The command line: every failure is one clear line and a non-zero exit."""

import io
import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from api import cli
from bot.assistant import EchoAssistant
from cases.database import engine, transaction
from cases.models import Message
from cases.people import service as people
from cases.settings import settings

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command with these words; returns its exit code, output and errors."""

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tuikuan", *words])
        code: object = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
        return (code if isinstance(code, int) else 0, *capsys.readouterr())

    return call


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The assistant understands nothing, and needs no model for it."""
    monkeypatch.setattr("api.commands.nlu.RasaAssistant", lambda model: EchoAssistant())
    monkeypatch.setattr("bot.training.ensure_model", lambda folder: folder)


def assert_one_line(run: tuple[int, str, str], *says: str) -> None:
    code, output, errors = run
    assert (code, output) == (1, "")
    assert errors.startswith("tuikuan: ")
    assert errors.count("\n") == 1
    assert all(part in errors for part in says)


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


def test_a_wrong_setting_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as wrong:
        wrong.setenv("TUIKUAN_TURN_BUDGET_S", "soon")
        settings.cache_clear()
        assert_one_line(run("db", "check"), "TUIKUAN_TURN_BUDGET_S")


class TestDatabase:
    def test_a_migrated_one_is_checked(self, run: Run) -> None:
        code, output, _ = run("db", "check")
        assert (code, output) == (0, "database agrees with the code\n")

    def test_one_that_is_behind_fails_the_check_and_can_be_upgraded(self, run: Run, tmp_path: Path) -> None:
        engine().dispose()
        (tmp_path / "tuikuan.db").unlink()
        assert_one_line(run("db", "check"), "tuikuan db upgrade")
        assert run("db", "upgrade")[0] == 0
        assert run("db", "check")[0] == 0

    def test_one_with_other_tables_fails_the_check(self, run: Run) -> None:
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

    def test_a_backup_overwrites_nothing(self, run: Run, tmp_path: Path) -> None:
        target = tmp_path / "copy.db"
        target.write_text("precious")
        assert_one_line(run("db", "backup", str(target)), "exists")
        assert target.read_text() == "precious"


class TestServe:
    def test_several_workers_need_postgresql(self, run: Run) -> None:
        assert_one_line(run("serve", "--workers", "2"), "PostgreSQL", "TUIKUAN_DATABASE_URL")

    def test_an_unsafe_setting_refuses_to_start(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as unsafe:
            unsafe.setenv("TUIKUAN_ENVIRONMENT", "production")
            unsafe.setenv("TUIKUAN_REST_CHANNEL", "open")
            settings.cache_clear()
            assert_one_line(run("serve"), "not in production")


@pytest.mark.usefixtures("without_model")
class TestNlu:
    def test_prints_one_json_a_line(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "lines.txt"
        file.write_text("没到账\n\n商家跑路了\n", "utf-8")
        code, output, _ = run("nlu", str(file))
        lines = [json.loads(line) for line in output.splitlines()]
        assert (code, [line["text"] for line in lines]) == (0, ["没到账", "商家跑路了"])
        assert lines[0].keys() == {
            "text",
            "intent",
            "confidence",
            "dispute_kind",
            "subkind",
            "track",
            "entities",
        }
        assert (lines[0]["dispute_kind"], lines[0]["track"]) == (None, None)

    def test_reads_standard_input(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("没到账\n"))
        assert '"没到账"' in run("nlu")[1]

    @pytest.mark.parametrize("command", [pytest.param("nlu", id="nlu"), pytest.param("evaluate", id="evaluate")])
    def test_a_missing_file_is_one_line(self, run: Run, tmp_path: Path, command: str) -> None:
        assert_one_line(run(command, str(tmp_path / "nothing.txt")), "nothing.txt")


@pytest.mark.usefixtures("without_model")
class TestEvaluate:
    def test_prints_the_scores(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "examples.jsonl"
        examples = [
            {"text": "天气怎么样", "label": "out_of_scope"},
            {"text": "没到账", "label": "not_delivered", "also_ok": ["out_of_scope"]},
        ]
        file.write_text("\n".join(json.dumps(example) for example in examples), "utf-8")
        code, output, _ = run("evaluate", str(file))
        assert code == 0
        assert "accuracy 1.000" in output

    @pytest.mark.parametrize(
        "line",
        [
            pytest.param("{", id="no json"),
            pytest.param('{"text": "a"}', id="no label"),
            pytest.param('{"text": "a", "label": "b"}', id="an unknown label"),
            pytest.param("[]", id="no object"),
        ],
    )
    def test_a_wrong_line_is_named(self, run: Run, tmp_path: Path, line: str) -> None:
        file = tmp_path / "examples.jsonl"
        file.write_text(f'{{"text": "a", "label": "out_of_scope"}}\n{line}\n', "utf-8")
        assert_one_line(run("evaluate", str(file)), "examples.jsonl:2")


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
