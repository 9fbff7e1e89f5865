"""Numbers as people write them."""

from decimal import Decimal

import pytest

from bot.nlu.facts import numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("200", "200"),
        ("1,280.50", "1280.50"),
        ("1.2万", "12000"),
        ("1万2", "12000"),
        ("1万2千", "12000"),
        ("2千5", "2500"),
        ("3k", "3000"),
        ("2W", "20000"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("两百五", "250"),
        ("两百五十", "250"),
        ("一千二", "1200"),
        ("三千零五十", "3050"),
        ("一万二", "12000"),
        ("十二万三千", "123000"),
        ("贰佰", "200"),
        ("玖拾", "90"),
    ],
)
def test_definite_numbers(text: str, value: str) -> None:
    assert numerals.parse(text) == Decimal(value)


@pytest.mark.parametrize("text", ["几百", "三四百", "十几", "百千", "千万百"])
def test_no_definite_number(text: str) -> None:
    assert numerals.parse(text) is None


@pytest.mark.parametrize(("text", "value"), [("二零二六", 2026), ("二〇二五", 2025), ("2026", 2026), ("二六", 26)])
def test_digits_said_one_by_one(text: str, value: int) -> None:
    assert numerals.spelled(text) == value
