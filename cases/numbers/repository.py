"""How queries are counted and timed, whatever they are about."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cases.numbers.expressions import whole


@dataclass(frozen=True, slots=True)
class Span:
    """How long something took: half of the `count` times no longer than `median`, nine in ten than `slow`; seconds."""

    of: str
    count: int
    median: int
    slow: int


def counted(session: Session, rows: Select[Any]) -> list[tuple[Any, ...]]:
    """(…, count) for each different row, the most frequent first."""
    one = rows.subquery()
    found = select(*one.c, func.count()).group_by(*one.c).order_by(func.count().desc(), *one.c)
    return [tuple(row) for row in session.execute(found)]


def spans(session: Session, times: Select[tuple[str, float]], grain_s: int = 1) -> list[Span]:
    """Of rows (what, seconds): how long each took, to within `grain_s`.

    What people date back to before it began took no time.
    """
    what, seconds = times.subquery().c
    rows = counted(session, select(what.label("what"), whole(seconds / grain_s).label("grains")))
    found = groupby(sorted(rows), lambda row: row[0])
    return [_span(of, [(max(0, grains) * grain_s, count) for _, grains, count in times]) for of, times in found]


def _span(of: str, times: list[tuple[int, int]]) -> Span:
    """`times` are (seconds, how often), the shortest first."""
    total = sum(count for _, count in times)
    ends = list(accumulate(count for _, count in times))
    median, slow = (times[bisect_left(ends, total * share)][0] for share in (0.5, 0.9))
    return Span(of, total, median, slow)
