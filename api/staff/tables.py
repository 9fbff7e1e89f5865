"""Tables of numbers: what a page shows, and a spreadsheet reads as CSV."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from api.staff import filters

BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else
HOUR_S = 3_600
# A cell that begins like this is a formula to a spreadsheet, whoever wrote it (OWASP, CSV injection).
FORMULA = tuple("=+-@\t\r\n＝＋－＠")

Value = str | int | float | None


class Kind(StrEnum):
    """What a column holds: words, a number of things, 分, seconds, a share of 1."""

    WORDS = "words"
    COUNT = "count"
    MONEY = "money"
    SPAN = "span"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head."""

    title: str
    kind: Kind

    @property
    def is_words(self) -> bool:
        """Whether it holds no numbers."""
        return self.kind == Kind.WORDS


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a value for each column, `None` where there is none; the address of the list behind it; a hint."""

    values: tuple[Value, ...]
    link: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `note` says what was counted."""

    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def names(self) -> list[str]:
        """What the rows are called."""
        return [str(row.values[0]) for row in self.rows]

    def numbers(self, column: int) -> list[float]:
        """A column of numbers; 0 where there is none."""
        return [float(row.values[column] or 0) for row in self.rows]


SHOWN: Mapping[Kind, Callable[..., str]] = {
    Kind.WORDS: str,
    Kind.COUNT: "{:,}".format,
    Kind.MONEY: filters.money,
    Kind.SPAN: filters.span,
    Kind.SHARE: filters.share,
}
# The same for programs: plain numbers, in the unit that the head names.
WRITTEN: Mapping[Kind, Callable[..., str]] = {
    Kind.WORDS: lambda text: harmless(text),
    Kind.COUNT: str,
    Kind.MONEY: lambda fen: f"{fen / 100:.2f}",
    Kind.SPAN: lambda seconds: f"{seconds / HOUR_S:.2f}",
    Kind.SHARE: "{:.4f}".format,
}
UNITS: Mapping[Kind, str] = {Kind.MONEY: "（元）", Kind.SPAN: "（小时）"}


def shown(column: Column, value: Value) -> str:
    """A value as people read it."""
    return filters.NOTHING if value is None else SHOWN[column.kind](value)


def part(count: int, of: int) -> float | None:
    """The share of so many; `None` of nothing."""
    return count / of if of else None


def as_csv(table: Table) -> str:
    """The table as CSV (RFC 4180), its hints in a column of their own if there are any."""
    has_hints = any(row.hint for row in table.rows)
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow([column.title + UNITS.get(column.kind, "") for column in table.columns] + ["提示"] * has_hints)
    writer.writerows([*_written(table.columns, row.values), *[row.hint] * has_hints] for row in table.rows)
    return out.getvalue()


def harmless(text: str) -> str:
    """Words that no spreadsheet works out: what would be a formula begins with an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _written(columns: Iterable[Column], values: Iterable[Value]) -> list[str]:
    return ["" if value is None else WRITTEN[column.kind](value) for column, value in zip(columns, values, strict=True)]
