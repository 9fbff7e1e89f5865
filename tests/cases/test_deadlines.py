"""When something is due. The dated cases stand in `deadlines_table.yml`; the calendar of 2026 is the last published."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cases.clock import SHANGHAI
from cases.deadlines import deadline
from cases.knowledge import knowledge
from cases.knowledge.schema import DeadlineType, Due
from cases.working_days import is_workday

Unit = Literal["hour", "workday", "day", "month", "year"]

TABLE = Path(__file__).with_name("deadlines_table.yml")
CERTAIN = (DeadlineType.STATUTORY, DeadlineType.JUDICIAL, DeadlineType.RULE)


def rule(amount: int, unit: Unit, type_: DeadlineType = DeadlineType.RULE) -> Due:
    return Due(id="d_test", name="某事", amount=amount, unit=unit, type=type_, source="某条")


def a_moment(text: str) -> datetime:
    """In Shanghai if no zone is told; at ten in the morning if no hour is."""
    moment = datetime.fromisoformat(text if "T" in text else f"{text}T10:00")
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def rows() -> Iterator[object]:
    for topic, cases in yaml.safe_load(TABLE.read_text("utf-8")).items():
        for start, period, due, why in cases:
            yield pytest.param(str(start), period, str(due), id=f"{topic} - {why}")


@pytest.mark.parametrize(("start", "period", "due"), rows())
def test_a_period_runs_out_when_the_table_says(start: str, period: str, due: str) -> None:
    amount, unit = period.split()
    day = due.removeprefix("~")
    found = deadline(a_moment(start), rule(int(amount), unit))  # type: ignore[arg-type]  # the table's units
    assert found.at == a_moment(day if "T" in day else f"{day}T23:59:59")
    assert found.provisional is due.startswith("~")


def test_the_table_is_no_shorter_than_it_was() -> None:
    assert len(list(rows())) > 100


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            pytest.param("2026-11-23", True, id="a Monday"),
            pytest.param("2026-11-22", False, id="a Sunday"),
            pytest.param("2026-10-01", False, id="a holiday on a Thursday"),
            pytest.param("2026-10-10", True, id="a Saturday made up for it"),
            pytest.param("2098-01-01", False, id="New Year of an unpublished year"),
            pytest.param("2098-05-01", False, id="Labour Day of an unpublished year"),
            pytest.param("2098-05-02", False, id="the day after it"),
            pytest.param("2098-10-03", False, id="third of October of an unpublished year"),
            pytest.param("2098-03-03", True, id="a Monday of an unpublished year"),
            pytest.param("2098-03-02", False, id="a Sunday of an unpublished year"),
        ],
    )
    def test_follow_the_state_council_and_are_guessed_beyond_it(self, day: str, works: bool) -> None:
        assert is_workday(date.fromisoformat(day)) is works

    @pytest.mark.parametrize(
        ("year", "off", "made_up"),
        [
            pytest.param(
                2025,
                "01-01 01-01, 01-28 02-04, 04-04 04-06, 05-01 05-05, 05-31 06-02, 10-01 10-08",
                "01-26 02-08 04-27 09-28 10-11",
                id="2025",
            ),
            pytest.param(
                2026,
                "01-01 01-03, 02-15 02-23, 04-04 04-06, 05-01 05-05, 06-19 06-21, 09-25 09-27, 10-01 10-07",
                "01-04 02-14 02-28 05-09 09-20 10-10",
                id="2026",
            ),
        ],
    )
    def test_are_those_of_the_official_notice_on_every_day_of_the_year(self, year: int, off: str, made_up: str) -> None:
        holidays = [tuple(span.split()) for span in off.split(", ")]
        for day in (date(year, 1, 1) + timedelta(days=n) for n in range(365)):
            told = f"{day:%m-%d}"
            holiday = any(first <= told <= last for first, last in holidays)
            assert is_workday(day) is (told in made_up.split() or (day.weekday() < 5 and not holiday)), told


class TestADeadline:
    def test_lasts_until_the_end_of_the_day_in_shanghai(self) -> None:
        at = deadline(a_moment("2026-11-22"), rule(1, "day")).at
        assert at == datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)

    def test_says_how_binding_it_is(self) -> None:
        due = deadline(a_moment("2026-11-22"), rule(7, "workday", DeadlineType.STATUTORY))
        assert due.type is DeadlineType.STATUTORY

    @pytest.mark.parametrize("unit", ["workday", "day", "month", "year"])
    def test_is_provisional_where_the_calendar_is_a_guess(self, unit: Unit) -> None:
        assert deadline(a_moment("2098-03-03"), rule(2, unit)).provisional
        assert not deadline(a_moment("2023-03-03"), rule(2, unit)).provisional

    def test_of_hours_needs_no_calendar(self) -> None:
        assert not deadline(a_moment("2098-11-21T10:30"), rule(72, "hour")).provisional


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 9, 1)).map(  # noqa: DTZ001  # the zone follows
    lambda moment: moment.replace(tzinfo=SHANGHAI)
)
OF_DAYS = st.sampled_from(["workday", "day", "month", "year"])


class TestWhateverTheStart:
    @given(MOMENTS, st.integers(1, 60), OF_DAYS)
    def test_no_period_of_days_ends_in_the_past_or_on_a_day_off(self, start: datetime, amount: int, unit: Unit) -> None:
        at = deadline(start, rule(amount, unit)).at
        assert at > start
        assert is_workday(at.date())

    @given(MOMENTS, st.integers(1, 40))
    def test_a_period_of_workdays_holds_that_many(self, start: datetime, amount: int) -> None:
        last = deadline(start, rule(amount, "workday")).at.date()
        days = (last - start.date()).days
        assert sum(is_workday(start.date() + timedelta(days=n)) for n in range(1, days + 1)) == amount

    @given(MOMENTS, st.integers(1, 60))
    def test_a_period_of_days_moves_on_over_days_off_alone(self, start: datetime, amount: int) -> None:
        nominal = start.date() + timedelta(days=amount)
        moved = (deadline(start, rule(amount, "day")).at.date() - nominal).days
        assert not any(is_workday(nominal + timedelta(days=n)) for n in range(moved))

    @given(MOMENTS, st.integers(1, 60), st.sampled_from(["hour", "workday", "day", "month", "year"]))
    def test_the_zone_in_which_the_start_is_told_does_not_matter(
        self, start: datetime, amount: int, unit: Unit
    ) -> None:
        assert deadline(start, rule(amount, unit)) == deadline(start.astimezone(UTC), rule(amount, unit))

    @given(MOMENTS, st.integers(1, 60), OF_DAYS)
    def test_the_hour_of_the_day_does_not_matter(self, start: datetime, amount: int, unit: Unit) -> None:
        midnight = datetime.combine(start.date(), time.min, SHANGHAI)
        assert deadline(start, rule(amount, unit)) == deadline(midnight, rule(amount, unit))

    @given(MOMENTS, st.integers(1, 5))
    def test_a_year_is_twelve_months(self, start: datetime, years: int) -> None:
        assert deadline(start, rule(years, "year")) == deadline(start, rule(years * 12, "month"))


RULES = list(knowledge().deadlines.values())


class TestTheKnownPeriods:
    @pytest.mark.parametrize(
        ("id_", "period", "type_"),
        [
            ("d_demand_reply", "72 hour", "practice"),
            ("d_final_demand", "5 workday", "practice"),
            ("d_deemed_refusal", "15 day", "rule"),
            ("d_platform_reply", "7 workday", "practice"),
            ("d_wechat_first_reply", "24 hour", "platform_contract"),
            ("d_wechat_finish", "72 hour", "platform_contract"),
            ("d_wechat_miniprogram", "48 hour", "platform_contract"),
            ("d_close_watch", "7 workday", "practice"),
            ("d_12315_odr", "10 workday", "practice"),
            ("d_12315_accept", "7 workday", "statutory"),
            ("d_12315_mediation", "60 day", "statutory"),
            ("d_12315_notice", "7 workday", "rule"),
            ("d_report_check", "15 workday", "rule"),
            ("d_police_no_filing_notice", "3 day", "rule"),
            ("d_police_review", "7 day", "rule"),
            ("d_public_security", "30 day", "statutory"),
            ("d_court_docket", "7 day", "statutory"),
            ("d_small_claims", "2 month", "statutory"),
            ("d_summary", "3 month", "statutory"),
            ("d_ordinary", "6 month", "statutory"),
            ("d_judicial_confirmation", "30 day", "statutory"),
            ("d_enforcement", "2 year", "statutory"),
            ("d_limitation", "3 year", "statutory"),
            ("d_rescission", "1 year", "statutory"),
            ("d_rescission_mistake", "90 day", "statutory"),
            ("d_prepaid_refund", "7 day", "judicial"),
        ],
    )
    def test_are_the_verified_numbers_with_their_nature(self, id_: str, period: str, type_: str) -> None:
        known = knowledge().deadlines[id_]
        assert (f"{known.amount} {known.unit}", known.type) == (period, type_)

    @pytest.mark.parametrize("known", [pytest.param(known, id=known.id) for known in RULES])
    def test_that_are_law_cite_it_and_name_it_in_words(self, known: Due) -> None:
        if known.type in CERTAIN:
            assert known.cites
            assert all(cite.article in known.source for cite in known.cites) or "规定：" in known.source

    @pytest.mark.parametrize("known", [pytest.param(known, id=known.id) for known in RULES if known.extend])
    def test_that_may_be_extended_say_by_how_much(self, known: Due) -> None:
        assert known.extend is not None
        assert any(character.isdigit() for character in known.extend)

    @pytest.mark.parametrize("word", ["支付宝", "消协", "黑猫", "12363", "12378", "12345"])
    def test_say_nothing_of_channels_without_a_verified_number(self, word: str) -> None:
        assert not [known.id for known in RULES if word in f"{known.name}{known.source}"]
