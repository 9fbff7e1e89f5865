"""Tables: what people read of a value, and what a spreadsheet gets."""

import csv
from io import StringIO

import pytest

from api.staff.tables import BOM, Column, Kind, Row, Table, as_csv, harmless, part, shown


def table(*rows: Row, columns: tuple[Column, ...] = (Column("平台", Kind.WORDS), Column("案子", Kind.COUNT))) -> Table:
    return Table("案子最多的平台", "", columns, rows)


def read(text: str) -> list[list[str]]:
    assert text.startswith(BOM)
    return list(csv.reader(StringIO(text.removeprefix(BOM))))


@pytest.mark.parametrize(
    ("kind", "value", "seen", "head", "written"),
    [
        pytest.param(Kind.WORDS, "极速卡盟", "极速卡盟", "列", "极速卡盟", id="words"),
        pytest.param(Kind.COUNT, 12_345, "12,345", "列", "12345", id="a number of things"),
        pytest.param(Kind.MONEY, 1_234_560, "12,345.60 元", "列（元）", "12345.60", id="money"),
        pytest.param(Kind.SPAN, 5_400, "1.5 小时", "列（小时）", "1.50", id="a length of time"),
        pytest.param(Kind.SHARE, 0.8731, "87%", "列", "0.8731", id="a share"),
        pytest.param(Kind.SPAN, None, "—", "列（小时）", "", id="nothing"),
    ],
)
def test_a_value_is_shown_to_people_and_written_for_programs(
    kind: Kind, value: str | float | None, seen: str, head: str, written: str
) -> None:
    column = Column("列", kind)
    assert shown(column, value) == seen
    assert read(as_csv(table(Row((value,)), columns=(column,)))) == [[head], [written]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "＋1", "－1", "＠A"]
)
def test_words_are_no_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert read(as_csv(table(Row((text, 1)))))[1][0] == f"'{text}"


@pytest.mark.parametrize("text", ["极速卡盟", "a=b", "2026-11-22", ""])
def test_harmless_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_commas_quotes_and_lines_stay_in_their_cell() -> None:
    said = '他说"没到账"，\n,再等等'
    assert read(as_csv(table(Row((said, 3))))) == [["平台", "案子"], [said, "3"]]


def test_hints_have_a_column_of_their_own_if_there_are_any() -> None:
    hinted = table(Row(("甲", 9), hint="可以合并投诉"), Row(("乙", 1)))
    assert read(as_csv(hinted)) == [["平台", "案子", "提示"], ["甲", "9", "可以合并投诉"], ["乙", "1", ""]]


def test_a_share_of_nothing_is_none() -> None:
    assert (part(1, 4), part(0, 0)) == (0.25, None)
