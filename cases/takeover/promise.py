"""When somebody will answer a person who wants a human: a promise that can be kept."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from cases import clock
from cases.clock import SHANGHAI
from cases.models import Conversation
from cases.settings import settings
from cases.takeover import repository

SOON = timedelta(minutes=30)
"""How long a person waits at most while somebody is there, or once somebody is."""
SECOND_TIME = timedelta(hours=2)
"""The same after a promise that was not kept: the next one must be."""


def give(session: Session, conversation: Conversation, within: timedelta = SOON) -> datetime:
    """Promise a human, and remember it; a promise that still stands is given again."""
    now = clock.now()
    standing = conversation.human_promised_at
    if standing is None or standing <= now:
        is_staffed = repository.is_anybody_there(session, now)
        standing = promise(now, settings().staff_hours, is_staffed=is_staffed, within=within)
        conversation.human_promised_at = standing
    return standing


def promise(now: datetime, hours: str, *, is_staffed: bool, within: timedelta = SOON) -> datetime:
    """By when somebody will have answered. Pure.

    `hours` are those of every day in Shanghai, as `09:00-21:00`. With somebody there and time enough left that is
    `within` so long, otherwise half an hour after the next opening.
    """
    opening, closing = (time.fromisoformat(hour) for hour in hours.split("-"))
    by = now + within
    if is_staffed and by <= _end_of_shift(now, opening, closing):
        return by
    return _next_opening(now, opening) + SOON


def said(moment: datetime) -> str:
    """A promise as people read it: `今天 15:30`, `明天 9:30`, `11月24日 9:30`."""
    local = moment.astimezone(SHANGHAI)
    names = {clock.today(): "今天", clock.today() + timedelta(days=1): "明天"}
    day = names.get(local.date(), f"{local.month}月{local.day}日")
    return f"{day} {local.hour}:{local.minute:02d}"


def _end_of_shift(now: datetime, opening: time, closing: time) -> datetime:
    """When those who are there now go home; `now` if it is not their time."""
    today = now.astimezone(SHANGHAI).date()
    for day in (today - timedelta(days=1), today):  # a shift may last beyond midnight
        begins, ends = _at(day, opening), _at(day + timedelta(days=closing <= opening), closing)
        if begins <= now < ends:
            return ends
    return now


def _next_opening(now: datetime, opening: time) -> datetime:
    today = now.astimezone(SHANGHAI).date()
    at = _at(today, opening)
    return at if at > now else _at(today + timedelta(days=1), opening)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)
