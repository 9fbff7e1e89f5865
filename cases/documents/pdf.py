"""A document as it is printed, its fonts embedded. Lines are broken and spread here, by Chinese rules."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from fpdf import FPDF
from fpdf.enums import TableCellFillMode, XPos, YPos
from fpdf.fonts import FontFace, TTFFont
from fpdf.table import Table as TableOfCells

from cases.documents import glyphs, page
from cases.documents.layout import Block, Closing, Heading, Paragraph, Table, Title
from cases.documents.lines import wrap

MM_PER_PT = 25.4 / 72
CELL_PADDING_MM = 1
MAX_ROW_LINES = 30
NO_GLYPH = "□"
OF_EVERY_PAGE = "— 0123456789" + NO_GLYPH


@dataclass(frozen=True, slots=True)
class Grid:
    """The widths of a table's columns, the size and lines of its type, and whether its first row is its heads."""

    widths_mm: tuple[float, ...]
    size_pt: float = page.TABLE_PT
    line_pt: float = page.TABLE_LINE_PT
    padding_mm: float = CELL_PADDING_MM
    has_heads: bool = True


def draw(blocks: list[Block], made_at: datetime) -> bytes:
    """The file. `made_at` is the only time it tells."""
    with TemporaryDirectory() as folder:
        sheet = Sheet(blocks, Path(folder))
        sheet.set_creation_date(made_at)
        sheet.add_page()
        for block in blocks:
            sheet.add(block)
        return bytes(sheet.output())


def _words(block: Block) -> str:
    match block:
        case Title(text) | Heading(text) | Paragraph(text):
            return text
        case Table(rows):
            return "".join(cell for row in rows for cell in row)
        case Closing(lines):
            return "".join(lines)


def _emphatic(block: Block) -> str:
    """What of a block stands in sans serif."""
    return "".join(block.rows[0]) if isinstance(block, Table) else _words(block) if isinstance(block, Heading) else ""


class Sheet(FPDF):
    """A4 with the margins of official papers, and fonts cut down to what these blocks need."""

    def __init__(self, blocks: list[Block], folder: Path) -> None:
        super().__init__(format="A4")
        self.set_margins(page.LEFT_MM, page.TOP_MM, page.RIGHT_MM)
        self.set_auto_page_break(True, page.BOTTOM_MM)
        self.set_lang("zh-CN")
        self.c_margin = 0
        self.drawable = {
            "serif": self._embed("serif", glyphs.SERIF, "".join(map(_words, blocks)), folder),
            "sans": self._embed("sans", glyphs.SANS, "".join(map(_emphatic, blocks)), folder),
        }

    def _embed(self, family: str, path: Path, text: str, folder: Path) -> set[str]:
        file = folder / f"{family}.ttf"
        file.write_bytes(glyphs.cut(path, text + OF_EVERY_PAGE))
        self.add_font(family, fname=file)
        font = self.fonts[family]
        assert isinstance(font, TTFFont)
        return set(map(chr, font.cmap))

    def footer(self) -> None:
        """The number of the page, between dashes."""
        self.set_y(-page.BOTTOM_MM + 7)
        self.set_font("serif", size=page.PAGE_NUMBER_PT)
        self.cell(0, 7, f"— {self.page_no()} —", align="C")

    def add(self, block: Block) -> None:
        """Draw a block below the last one."""
        match block:
            case Title(text):
                self.set_title(text)
                self._paragraph(text, "serif", page.TITLE_PT, align="C")
                self.ln(page.LINE_PT / 2 * MM_PER_PT)
            case Heading(text):
                self._keep_together(2)
                self._paragraph(text, "sans", page.BODY_PT, indent=page.INDENT_CHARS)
            case Paragraph(text, is_indented):
                self._paragraph(text, "serif", page.BODY_PT, indent=page.INDENT_CHARS * is_indented, align="J")
            case Table(rows):
                self._table(rows)
            case Closing(lines):
                self._closing(lines)

    def _paragraph(self, text: str, family: str, size: float, *, indent: int = 0, align: str = "L") -> None:
        self.set_font(family, size=size)
        first = indent * size * MM_PER_PT
        lines = wrap(self._known(text), self.epw, self.get_string_width, indent=first)
        height = max(page.LINE_PT, size * 1.4) * MM_PER_PT
        for position, line in enumerate(lines):
            start = first if position == 0 else 0
            self.set_x(self.l_margin + start)
            is_last = position == len(lines) - 1
            self._line(line, self.epw - start, height, "L" if align == "J" and is_last else align)

    def _line(self, line: str, width: float, height: float, align: str) -> None:
        """One line; with `J` its characters are spread over the whole width."""
        if align == "J" and len(line) > 1:
            self.set_char_spacing((width - self.get_string_width(line)) / MM_PER_PT / (len(line) - 1))
        self.cell(width, height, line, align="L" if align == "J" else align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_char_spacing(0)

    def _closing(self, lines: tuple[str, ...]) -> None:
        height = page.LINE_PT * MM_PER_PT
        self.ln(height)
        self._keep_together(len(lines))
        self.set_font("serif", size=page.BODY_PT)
        for line in lines:
            self._line(self._known(line), self.epw - page.INDENT_CHARS * page.BODY_PT * MM_PER_PT, height, "R")

    def _keep_together(self, lines: int) -> None:
        if self.will_page_break(lines * page.LINE_PT * MM_PER_PT):
            self.add_page()

    def grid(self, columns: int) -> Grid:
        """How a table of so many columns is ruled."""
        return Grid(tuple(page.columns_mm(columns)))

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        grid = self.grid(len(rows[0]))
        self.set_font("serif", size=grid.size_pt)
        with self.table(
            col_widths=grid.widths_mm,
            line_height=grid.line_pt * MM_PER_PT,
            padding=grid.padding_mm,
            align="L",
            text_align="L",
            first_row_as_headings=grid.has_heads,
            headings_style=FontFace(family="sans", emphasis=""),
            cell_fill_mode=TableCellFillMode.NONE,
        ) as table:
            for cells in rows:
                self._row(table, cells, grid)
        self.ln(page.TABLE_LINE_PT * MM_PER_PT)

    def _row(self, table: TableOfCells, cells: tuple[str, ...], grid: Grid) -> None:
        """One row, or several where one would be taller than a page."""
        rooms = [width - 3 * grid.padding_mm for width in grid.widths_mm]
        wrapped = [self._cell(cell, room) for cell, room in zip(cells, rooms, strict=True)]
        for start in range(0, max(map(len, wrapped)), MAX_ROW_LINES):
            row = table.row()
            for lines in wrapped:
                row.cell("\n".join(lines[start : start + MAX_ROW_LINES]))

    def _cell(self, text: str, width: float) -> list[str]:
        """The lines of a cell; what follows a semicolon begins one of its own, as in a list of digests."""
        parts = re.split(r"(?<=；)", self._known(text))
        return [line for part in parts for line in wrap(part, width, self.get_string_width)]

    def _known(self, text: str) -> str:
        drawable = self.drawable[self.font_family]
        return "".join(character if character in drawable else NO_GLYPH for character in text)
