"""A conversation on paper: a table a day, with the time, who, and what was said."""

from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from cases import clock
from cases.documents import page
from cases.documents.layout import Block, Heading, Paragraph, Table, Title
from cases.documents.pdf import Grid, Sheet
from cases.transcript.export import Line, Transcript

HEADS = ("时间", "谁", "说的话")
SHARES = (1.2, 1.8, 9)
"""How the table divides the width."""


def draw(found: Transcript) -> bytes:
    """The file."""
    blocks = _blocks(found)
    with TemporaryDirectory() as folder:
        sheet = Paper(blocks, Path(folder))
        sheet.set_creation_date(found.made_at)
        sheet.add_page()
        for block in blocks:
            sheet.add(block)
        return bytes(sheet.output())


class Paper(Sheet):
    """A4, with narrow columns for the time and the name."""

    def grid(self, columns: int) -> Grid:
        """As wide as the page."""
        return Grid(tuple(page.TEXT_WIDTH_MM * share / sum(SHARES) for share in SHARES))


def _blocks(found: Transcript) -> list[Block]:
    blocks: list[Block] = [Title(found.title), Paragraph("".join(found.about))]
    for day, lines in groupby(found.lines, _day):
        blocks += [Heading(f"{day.year}年{day.month}月{day.day}日"), Table((HEADS, *map(_row, lines)))]
    return blocks


def _row(line: Line) -> tuple[str, ...]:
    """One row. Lines within it become spaces: the cells break where they must."""
    files = [f"附件：{file.name}，SHA-256 {file.sha256}" for file in line.files]
    at = f"{line.at.astimezone(clock.SHANGHAI):%H:%M}"
    return at, line.who, " ".join(" ".join([line.text, *files]).split())


def _day(line: Line) -> date:
    return line.at.astimezone(clock.SHANGHAI).date()
