"""The present moment, and how it is made to stand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases import clock


@pytest.mark.parametrize(
    ("standing", "utc"),
    [
        pytest.param("2026-11-22T10:00", datetime(2026, 11, 22, 2, tzinfo=UTC), id="Shanghai by default"),
        pytest.param("2026-11-22T10:00+00:00", datetime(2026, 11, 22, 10, tzinfo=UTC), id="or its own zone"),
    ],
)
def test_the_clock_can_be_made_to_stand(monkeypatch: pytest.MonkeyPatch, standing: str, utc: datetime) -> None:
    monkeypatch.setenv("TUIKUAN_NOW", standing)
    assert clock.now() == utc
    assert clock.now().tzinfo is UTC


def test_today_is_the_day_in_shanghai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-22T20:00:00+00:00")
    assert clock.today() == date(2026, 11, 23)


def test_in_production_it_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_NOW", "2001-01-01T00:00:00")
    monkeypatch.setenv("TUIKUAN_ENVIRONMENT", "production")
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("standing", [pytest.param(None, id="unset"), pytest.param("", id="empty")])
def test_otherwise_it_runs(monkeypatch: pytest.MonkeyPatch, standing: str | None) -> None:
    monkeypatch.delenv("TUIKUAN_NOW")
    if standing is not None:
        monkeypatch.setenv("TUIKUAN_NOW", standing)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_is_no_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_NOW", "last Tuesday")
    with pytest.raises(ValueError, match="last Tuesday"):
        clock.now()
