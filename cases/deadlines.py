"""From a moment and a rule to the day something is due. Pure functions.

The first day does not count, and a period of days that ends on a day off moves on to the next working day
(民法典 201–203; 市场监督管理投诉举报处理办法 45). Working days follow the State Council's calendar, make-up days
(调休) included; past its last published year they are guessed, and the date says so.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import chinese_calendar

from cases.clock import SHANGHAI
from cases.knowledge.schema import DeadlineType, Due

FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
LAST_MOMENT = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, how binding that is, and whether the calendar behind it is still a guess."""

    at: datetime
    type: DeadlineType
    provisional: bool


def deadline(start: datetime, rule: Due) -> Deadline:
    """When `rule` runs out if it starts at `start` (aware). Hours run at once, days to the end of the last."""
    if rule.unit == "hour":
        return Deadline(start + timedelta(hours=rule.amount), rule.type, provisional=False)
    first = start.astimezone(SHANGHAI).date()
    last = _last_day(first, rule)
    at = datetime.combine(last, LAST_MOMENT, SHANGHAI)
    return Deadline(at, rule.type, provisional=not (_is_published(first) and _is_published(last)))


def is_workday(day: date) -> bool:
    """Whether people work on this day in China; a guess past the last published year."""
    if _is_published(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def _last_day(first: date, rule: Due) -> date:
    if rule.unit == "workday":
        return _add_workdays(first, rule.amount)
    if rule.unit == "day":
        return _next_workday(first + timedelta(days=rule.amount))
    return _next_workday(_add_months(first, rule.amount))


def _add_workdays(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def _next_workday(day: date) -> date:
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _is_published(day: date) -> bool:
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True
