"""Nobody is woken by a reminder."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.clock import SHANGHAI
from cases.quiet_hours import next_send_time


@pytest.mark.parametrize(
    ("planned", "sent"),
    [
        pytest.param("2026-11-22T10:00", "2026-11-22T10:00", id="by day at once"),
        pytest.param("2026-11-22T08:00", "2026-11-22T08:00", id="at eight at once"),
        pytest.param("2026-11-22T21:59:59", "2026-11-22T21:59:59", id="until ten at once"),
        pytest.param("2026-11-22T22:00", "2026-11-23T08:00", id="from ten the next morning"),
        pytest.param("2026-11-22T23:59:59", "2026-11-23T08:00", id="the end of a day the next morning"),
        pytest.param("2026-11-23T00:00", "2026-11-23T08:00", id="after midnight the same morning"),
        pytest.param("2026-11-23T07:59:59", "2026-11-23T08:00", id="before eight a moment later"),
        pytest.param("2026-12-31T22:30", "2027-01-01T08:00", id="over the year's end"),
        pytest.param("2024-02-28T23:00", "2024-02-29T08:00", id="into a leap day"),
    ],
)
def test_it_is_sent_between_eight_and_ten_in_shanghai(planned: str, sent: str) -> None:
    moment = datetime.fromisoformat(planned).replace(tzinfo=SHANGHAI)
    assert next_send_time(moment) == datetime.fromisoformat(sent).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("planned", "sent"),
    [
        pytest.param("2026-11-22T13:59", "2026-11-22T13:59", id="one minute to ten over there"),
        pytest.param("2026-11-22T14:00", "2026-11-23T00:00", id="ten over there"),
        pytest.param("2026-11-22T23:30", "2026-11-23T00:00", id="half past seven over there"),
    ],
)
def test_it_is_the_hour_in_shanghai_that_counts(planned: str, sent: str) -> None:
    moment = datetime.fromisoformat(planned).replace(tzinfo=UTC)
    assert next_send_time(moment) == datetime.fromisoformat(sent).replace(tzinfo=UTC)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.sampled_from([UTC, SHANGHAI])))  # noqa: DTZ001  # the zone follows
def test_it_is_never_early_never_at_night_and_moved_once(moment: datetime) -> None:
    sent = next_send_time(moment)
    assert moment <= sent
    assert (sent - moment).total_seconds() <= 10 * 3600
    assert time(8) <= sent.astimezone(SHANGHAI).time() < time(22)
    assert next_send_time(sent) == sent
