"""The stretch of time that numbers are about, and the days or weeks it falls into; days are those of Shanghai."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from cases import clock

LENGTHS = (7, 30, 90, 365)
DEFAULT = 30
# Up to so many days are told day by day, more by weeks, which begin on Mondays.
DAY_BY_DAY = 7
WEEK = 7


@dataclass(frozen=True, slots=True)
class Period:
    """The last `days` days, today among them. `starts` are the first days of its days or weeks, oldest first."""

    days: int
    first: date
    starts: tuple[date, ...]

    @classmethod
    def of(cls, days: int) -> Self:
        """The last so many days; those of `DEFAULT` for a length that is not offered."""
        length = days if days in LENGTHS else DEFAULT
        first = clock.today() - timedelta(days=length - 1)
        return cls(length, first, tuple(_starts(first, length)))

    @property
    def is_by_weeks(self) -> bool:
        """Whether its parts are weeks."""
        return self.days > DAY_BY_DAY

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), clock.SHANGHAI)

    def part_of(self, day: int) -> int:
        """In which of its parts the day lies that comes so many days after its first."""
        return bisect_right(self.starts, self.first + timedelta(days=day)) - 1


def _starts(first: date, length: int) -> list[date]:
    days = [first + timedelta(days=number) for number in range(length)]
    return days if length <= DAY_BY_DAY else [first, *(day for day in days[1:] if day.weekday() == 0)]
