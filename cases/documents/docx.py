"""A document for Word and WPS: A4 and typefaces as on official papers, the reader's own fonts."""

from datetime import datetime
from io import BytesIO

import docx as word
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from cases.documents import page
from cases.documents.layout import Block, Closing, Heading, Paragraph, Table, Title

# Fonts that Word and WPS bring along, and what they call the Latin letters beside them.
SONG, FANGSONG, HEI, LATIN = "宋体", "仿宋", "黑体", "Times New Roman"


def draw(blocks: list[Block], made_at: datetime) -> bytes:
    """The file. `made_at` is the only time it tells."""
    document = word.Document()
    _set_up(document, made_at)
    for block in blocks:
        _add(document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Document, made_at: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.WIDTH_MM), Mm(page.HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(page.TOP_MM), Mm(page.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(page.LEFT_MM), Mm(page.RIGHT_MM)
    section.footer_distance = Mm(page.FOOTER_MM)
    _number_pages(section.footer.paragraphs[0])
    _style(document, "Normal", FANGSONG, page.BODY_PT)
    _style(document, "Title", SONG, page.TITLE_PT).font.bold = True
    _style(document, "Heading 1", HEI, page.BODY_PT).font.bold = False
    for language in document.styles.element.xpath(".//w:docDefaults//w:lang"):
        language.set(qn("w:eastAsia"), "zh-CN")
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)


def _style(document: Document, name: str, font: str, size: float) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), None
    fonts = style.element.get_or_add_rPr().rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
    for ornament in style.element.xpath(".//w:pBdr | .//w:color"):
        ornament.getparent().remove(ornament)
    shape = style.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = Pt(page.LINE_PT), Pt(0), Pt(0)
    return style


def _add(document: Document, block: Block) -> None:
    match block:
        case Title(text):
            title = document.add_paragraph(text, style="Title")
            title.alignment = WD_ALIGN_PARAGRAPH.CENTER
            title.paragraph_format.space_after = Pt(page.LINE_PT)
            title.paragraph_format.line_spacing = Pt(page.LINE_PT * 1.2)
            document.core_properties.title = text
        case Heading(text):
            _indent(document.add_paragraph(text, style="Heading 1"))
        case Paragraph(text, is_indented):
            paragraph = document.add_paragraph(text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            if is_indented:
                _indent(paragraph)
        case Table(rows):
            _add_table(document, rows)
        case Closing(lines):
            _add_closing(document, lines)


def _indent(paragraph: Line) -> None:
    # In characters as well as points, so that it follows whoever changes the size.
    paragraph.paragraph_format.first_line_indent = Pt(page.BODY_PT * page.INDENT_CHARS)
    [indent] = paragraph._p.xpath("./w:pPr/w:ind")
    indent.set(qn("w:firstLineChars"), str(page.INDENT_CHARS * 100))


def _add_closing(document: Document, lines: tuple[str, ...]) -> None:
    for position, text in enumerate(lines):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(page.BODY_PT * page.INDENT_CHARS)
        paragraph.paragraph_format.keep_with_next = position < len(lines) - 1
        if position == 0:
            paragraph.paragraph_format.space_before = Pt(page.LINE_PT)


def _add_table(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    widths = page.columns_mm(len(rows[0]))
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for position, row in enumerate(rows):
        for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
            cell.width = Mm(width)
            _fill(cell, text, is_head=position == 0)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)


def _fill(cell: _Cell, text: str, *, is_head: bool) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.font.size = Pt(page.TABLE_PT)
    run.font.bold = is_head
    paragraph.paragraph_format.line_spacing = Pt(page.TABLE_LINE_PT)


def _number_pages(paragraph: Line) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, kind in (("— ", None), ("", "begin"), ("PAGE", "text"), ("", "end"), (" —", None)):
        run = paragraph.add_run(text if kind is None else "")
        run.font.size = Pt(page.PAGE_NUMBER_PT)
        if kind == "text":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
