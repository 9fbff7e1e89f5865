"""Which of the tables are drawn, and how."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from api.staff import plots
from api.staff.plots import Words
from api.staff.tables import Table

MOST_BARS = 8


def _bars(words: Words, table: Table) -> Markup:
    """The first column of numbers, beside the names."""
    return plots.bars(words, list(zip(table.names, table.numbers(1), strict=True))[:MOST_BARS])


def _columns(words: Words, table: Table) -> Markup:
    """The first column of numbers, over the names."""
    return plots.columns(words, table.names, [(table.columns[1].title, table.numbers(1))])


def _stacks(words: Words, table: Table) -> Markup:
    """All columns of numbers but the last, which is their sum."""
    titles = [column.title for column in table.columns]
    between = range(1, len(titles) - 1)
    return plots.columns(words, table.names, [(titles[place], table.numbers(place)) for place in between])


def _line(words: Words, table: Table) -> Markup:
    """The last column, a share."""
    return plots.line(words, table.names, table.numbers(-1))


PLOTS: Mapping[str, Callable[[Words, Table], Markup]] = {
    "funnel": _bars,
    "left_at": _bars,
    "weeks": _stacks,
    "completeness": _bars,
    "confidence": _columns,
    "fallback": _line,
}
