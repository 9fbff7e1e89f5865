"""When something is due. The calendar of 2026 is published; 2098 certainly is not."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.clock import SHANGHAI
from cases.deadlines import deadline, is_workday
from cases.knowledge.schema import DeadlineType, Due

Unit = Literal["hour", "workday", "day", "month"]


def rule(amount: int, unit: Unit, type_: DeadlineType = DeadlineType.RULE) -> Due:
    return Due(amount=amount, unit=unit, type=type_, source="某条")


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due_day(start: str, amount: int, unit: Unit) -> str:
    return str(deadline(shanghai(start), rule(amount, unit)).at.astimezone(SHANGHAI).date())


class TestWorkdays:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            pytest.param("2026-11-23", True, id="a Monday"),
            pytest.param("2026-11-22", False, id="a Sunday"),
            pytest.param("2026-10-01", False, id="a holiday on a Thursday"),
            pytest.param("2026-10-10", True, id="a Saturday made up for it"),
            pytest.param("2098-01-01", False, id="New Year of an unpublished year"),
            pytest.param("2098-10-03", False, id="third of October of an unpublished year"),
            pytest.param("2098-03-03", True, id="a Monday of an unpublished year"),
            pytest.param("2098-03-02", False, id="a Sunday of an unpublished year"),
        ],
    )
    def test_follow_the_state_council_and_are_guessed_beyond_it(self, day: str, works: bool) -> None:
        assert is_workday(date.fromisoformat(day)) is works


class TestHours:
    def test_run_at_once_and_through_days_off(self) -> None:
        start = shanghai("2026-11-21T10:30")
        assert deadline(start, rule(72, "hour")).at == shanghai("2026-11-24T10:30")

    def test_need_no_calendar(self) -> None:
        assert not deadline(shanghai("2098-11-21T10:30"), rule(72, "hour")).provisional


class TestDays:
    @pytest.mark.parametrize(
        ("start", "amount", "unit", "due"),
        [
            pytest.param("2026-11-22T10:00", 7, "workday", "2026-12-01", id="the first day does not count"),
            pytest.param("2026-11-23T10:00", 1, "workday", "2026-11-24", id="not even a working day"),
            pytest.param("2026-09-30T10:00", 7, "workday", "2026-10-15", id="a made-up Saturday counts"),
            pytest.param("2026-11-20T10:00", 3, "day", "2026-11-23", id="days count on days off"),
            pytest.param("2026-11-21T10:00", 7, "day", "2026-11-30", id="but do not end on one"),
            pytest.param("2026-10-03T10:00", 7, "day", "2026-10-10", id="they may end on a made-up Saturday"),
            pytest.param("2026-09-24T10:00", 7, "day", "2026-10-08", id="they move past a whole holiday"),
            pytest.param("2026-01-31T10:00", 1, "month", "2026-02-28", id="a month ends with the month"),
            pytest.param("2026-08-15T10:00", 1, "month", "2026-09-15", id="a month ends on the same day"),
            pytest.param("2025-12-15T10:00", 1, "month", "2026-01-15", id="months pass the year's end"),
            pytest.param("2025-12-30T10:00", 12, "month", "2026-12-30", id="twelve months are a year"),
        ],
    )
    def test_end_on_the_right_day(self, start: str, amount: int, unit: Unit, due: str) -> None:
        assert due_day(start, amount, unit) == due

    def test_last_until_the_end_of_the_day_in_shanghai(self) -> None:
        at = deadline(shanghai("2026-11-22T10:00"), rule(1, "day")).at
        assert at == shanghai("2026-11-23T23:59:59")

    def test_begin_on_the_day_it_is_in_shanghai(self) -> None:
        late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # already the 23rd over there
        assert deadline(late, rule(1, "workday")).at.date() == date(2026, 11, 24)

    @pytest.mark.parametrize("unit", ["workday", "day", "month"])
    def test_are_provisional_where_the_calendar_is_a_guess(self, unit: Unit) -> None:
        assert deadline(shanghai("2098-03-03T10:00"), rule(2, unit)).provisional
        assert not deadline(shanghai("2026-03-03T10:00"), rule(2, unit)).provisional


def test_a_deadline_says_how_binding_it_is() -> None:
    due = deadline(shanghai("2026-11-22T10:00"), rule(7, "workday", DeadlineType.STATUTORY))
    assert due.type is DeadlineType.STATUTORY


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 9, 1)).map(  # noqa: DTZ001  # the zone follows
    lambda moment: moment.replace(tzinfo=SHANGHAI)
)


@given(MOMENTS, st.integers(1, 60), st.sampled_from(["workday", "day", "month"]))
def test_no_period_of_days_ends_in_the_past_or_on_a_day_off(start: datetime, amount: int, unit: Unit) -> None:
    at = deadline(start, rule(amount, unit)).at
    assert at > start
    assert is_workday(at.date())


@given(MOMENTS, st.integers(1, 40))
def test_a_period_of_workdays_holds_that_many(start: datetime, amount: int) -> None:
    last = deadline(start, rule(amount, "workday")).at.date()
    days = (last - start.date()).days
    assert sum(is_workday(start.date() + timedelta(days=n)) for n in range(1, days + 1)) == amount
