"""The dates of a case as a file for the person's own calendar, read back with the library that calendars use."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest

from cases import deadlines
from cases.calendar_file import calendar
from cases.clock import SHANGHAI
from cases.knowledge import knowledge
from cases.models import Case, Stage, Step

SUBMITTED = datetime(2026, 11, 22, 2, tzinfo=UTC)  # ten in the morning in Shanghai
PERSONAL: dict[str, Any] = {
    "platform": "极速卡盟",
    "merchant": "小王数卡",
    "operator": "某某科技有限公司",
    "order_no": "20261118001",
    "amount": 34_567,
    "product": "话费",
}


def a_case(*steps: Step, **facts: Any) -> Case:
    return Case(**{"number": "ABCD2345", "stage": Stage.WAITING, "steps": list(steps), **PERSONAL, **facts})


def a_step(rung: str = "L3_platform", deadline: str = "d_platform_reply", **facts: Any) -> Step:
    """A step taken on that Sunday morning, with the deadline that follows."""
    due = deadlines.deadline(SUBMITTED, knowledge().deadlines[deadline])
    values = {"due_at": due.at, "due_type": due.type, "provisional": due.provisional, "submitted_at": SUBMITTED}
    return Step(**{"rung_id": rung, "attempt": 1, "deadline_id": deadline, **values, **facts})


def events(case: Case) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(calendar(case, knowledge())).events


def the_event(case: Case) -> icalendar.Event:
    (event,) = events(case)
    return event


class TestADeadline:
    def test_of_days_takes_its_whole_last_day(self) -> None:
        event = the_event(a_case(a_step()))
        assert event.start == date(2026, 12, 1)
        assert event["DTSTART"].params["VALUE"] == "DATE"

    def test_of_hours_is_a_moment_in_shanghai(self) -> None:
        event = the_event(a_case(a_step("L2_demand", "d_demand_reply")))
        assert event.start == datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
        assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"

    @pytest.mark.parametrize(
        ("rung", "deadline", "title"),
        [
            pytest.param("L2_demand", "d_demand_reply", "等商家答复 · 案子 ABCD2345", id="the merchant"),
            pytest.param("L3_platform", "d_platform_reply", "等平台答复 · 案子 ABCD2345", id="the platform"),
            pytest.param("L6_12315", "d_12315_accept", "等12315决定是否受理 · 案子 ABCD2345", id="12315"),
            pytest.param("CLOSE_WATCH", "d_close_watch", "等退款到账 · 案子 ABCD2345", id="the money"),
        ],
    )
    def test_says_what_is_waited_for_and_in_which_case(self, rung: str, deadline: str, title: str) -> None:
        assert the_event(a_case(a_step(rung, deadline))).summary == title

    def test_without_a_known_rule_names_who_is_to_answer(self) -> None:
        assert the_event(a_case(a_step(deadline_id=None))).summary == "等平台答复 · 案子 ABCD2345"

    @pytest.mark.parametrize(
        ("rung", "deadline", "nature"),
        [
            pytest.param("L6_12315", "d_12315_accept", "法定", id="statutory"),
            pytest.param("L3_platform", "d_platform_reply", "惯例，不是法定期限", id="practice"),
            pytest.param("L4_payment", "d_wechat_finish", "平台规则", id="platform contract"),
        ],
    )
    def test_says_how_binding_it_is(self, rung: str, deadline: str, nature: str) -> None:
        assert f"时间的性质：{nature}。" in the_event(a_case(a_step(rung, deadline))).description

    def test_says_whether_it_is_provisional(self) -> None:
        certain, guess = a_step("L6_12315", "d_12315_accept"), a_step("L6_12315", "d_12315_mediation")
        assert "暂定" not in the_event(a_case(certain)).description
        assert "暂定" in the_event(a_case(guess)).description

    @pytest.mark.parametrize(
        "facts",
        [
            pytest.param({"submitted_at": None}, id="not taken yet"),
            pytest.param({"outcome": "refused"}, id="ended"),
            pytest.param({"due_at": None}, id="without a deadline"),
        ],
    )
    def test_of_a_step_that_waits_for_nothing_is_not_in_it(self, facts: dict[str, Any]) -> None:
        assert events(a_case(a_step(**facts))) == []

    def test_does_not_block_the_day(self) -> None:
        assert the_event(a_case(a_step())).transparency == "TRANSPARENT"


class TestAPromise:
    def test_is_a_day_of_its_own_beside_the_deadline(self) -> None:
        waiting, promised = events(a_case(a_step(promised_for=date(2026, 11, 27))))
        assert waiting.start == date(2026, 12, 1)
        assert promised.start == date(2026, 11, 27)
        assert promised.summary == "说好的到账日 · 案子 ABCD2345"
        assert "不是法定期限" in promised.description

    def test_outlives_the_step_that_ended_with_it(self) -> None:
        ended = a_step(outcome="promised", promised_for=date(2026, 11, 27))
        watched = a_step("CLOSE_WATCH", "d_close_watch")
        assert [event.start for event in events(a_case(ended, watched))] == [date(2026, 12, 1), date(2026, 11, 27)]

    def test_is_over_once_a_step_has_ended_without_the_money(self) -> None:
        ended = a_step(outcome="promised", promised_for=date(2026, 11, 27))
        watched = a_step("CLOSE_WATCH", "d_close_watch", outcome="not_arrived")
        assert events(a_case(ended, watched)) == []

    def test_gives_way_to_a_newer_one(self) -> None:
        first = a_step(outcome="promised", promised_for=date(2026, 11, 27))
        second = a_step("CLOSE_WATCH", "d_close_watch", due_at=None, promised_for=date(2026, 12, 4))
        assert the_event(a_case(first, second)).start == date(2026, 12, 4)


class TestTheReminder:
    @pytest.mark.parametrize(
        ("step", "morning"),
        [
            pytest.param(a_step, datetime(2026, 11, 30, 9, tzinfo=SHANGHAI), id="before a day"),
            pytest.param(
                lambda: a_step("L2_demand", "d_demand_reply"),
                datetime(2026, 11, 24, 9, tzinfo=SHANGHAI),
                id="before a moment",
            ),
        ],
    )
    def test_comes_at_nine_in_the_morning_of_the_day_before(self, step: Any, morning: datetime) -> None:
        event = the_event(a_case(step()))
        (alarm,) = event.walk("VALARM")
        start = event.start
        begins = start if isinstance(start, datetime) else datetime(*start.timetuple()[:3], tzinfo=SHANGHAI)
        assert begins + alarm["TRIGGER"].dt == morning
        assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", event.summary)


class TestTheFile:
    def test_holds_every_open_step(self) -> None:
        case = a_case(a_step("L3_platform", "d_platform_reply"), a_step("L4_payment", "d_wechat_finish"))
        assert len(events(case)) == 2

    @pytest.mark.parametrize(
        "case",
        [
            pytest.param(lambda: a_case(), id="nothing was done yet"),
            pytest.param(lambda: a_case(a_step(), stage=Stage.CLOSED), id="the case is closed"),
        ],
    )
    def test_is_empty_if_nothing_is_waited_for(self, case: Any) -> None:
        assert events(case()) == []

    def test_names_an_event_alike_whenever_it_is_made(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = the_event(a_case(a_step()))
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-25T10:00")
        moved = the_event(a_case(a_step(deadline_id="d_12315_mediation", due_at=SUBMITTED + timedelta(days=60))))
        assert moved["UID"] == before["UID"]
        assert moved.DTSTAMP > before.DTSTAMP

    def test_names_no_two_events_alike(self) -> None:
        steps = [a_step(attempt=1), a_step(attempt=2), a_step("L4_payment", "d_wechat_finish", promised_for=date.max)]
        uids = [event["UID"] for event in events(a_case(*steps))]
        assert len(set(uids)) == len(uids) == 4

    def test_tells_nothing_of_the_person_or_the_purchase(self) -> None:
        text = calendar(a_case(a_step(promised_for=date(2026, 11, 27))), knowledge()).replace(b"\r\n ", b"").decode()
        assert not [value for value in (*PERSONAL.values(), "345.67") if str(value) in text]

    def test_ends_its_lines_with_crlf_and_folds_them_at_75_bytes_between_characters(self) -> None:
        content = calendar(a_case(a_step("L6_12315", "d_12315_mediation")), knowledge())
        lines = content.split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert lines[-2:] == [b"END:VCALENDAR", b""]
        assert not any(b"\n" in line or len(line) > 75 for line in lines)
        assert any(line.startswith(b" ") for line in lines)
        assert all(line.decode("utf-8") is not None for line in lines)

    def test_explains_the_time_zone_it_uses(self) -> None:
        of_hours = icalendar.Calendar.from_ical(calendar(a_case(a_step("L2_demand", "d_demand_reply")), knowledge()))
        (zone,) = of_hours.timezones
        assert zone["TZID"] == "Asia/Shanghai"
        assert zone.to_tz().utcoffset(datetime(2026, 11, 25, 10)) == timedelta(hours=8)  # noqa: DTZ001  # a zone is asked
        assert of_hours.get_missing_tzids() == set()
