"""From a moment and a rule to the day something is due. Pure functions.

The first day does not count; hours run from the moment itself (民法典 201). A period of months or years ends on the
corresponding day, or with the month that lacks it (民法典 202). A period that ends on a day off moves on to the next
working day and lasts to its midnight (民法典 203; 市场监督管理投诉举报处理办法 45).
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases.clock import SHANGHAI
from cases.knowledge.schema import DeadlineType, Due
from cases.working_days import add_workdays, is_published, workday_from

LAST_MOMENT = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, how binding that is, and whether the calendar behind it is still a guess."""

    at: datetime
    type: DeadlineType
    provisional: bool


def deadline(start: datetime, rule: Due) -> Deadline:
    """When `rule` runs out if it starts at `start` (aware), in Shanghai. Days last to the end of the last."""
    local = start.astimezone(SHANGHAI)
    if rule.unit == "hour":
        return Deadline(local + timedelta(hours=rule.amount), rule.type, provisional=False)
    last = _last_day(local.date(), rule)
    # Until next year's holidays are published (as a rule in November), a day in it may yet become a day off.
    return Deadline(datetime.combine(last, LAST_MOMENT, SHANGHAI), rule.type, provisional=not is_published(last))


def _last_day(first: date, rule: Due) -> date:
    match rule.unit:
        case "workday":
            return add_workdays(first, rule.amount)
        case "month":
            return workday_from(_add_months(first, rule.amount))
        case "year":
            return workday_from(_add_months(first, rule.amount * 12))
        case _:
            return workday_from(first + timedelta(days=rule.amount))


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
