"""What stands beside or under a label on a screen: `支付时间  2026-11-18`. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cases.evidence.reading import names
from cases.evidence.reading.lines import Line

_LABEL = re.compile(
    rf"\W*(?P<name>{'|'.join(sorted(map(re.escape, names.ALL), key=len, reverse=True))})"
    r"\s*(?:[（(][^）)]*[）)])?\s*(?P<colon>[:：;；]?)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_BUTTON = re.compile(r"[\W口回凸]*|复制|查看|详情|修改")

ROW = 0.6
"""How far apart, in heights of a line, the middles of a label and its value on the same row may be."""
GAP = 1.6
"""How far under its label, in heights of a line, a value may begin; the next line of a value is nearer."""
WRAP_GAP = 0.9

FORM = 2
"""From so many labels on a page is a form."""
CUT_OFF = 0.99
"""What reaches this far to the right may go on outside the picture."""
EDGE = 0.035
"""How much, in widths of the picture, the edges of lines under each other differ."""


@dataclass(frozen=True, slots=True)
class Label:
    """A line that begins with a label. `rest` follows it on the line; `apart` if a colon or nothing lies between."""

    name: str
    rest: str
    apart: bool
    line: Line


@dataclass(frozen=True, slots=True)
class Value:
    """What was found at a label: the lines of it, the first without the label. `sure` where it cannot be a sentence."""

    label: str
    texts: tuple[str, ...]
    lines: tuple[Line, ...]
    sure: bool

    @property
    def is_cut(self) -> bool:
        """Whether it may go on outside the picture."""
        return any(line.right >= CUT_OFF for line in self.lines)


class Page:
    """The lines of a picture, and the labels among them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = sorted(lines, key=lambda line: (line.y, line.x))
        self._labels = {id(line): label for line in self.lines if (label := _label(line))}

    @property
    def names(self) -> frozenset[str]:
        """The labels there are."""
        return frozenset(label.name for label in self._labels.values())

    @property
    def is_form(self) -> bool:
        """Whether labels make up the page; a single one may be a word of a sentence."""
        return sum(label.apart for label in self._labels.values()) >= FORM

    def values(self, wanted: Sequence[str]) -> Iterator[Value]:
        """What is found at the labels of these names, in their order, and not cut by the edge of the picture."""
        for name in wanted:
            for label in self._labels.values():
                if label.name == name and (value := self._value(label)) and not value.is_cut:
                    yield value

    def labelled(self, line: Line) -> Label | None:
        """The label that a line begins with."""
        return self._labels.get(id(line))

    def _value(self, label: Label) -> Value | None:
        first = label.line if label.rest else self._beside(label.line) or self._under(label.line)
        if first is None:
            return None
        wrapped = list(self._wrapped(first, label.line))
        texts = (label.rest or first.text, *(line.text for line in wrapped))
        return Value(label.name, texts, (first, *wrapped), label.apart)

    def _beside(self, label: Line) -> Line | None:
        row = (line for line in self.lines if line is not label and same_row(line, label))
        values = (line for line in row if line.x >= label.right - EDGE and not _BUTTON.fullmatch(line.text))
        nearest = min(values, key=lambda line: line.x, default=None)
        return None if nearest is None or id(nearest) in self._labels else nearest

    def _under(self, label: Line) -> Line | None:
        below = (line for line in self.lines if line.middle > label.bottom and abs(line.x - label.x) <= EDGE)
        nearest = next(below, None)
        if nearest is None or nearest.y - label.bottom > GAP * label.height or id(nearest) in self._labels:
            return None
        return nearest

    def _wrapped(self, first: Line, label: Line) -> Iterator[Line]:
        """The lines that go on below `first`: at its left or right edge, near, with no label of their own."""
        last = first
        for line in self.lines:
            near = last.middle < line.y + line.height * ROW and line.y - last.bottom <= last.height * WRAP_GAP
            if line.y <= last.middle or not near or line is label:
                continue
            aligned = abs(line.x - first.x) <= EDGE or abs(line.right - first.right) <= EDGE
            if not aligned or self._on_row_of_label(line):
                return
            yield line
            last = line

    def _on_row_of_label(self, line: Line) -> bool:
        return any(same_row(label.line, line) for label in self._labels.values())


def same_row(one: Line, other: Line) -> bool:
    """Whether two lines stand beside each other; pictures may be a little askew."""
    return abs(one.middle - other.middle) <= ROW * max(one.height, other.height)


def _label(line: Line) -> Label | None:
    found = _LABEL.match(line.text)
    if not found:
        return None
    rest = "" if _BUTTON.fullmatch(found["rest"]) else found["rest"]
    return Label(found["name"], rest, bool(found["colon"]) or not rest, line)
