"""What both databases can work out in a query, each in its own words."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from cases.models.base import UtcDateTime

DAY_S = 86_400


class seconds_between(FunctionElement[float]):  # noqa: N801  # reads like a function of SQL
    """How many seconds lie between two moments, the earlier one first; SQLite knows whole ones only."""

    type = Float()
    inherit_cache = True


class whole(FunctionElement[int]):  # noqa: N801
    """A number that is not negative, without its fraction."""

    type = Integer()
    inherit_cache = True


def day_since(since: datetime, moment: Any) -> ColumnElement[int]:
    """How many days after `since`, which is a midnight, a moment lies: 0 on the first one."""
    return whole(seconds_between(literal(since, UtcDateTime()), moment) / DAY_S)


@compiles(seconds_between, "sqlite")
def _sqlite_seconds(element: seconds_between, compiler: Any, **options: Any) -> str:
    earlier, later = (compiler.process(moment, **options) for moment in element.clauses)
    return f"(strftime('%s', {later}) - strftime('%s', {earlier}))"  # exact, unlike the days of julianday()


@compiles(seconds_between, "postgresql")
def _postgresql_seconds(element: seconds_between, compiler: Any, **options: Any) -> str:
    earlier, later = (compiler.process(moment, **options) for moment in element.clauses)
    return f"extract(epoch FROM ({later}) - ({earlier}))"


@compiles(whole, "sqlite")
def _sqlite_whole(element: whole, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS INTEGER)"


@compiles(whole, "postgresql")
def _postgresql_whole(element: whole, compiler: Any, **options: Any) -> str:
    return f"floor({compiler.process(element.clauses, **options)})::integer"
