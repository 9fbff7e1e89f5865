"""The parts of a document, read from its text: the text is the one source of what is printed.

The first line is the title; a line that begins with 一、 is a heading; lines with ｜ are the rows of a table; the last
group of lines closes the document; every other line is a paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

BAR = "｜"
HEADING = re.compile(r"[一二三四五六七八九十]+、")
# Whom it is for, at the margin as in any letter.
SALUTATION = re.compile(r"(致|抄送)：|（待补充：.*人民法院的名称）$")


@dataclass(frozen=True, slots=True)
class Title:
    """What the document is called."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; indented unless it names the addressee."""

    text: str
    is_indented: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first of them the heads."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """Signature and date, at the right."""

    lines: tuple[str, ...]


Block = Title | Heading | Paragraph | Table | Closing


def parse(text: str) -> list[Block]:
    """The blocks of a text, in order. Raises `ValueError` if it has no body."""
    first, *body = [line.strip() for line in text.strip().splitlines()]
    if "" not in body:
        raise ValueError("a document has a title, a body and a closing, with empty lines between them")
    last = len(body) - body[::-1].index("")
    return [Title(first), *_body(line for line in body[:last] if line), Closing(tuple(body[last:]))]


def _body(lines: Iterator[str]) -> Iterator[Block]:
    for is_table, group in groupby(lines, lambda line: BAR in line):
        if is_table:
            yield Table(tuple(tuple(line.split(BAR)) for line in group))
        else:
            yield from (_line(line) for line in group)


def _line(line: str) -> Block:
    if HEADING.match(line):
        return Heading(line)
    return Paragraph(line, is_indented=not SALUTATION.match(line))
