"""The period: which days are in it, and into which parts they fall. It is Sunday, 22 November 2026."""

from datetime import date, datetime

import pytest

from cases.clock import SHANGHAI
from cases.numbers.period import DEFAULT, Period


@pytest.mark.parametrize(
    ("days", "first", "parts"),
    [
        pytest.param(7, date(2026, 11, 16), 7, id="a week, day by day"),
        pytest.param(30, date(2026, 10, 24), 5, id="a month, by weeks"),
        pytest.param(365, date(2025, 11, 23), 53, id="a year, by weeks"),
    ],
)
def test_it_ends_today_and_has_parts(days: int, first: date, parts: int) -> None:
    period = Period.of(days)
    assert (period.first, len(period.starts)) == (first, parts)
    assert period.since == datetime(first.year, first.month, first.day, tzinfo=SHANGHAI)


def test_weeks_begin_on_mondays_but_for_the_first() -> None:
    first, *others = Period.of(30).starts
    assert first.weekday() == 5
    assert {start.weekday() for start in others} == {0}


def test_a_length_that_is_not_offered_is_the_usual_one() -> None:
    assert Period.of(31) == Period.of(DEFAULT)


@pytest.mark.parametrize(("day", "part"), [(0, 0), (1, 0), (2, 1), (8, 1), (9, 2), (29, 4)])
def test_a_day_lies_in_a_part(day: int, part: int) -> None:
    assert Period.of(30).part_of(day) == part
