"""`tuikuan evaluate`: scores on the terminal, and as a page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
Check = Callable[..., None]

pytestmark = pytest.mark.usefixtures("sqlite", "without_model")

EXAMPLES: list[dict[str, Any]] = [
    {"text": "天气怎么样", "label": "out_of_scope"},
    {"text": "没到账", "label": "not_delivered", "also_ok": ["out_of_scope"]},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Examples, all of which are right for an assistant that understands nothing."""
    made = tmp_path / "examples.jsonl"
    made.write_text("\n".join(json.dumps(example) for example in EXAMPLES), "utf-8")
    return made


def append(file: Path, **example: Any) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n{json.dumps(example)}")


def test_prints_the_scores(run: Run, file: Path) -> None:
    code, output, _ = run("evaluate", str(file))
    assert code == 0
    assert "accuracy 1.000" in output
    assert "confident errors" not in output


def test_prints_what_is_wrong_as_it_was_written(run: Run, file: Path) -> None:
    append(file, text="卖家[red]跑了", label="merchant_gone")
    output = run("evaluate", str(file))[1]
    assert "the 1 most confident errors" in output
    assert "卖家[red]跑了" in output


def test_prints_the_scores_of_the_facts_where_they_are_noted(run: Run, file: Path) -> None:
    append(file, text="付了98", label="out_of_scope", entities=[{"entity": "amount", "value": 98}])
    assert "amount" in run("evaluate", str(file))[1]


def test_writes_a_page_too(run: Run, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    code, output, _ = run("evaluate", str(file), "--html", str(target))
    assert (code, "accuracy 1.000" in output) == (0, True)
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert "evaluate examples.jsonl" in target.read_text("utf-8")


def test_a_page_that_cannot_be_written_is_one_line(run: Run, file: Path, tmp_path: Path) -> None:
    code, output, errors = run("evaluate", str(file), "--html", str(tmp_path / "no" / "report.html"))
    assert (code, errors.count("\n")) == (1, 1)
    assert errors.startswith("tuikuan: cannot write ")
    assert "accuracy 1.000" in output  # they were dear, and are told


def test_an_empty_file_is_one_line(run: Run, tmp_path: Path, assert_one_line: Check) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n")
    assert_one_line(run("evaluate", str(tmp_path / "empty.jsonl")), "empty.jsonl holds no examples")


def test_a_missing_file_is_one_line(run: Run, tmp_path: Path, assert_one_line: Check) -> None:
    assert_one_line(run("evaluate", str(tmp_path / "nothing.jsonl")), "nothing.jsonl")


def test_a_wrong_line_is_named(run: Run, file: Path, assert_one_line: Check) -> None:
    append(file, text="没到账", label="fly")
    assert_one_line(run("evaluate", str(file)), "examples.jsonl:3", "fly")
