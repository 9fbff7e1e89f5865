"""Sums, days and numbers, as they are printed and as they are misread."""

from datetime import date

import pytest

from cases.evidence.reading.values import day, has_cents, money, number

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("100.00", 10_000),
        ("-100.00", -10_000),
        ("￥100.00", 10_000),
        ("¥ 98", 9_800),
        ("-￥1,280.50", -128_050),
        ("￥-5.00", -500),
        ("12.5元", 1_250),
        ("人民币100.00元", 10_000),
        ("+5.00", 500),
        pytest.param("￥1OO.00", 10_000, id="letters O for noughts"),
        pytest.param("-l0.00", -1_000, id="letter l for a one"),
        pytest.param("100。00", 10_000, id="a full stop for the point"),
        pytest.param("100，00", 10_000, id="a comma for the point"),
        pytest.param("100.00起", None, id="a price from"),
        pytest.param("98-100", None, id="a range"),
        pytest.param("100个", None, id="a count"),
        pytest.param("2026-11-18", None, id="a day"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_sum_is_read_if_it_is_all_there_is(text: str, fen: int | None) -> None:
    assert money(text) == fen


@pytest.mark.parametrize(("text", "is_"), [("100.00", True), ("￥1,280.50元", True), ("100", False), ("10.5", False)])
def test_cents_are_two_places(text: str, is_: bool) -> None:
    assert has_cents(text) is is_


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-18 20:14:33", date(2026, 11, 18)),
        ("2026年11月8日 20:14", date(2026, 11, 8)),
        ("2026/11/18", date(2026, 11, 18)),
        ("2026.11.18", date(2026, 11, 18)),
        ("11月18日20:14", date(2026, 11, 18)),
        ("11-18 20:14", date(2026, 11, 18)),
        pytest.param("12月31日", date(2025, 12, 31), id="without a year the last such day"),
        pytest.param("2026-11-1820:14:33", date(2026, 11, 18), id="the gap before the time was lost"),
        pytest.param("2026-11-120:14:33", date(2026, 11, 1), id="the gap after a day of one digit was lost"),
        pytest.param("2026年11月18日20:14:33", date(2026, 11, 18), id="no gap after 日"),
        pytest.param("2O26-11-l8 20:14", date(2026, 11, 18), id="letters for digits"),
        pytest.param("2026-11-23 08:00", None, id="a day to come"),
        pytest.param("2016-11-18 08:00", None, id="ten years ago"),
        pytest.param("2026-02-30", None, id="no such day"),
        pytest.param("昨天 20:14", None, id="a day that depends on when the picture was made"),
        pytest.param("2026-11-18 至 2026-11-20", None, id="two days"),
    ],
)
def test_a_day_is_read_if_it_is_the_only_one_and_has_been(text: str, expected: date | None) -> None:
    assert day(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KM20261118001", "KM20261118001"),
        ("DD-2026-1109-0042", "DD-2026-1109-0042"),
        ("20261118001 复制", "20261118001"),
        ("4200 0023 4520 2611 1861 2345 6789", "4200002345202611186123456789"),
        pytest.param("2026O118001", "20260118001", id="a letter O among digits"),
        pytest.param("420000234520261118612345678", None, id="WeChat's with a digit lost"),
        pytest.param("2026-11-18", None, id="a day"),
        pytest.param("KM2026 1118001还没到", None, id="a sentence"),
        pytest.param("查看订单", None, id="a button"),
        pytest.param("138****5678", None, id="masked"),
    ],
)
def test_a_number_is_read_if_it_is_all_there_is(text: str, expected: str | None) -> None:
    assert number(text) == expected
