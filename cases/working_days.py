"""Which days people work in China: the State Council's calendar, make-up days (调休) included.

It is published one year at a time, late in the year before. Past the last published year a day is guessed from the
week and from the holidays whose date never moves.
"""

from datetime import date, timedelta

import chinese_calendar

# 全国年节及纪念日放假办法, in force since 2025; the festivals of the moon move and are not guessed.
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


def is_published(day: date) -> bool:
    """Whether the calendar of this day's year is known."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def is_workday(day: date) -> bool:
    """Whether people work on this day; a guess where the calendar is not published."""
    if is_published(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def add_workdays(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which may itself be any day."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workday_from(day: date) -> date:
    """This day, or the first working day after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day
