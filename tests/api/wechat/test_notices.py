"""What stands in the fields of a reminder: never more than the platform takes."""

import json
from datetime import date

import pytest

from api.wechat.notices import fields
from cases.settings import settings

DAY = date(2026, 12, 1)
WHAT = "等平台答复：这笔话费充值订单的退款申请处理结果"


def filled(monkeypatch: pytest.MonkeyPatch, **meanings: str) -> dict[str, str]:
    """The fields of an account whose template has these."""
    monkeypatch.setenv("TUIKUAN_WECHAT__REMINDER_FIELDS", json.dumps(meanings))
    settings.cache_clear()
    return fields("K7M2PQ4XWZ", WHAT, DAY)


@pytest.fixture(autouse=True)
def afterwards() -> None:
    settings.cache_clear()


def test_each_holds_what_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    found = filled(monkeypatch, thing1="what", time2="day", character_string3="case")
    assert found == {
        "thing1": "等平台答复：这笔话费充值订单的退款申请…",
        "time2": "2026年12月1日 23:59",
        "character_string3": "K7M2PQ4XWZ",
    }


@pytest.mark.parametrize(
    ("name", "meaning", "longest"),
    [("thing1", "what", 20), ("thing12", "what", 20), ("phrase1", "what", 5), ("name3", "what", 10)],
)
def test_what_is_too_long_is_cut(monkeypatch: pytest.MonkeyPatch, name: str, meaning: str, longest: int) -> None:
    value = filled(monkeypatch, **{name: meaning})[name]
    assert len(value) == longest
    assert value.endswith("…")


@pytest.mark.parametrize(("name", "shown"), [("date1", "2026年12月1日"), ("time1", "2026年12月1日 23:59")])
def test_a_day_is_written_as_the_field_wants_it(monkeypatch: pytest.MonkeyPatch, name: str, shown: str) -> None:
    assert filled(monkeypatch, **{name: "day"}) == {name: shown}


def test_a_value_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_WECHAT__REMINDER_FIELDS", '{"thing1": "what"}')
    settings.cache_clear()
    assert fields("K7M2PQ4XWZ", " 等\n答复 ", DAY) == {"thing1": "等 答复"}


def test_without_settings_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert filled(monkeypatch) == {}
