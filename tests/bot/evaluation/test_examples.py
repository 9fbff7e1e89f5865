"""Labelled sentences from a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation import Example, read_examples
from cases.errors import SetupError
from cases.knowledge import knowledge


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "examples.jsonl"


def row(**more: Any) -> str:
    return json.dumps({"text": "没到账", "label": "not_delivered", **more}, ensure_ascii=False)


def test_a_line_is_an_example(file: Path) -> None:
    file.write_text(f"{row()}\n\n{row(also_ok=['merchant_gone'])}\n", "utf-8")
    assert read_examples(file) == [
        Example("没到账", "not_delivered"),
        Example("没到账", "not_delivered", ("merchant_gone",)),
    ]


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        pytest.param(None, None, id="nobody looked"),
        pytest.param([], (), id="none there"),
        pytest.param([{"entity": "amount", "value": 98}], (("amount", "98.00"),), id="money is in yuan"),
        pytest.param([{"entity": "delivered_amount", "value": "9.5"}], (("delivered_amount", "9.50"),), id="as text"),
        pytest.param([{"entity": "order_no", "value": "007", "start": 3}], (("order_no", "007"),), id="others stay"),
    ],
)
def test_facts_are_as_the_nlu_prints_them(file: Path, entities: Any, expected: Any) -> None:
    file.write_text(row(entities=entities), "utf-8")
    assert read_examples(file)[0].entities == expected


@pytest.mark.parametrize("label", [*knowledge().kinds, *knowledge().tracks, "out_of_scope"])
def test_every_grievance_is_a_label(file: Path, label: str) -> None:
    file.write_text(row(label=label), "utf-8")
    assert read_examples(file)[0].label == label


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("{", id="no json"),
        pytest.param("[]", id="no object"),
        pytest.param('{"text": "a"}', id="no label"),
        pytest.param('{"label": "out_of_scope"}', id="no text"),
        pytest.param(row(text=200), id="a text that is a number"),
        pytest.param(row(text=None), id="a text that is nothing"),
        pytest.param(row(label="fly"), id="an unknown label"),
        pytest.param(row(label=["not_delivered"]), id="two labels"),
        pytest.param(row(also_ok=["fly"]), id="an unknown label that would also be right"),
        pytest.param(row(also_ok="merchant_gone"), id="no list of such labels"),
        pytest.param(row(entities={"amount": 98}), id="entities that are no list"),
        pytest.param(row(entities=[{"entity": "amount"}]), id="an entity without a value"),
        pytest.param(row(entities=[{"entity": "amount", "value": "两百"}]), id="an amount that is no number"),
    ],
)
def test_a_wrong_line_is_named(file: Path, line: str) -> None:
    file.write_text(f"{row()}\n{line}\n", "utf-8")
    with pytest.raises(SetupError, match=r"examples\.jsonl:2: "):
        read_examples(file)


def test_only_an_end_of_line_ends_a_line(file: Path) -> None:
    file.write_text(row(text="没\u2028到\x85账"), "utf-8")
    assert read_examples(file)[0].text == "没\u2028到\x85账"


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(SetupError, match=r"cannot read .*examples\.jsonl"):
        read_examples(file)


def test_a_file_that_is_not_utf_8_is_named(file: Path) -> None:
    file.write_bytes(row().encode("gbk"))
    with pytest.raises(SetupError, match=r"examples\.jsonl is not UTF-8"):
        read_examples(file)


def test_an_empty_file_holds_none(file: Path) -> None:
    file.write_text("\n\n", "utf-8")
    assert read_examples(file) == []
