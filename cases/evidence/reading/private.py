"""Where a picture shows what is nobody else's business: telephones, identity and bank card numbers, 卡密. Pure.

A box too many costs a click; a number overlooked is out in the world. So what may be one is covered, but numbers of
orders and payments, which every reader of the picture needs.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from cases.evidence.reading import names
from cases.evidence.reading.labels import Page, Value, same_row
from cases.evidence.reading.lines import Line
from cases.evidence.redaction import Box, Kind

_PHONE = re.compile(r"(?<![\d-])(?:(?:\+|00)?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}[\s-]?(?:19|20)\d{6}[\s-]?\d{3}[\dXx×](?!\d)")
_CARD = re.compile(r"(?<![\dA-Za-z-])[2-69](?:[\s-]?\d){15,18}(?![\dA-Za-z])")
_SECRET = re.compile(r"[A-Za-z\d*]{4,}(?:[\s-]+[A-Za-z\d*]{3,})*")
_TOLD_SECRET = re.compile(
    rf"(?:{'|'.join(sorted(names.SECRET, key=len, reverse=True))})\s*(?:[:：是为]\s*)?(?P<secret>{_SECRET.pattern})",
    re.IGNORECASE,
)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"

SPARE = 1.0
"""How far past the place reckoned for a number a box reaches to both sides, in widths of a Chinese character."""
SPARE_BELOW = 0.15
WHOLE_LINE = 0.6
"""From this share of a line's letters on, the whole line is covered."""


def private(lines: Sequence[Line]) -> list[Box]:
    """The boxes to cover, on page 1."""
    page = Page(lines)
    found = (box for line in page.lines for box in _in_line(line, page))
    return list(dict.fromkeys((*found, *_secrets(page))))


def is_identity_number(text: str) -> bool:
    """Whether the 18 places hold a day of birth and end in their check digit (GB 11643)."""
    places = re.sub(r"[\s-]", "", text).upper().replace("×", "X")
    try:
        datetime.strptime(places[6:14], "%Y%m%d")  # noqa: DTZ007  # a day of birth has no zone
    except ValueError:
        return False
    return (
        ID_CHECKS[sum(weight * int(place) for weight, place in zip(ID_WEIGHTS, places, strict=False)) % 11]
        == places[-1]
    )


def is_card_number(text: str) -> bool:
    """Whether the places add up as a bank card's do (Luhn)."""
    places = [int(character) for character in text if character.isdigit()]
    doubled = [sum(divmod(2 * place, 10)) for place in places[-2::-2]]
    return (sum(places[::-2]) + sum(doubled)) % 10 == 0


_KINDS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("phone", _PHONE, bool),
    ("id_card", _IDENTITY, is_identity_number),
    ("bank_card", _CARD, is_card_number),
)


def _in_line(line: Line, page: Page) -> Iterator[Box]:
    for kind, pattern, holds in _KINDS:
        for match in pattern.finditer(line.text):
            if holds(match[0]) and not (kind != "phone" and _is_order(line, page)):
                yield _box(line, *match.span(), kind)
    for match in _TOLD_SECRET.finditer(line.text):
        yield _box(line, *match.span("secret"), "card_key")


def _is_order(line: Line, page: Page) -> bool:
    """Whether a label on the row says that the number is an order's."""
    labels = (label for other in page.lines if same_row(other, line) and (label := page.labelled(other)))
    return any(label.name in names.NUMBERS for label in labels)


def _secrets(page: Page) -> Iterator[Box]:
    """What stands beside or below a label such as 卡密, and the lines on which it goes on."""
    for value in page.values(names.SECRET):
        yield from _covered(value)


def _covered(value: Value) -> Iterator[Box]:
    for text, line in zip(value.texts, value.lines, strict=True):
        found = list(_SECRET.finditer(line.text, max(0, line.text.find(text))))
        if not found:
            return
        yield from (_box(line, *match.span(), "card_key") for match in found)


def _box(line: Line, start: int, end: int, kind: Kind) -> Box:
    """Where the letters from `start` to `end` are, a little more rather than less."""
    before, within, after = (_width(part) for part in (line.text[:start], line.text[start:end], line.text[end:]))
    whole = before + within + after
    one = line.width / whole
    left, right = line.x + one * (before - SPARE), line.x + one * (before + within + SPARE)
    if within >= WHOLE_LINE * whole:
        left, right = line.x, line.right
    top, bottom = line.y - SPARE_BELOW * line.height, line.bottom + SPARE_BELOW * line.height
    left, top, right, bottom = (min(1.0, max(0.0, side)) for side in (left, top, right, bottom))
    return Box(1, left, top, right - left, bottom - top, kind)


def _width(text: str) -> float:
    """In widths of a Chinese character; others take a little more than half of one."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.56 for character in text)
