"""`tuikuan nlu`: what is understood of a text, and teaching it from what people wrote."""

import io
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml

from bot import teaching
from bot.corpus import read
from cases.corrections import service as corrections
from cases.database import engine, transaction
from cases.models import Teacher
from cases.people import service as people
from cases.transcript import service as transcript

Run = Callable[..., tuple[int, str, str]]
Check = Callable[..., None]

pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.mark.usefixtures("without_model")
class TestRead:
    @pytest.mark.parametrize("words", [pytest.param(("nlu",), id="nlu"), pytest.param(("nlu", "read"), id="nlu read")])
    def test_prints_one_json_a_line(self, run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
        file = tmp_path / "lines.txt"
        file.write_text("没到账\n\n商家跑路了\n", "utf-8")
        code, output, _ = run(*words, str(file))
        assert (code, [json.loads(line)["text"] for line in output.splitlines()]) == (0, ["没到账", "商家跑路了"])

    def test_tells_what_is_understood_and_how_surely(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("没到账\n"))
        assert json.loads(run("nlu", "-")[1]) == {
            "text": "没到账",
            "intent": "nlu_fallback",
            "intent_confidence": 1.0,
            "confidence": 1.0,
            "dispute_kind": None,
            "subkind": None,
            "track": None,
            "entities": [],
        }

    @pytest.mark.parametrize("words", [pytest.param((), id="nothing"), pytest.param(("-",), id="a hyphen")])
    def test_reads_standard_input(self, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("没到账\n"))
        assert '"没到账"' in run("nlu", *words)[1]

    def test_an_empty_file_prints_nothing(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "empty.txt").write_text("\n \n")
        assert run("nlu", str(tmp_path / "empty.txt")) == (0, "", "")

    def test_a_missing_file_is_one_line(self, run: Run, tmp_path: Path, assert_one_line: Check) -> None:
        assert_one_line(run("nlu", str(tmp_path / "nothing.txt")), "nothing.txt")

    def test_a_file_that_is_not_utf_8_is_one_line(self, run: Run, tmp_path: Path, assert_one_line: Check) -> None:
        (tmp_path / "lines.txt").write_bytes("没到账".encode("gbk"))
        assert_one_line(run("nlu", str(tmp_path / "lines.txt")), "lines.txt", "UTF-8")

    def test_help_tells_the_other_words(self, run: Run) -> None:
        assert all(word in run("nlu", "--help")[1] for word in ("read", "export", "merge"))


class TestExport:
    @pytest.fixture(autouse=True)
    def heard(self, sqlite: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two messages: one of yesterday that a human explained, and one of today hardly understood."""
        with transaction() as session:
            conversation = transcript.conversation_of(session, people.by_channel(session, "test", "somebody"))
            record = partial(transcript.record_person, session, conversation, channel="test")
            monkeypatch.setenv("TUIKUAN_NOW", "2026-11-21T23:59:00")
            explained = record(text="紫鲸单号20261118093344怪怪的", intent="out_of_scope", confidence=0.9)
            session.flush()
            corrections.correct(session, explained, "not_as_described", Teacher.STAFF)
            monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T00:00:00")
            record(text="绿色大象会跳舞吗", intent="greet", confidence=0.31)
            record(text="你好", intent="greet", confidence=0.99)

    def test_writes_candidates_to_review(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "candidates.yml"
        code, output, _ = run("nlu", "export", str(file))
        assert code == 0
        assert f"tuikuan nlu merge {file}" in output
        assert yaml.safe_load(file.read_text("utf-8")) == [
            {"text": "紫鲸单号***怪怪的", "intent": "not_as_described", "guess": "out_of_scope 0.90"},
            {"text": "绿色大象会跳舞吗", "intent": None, "guess": "greet 0.31"},
        ]

    def test_since_a_day_begins_at_midnight_in_shanghai(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "candidates.yml"
        assert run("nlu", "export", str(file), "--since", "2026-11-22")[0] == 0
        assert [row["text"] for row in yaml.safe_load(file.read_text("utf-8"))] == ["绿色大象会跳舞吗"]

    def test_without_any_the_file_is_an_empty_list(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "candidates.yml"
        assert run("nlu", "export", str(file), "--since", "2026-11-23")[0] == 0
        assert teaching.reviewed(file) == []

    def test_a_database_of_an_older_version_is_migrated(self, run: Run, tmp_path: Path) -> None:
        engine().dispose()
        (tmp_path / "tuikuan.db").unlink()
        assert run("nlu", "export", str(tmp_path / "candidates.yml"))[0] == 0

    def test_a_path_that_cannot_be_written_is_one_line(self, run: Run, tmp_path: Path, assert_one_line: Check) -> None:
        assert_one_line(run("nlu", "export", str(tmp_path / "no" / "folder.yml")), "cannot write", "folder.yml")

    def test_a_day_that_is_none_is_refused(self, run: Run, tmp_path: Path) -> None:
        assert run("nlu", "export", str(tmp_path / "candidates.yml"), "--since", "yesterday")[0] == 2


class TestMerge:
    @pytest.fixture(autouse=True)
    def corpus(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A folder to merge into, in place of ours."""
        folder = tmp_path / "nlu"
        folder.mkdir()
        (folder / "talk.yml").write_text("nlu:\n  - intent: greet\n    examples: |\n      - 你好呀\n", "utf-8")
        monkeypatch.setattr(teaching, "merge", partial(teaching.merge, folder=folder))
        return folder

    def test_adds_what_was_reviewed_and_says_what_it_left_out(self, run: Run, tmp_path: Path, corpus: Path) -> None:
        file = tmp_path / "candidates.yml"
        file.write_text("- {text: 早上好, intent: greet}\n- {text: 你好呀！, intent: greet}\n", "utf-8")
        code, output, _ = run("nlu", "merge", str(file))
        assert code == 0
        assert [sentence.text for sentence in read(corpus)] == ["你好呀", "早上好"]
        assert output.splitlines() == [
            "left out, as good as “你好呀” (greet): 你好呀！",
            "1 added, 1 left out; see git diff data/nlu",
        ]

    @pytest.mark.parametrize("content", [pytest.param("", id="empty"), pytest.param("# deleted\n[]\n", id="no rows")])
    def test_an_empty_file_adds_nothing(self, run: Run, tmp_path: Path, content: str) -> None:
        (tmp_path / "candidates.yml").write_text(content)
        assert run("nlu", "merge", str(tmp_path / "candidates.yml"))[1].startswith("0 added, 0 left out")

    def test_a_bad_file_is_one_line(self, run: Run, tmp_path: Path, assert_one_line: Check) -> None:
        (tmp_path / "candidates.yml").write_text("- text: [")
        assert_one_line(run("nlu", "merge", str(tmp_path / "candidates.yml")), "candidates.yml")

    def test_a_missing_file_is_one_line(self, run: Run, tmp_path: Path, assert_one_line: Check) -> None:
        assert_one_line(run("nlu", "merge", str(tmp_path / "nothing.yml")), "cannot read", "nothing.yml")
