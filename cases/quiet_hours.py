"""When a reminder may be sent: never while people sleep. Pure."""

from datetime import datetime, time, timedelta

from cases.clock import SHANGHAI

MORNING, NIGHT = time(8), time(22)


def next_send_time(moment: datetime) -> datetime:
    """`moment` (aware) itself, or the next 8:00 in Shanghai if it falls between 22:00 and 8:00 there."""
    local = moment.astimezone(SHANGHAI)
    if MORNING <= local.time() < NIGHT:
        return moment
    day = local.date() + timedelta(days=local.time() >= NIGHT)
    return datetime.combine(day, MORNING, SHANGHAI)
