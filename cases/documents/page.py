"""The page that documents are printed on, as official papers in China are (GB/T 9704): millimetres and points."""

WIDTH_MM, HEIGHT_MM = 210, 297
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26
FOOTER_MM = 23
TEXT_WIDTH_MM = WIDTH_MM - LEFT_MM - RIGHT_MM

TITLE_PT = 22
BODY_PT = 16
TABLE_PT = 10.5
PAGE_NUMBER_PT = 14
LINE_PT = 28
TABLE_LINE_PT = 14
INDENT_CHARS = 2

COLUMN_SHARES = (1.3, 3, 4.7, 1.6, 5.4)
"""How the table of evidence divides the width: number, name, what it proves, pages, SHA-256."""


def columns_mm(count: int) -> list[float]:
    """The widths of a table's columns; all alike unless it is the table of evidence."""
    shares = COLUMN_SHARES if count == len(COLUMN_SHARES) else (1.0,) * count
    return [TEXT_WIDTH_MM * share / sum(shares) for share in shares]
