"""A case's dates as an iCalendar file (RFC 5545) for the person's own calendar.

It holds what a calendar needs and nothing else about the person: no name, no order number, no amount.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event
from icalendar.enums import TRANSP

from cases import clock
from cases.clock import SHANGHAI
from cases.deadlines import LAST_MOMENT
from cases.knowledge import Knowledge
from cases.models import Case, Stage, Step

PRODUCT = "-//tuikuan//tuikuan//ZH"
SINCE = date(2020, 1, 1)  # the time zone need not explain the summer times of the 1980s
ALARM_AT = time(9)


def calendar(case: Case, knowledge: Knowledge) -> bytes:
    """The days this case waits for: the deadlines of its open steps, and the day the money was promised for."""
    made = Calendar.new(
        prodid=PRODUCT,
        uid=f"{case.number}@tuikuan",
        name=knowledge.wording["calendar_name"].format(number=case.number),
        subcomponents=list(_events(case, knowledge)),
    )
    made.add_missing_timezones(first_date=SINCE)
    content: bytes = made.to_ical()
    return content


def _events(case: Case, knowledge: Knowledge) -> Iterator[Event]:
    if case.stage == Stage.CLOSED:
        return
    for step in case.steps:
        if step.submitted_at and step.due_at and step.due_type and step.outcome is None:
            yield _due(case, step, step.due_at, knowledge)
    if (day := _promised_for(case)) is not None:
        yield _promised(case, day, knowledge)


def _due(case: Case, step: Step, due_at: datetime, knowledge: Knowledge) -> Event:
    rung = knowledge.rungs[step.rung_id]
    wording = knowledge.wording
    reply = wording["calendar_reply"].format(addressee=rung.addressee)
    awaited = knowledge.deadlines[step.deadline_id].name if step.deadline_id else reply
    more = wording["calendar_due_more"].format(rung=rung.name, nature=wording[f"nature_{step.due_type}"])
    return _event(
        f"{case.number}-{step.rung_id}-{step.attempt}",
        _start(due_at),
        wording["calendar_due"].format(awaited=awaited, number=case.number),
        f"{more}\n{wording['calendar_provisional']}" if step.provisional else more,
    )


def _promised(case: Case, day: date, knowledge: Knowledge) -> Event:
    title = knowledge.wording["calendar_promised"].format(number=case.number)
    return _event(f"{case.number}-promised", day, title, knowledge.wording["calendar_promised_more"])


def _promised_for(case: Case) -> date | None:
    """The newest promise, until a step has ended since without the money."""
    for step in reversed(case.steps):
        if step.outcome not in (None, "promised"):
            return None
        if step.promised_for is not None:
            return step.promised_for
    return None


def _start(due_at: datetime) -> date:
    """A period of days ends with a day, one of hours at a moment."""
    local = due_at.astimezone(SHANGHAI)
    return local.date() if local.time() == LAST_MOMENT else local


def _event(uid: str, start: date, title: str, more: str) -> Event:
    return Event.new(
        uid=f"{uid}@tuikuan",  # the same each time: a calendar that imports the file again moves the event
        stamp=clock.now(),
        start=start,
        summary=title,
        description=more,
        transparency=TRANSP.TRANSPARENT,
        subcomponents=[_alarm(start, title)],
    )


def _alarm(start: date, title: str) -> Alarm:
    """A reminder at nine in the morning of the day before."""
    begins = start if isinstance(start, datetime) else datetime.combine(start, time.min, SHANGHAI)
    morning = datetime.combine(begins.date() - timedelta(days=1), ALARM_AT, SHANGHAI)
    alarm = Alarm.new(description=title)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", morning - begins)
    return alarm
