"""What time it is. Outside production the clock can be made to stand, so that weeks can be simulated."""

import os
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC.

    `TUIKUAN_NOW` (ISO; without an offset it means Shanghai time) replaces it unless `TUIKUAN_ENVIRONMENT` is
    "production". Raises ValueError if it is not an ISO time.
    """
    standing = os.environ.get("TUIKUAN_NOW")
    if not standing or os.environ.get("TUIKUAN_ENVIRONMENT") == "production":
        return datetime.now(UTC)
    moment = datetime.fromisoformat(standing)
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def wire_time() -> datetime:
    """The machine's own time, in UTC, for what happens on the wire: it passes even where our clock stands still."""
    return datetime.now(UTC)


def today() -> date:
    """The present day where our users live."""
    return now().astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """The last second of a day where our users live."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)
