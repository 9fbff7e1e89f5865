"""A text too long for one message, as several."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

import regex

LIMIT_BYTES = 2000
"""The platform cuts off, or refuses, at 2048; that is measured and nowhere promised."""
CHARACTER_BYTES = 4

LINK = r"<a\s[^<>]*>(?:(?!<a\s|</a>).)*</a(?=>)\X"
CLUSTER = regex.compile(r"\X")
UNIT = regex.compile(rf"{LINK}|\X", regex.DOTALL | regex.IGNORECASE)
"""What is not taken apart: a link, and what people see as one character."""
ENDS = tuple(
    regex.compile(pattern)
    for pattern in (
        r"\n\s*\n",
        r"\n",
        r"[。！？；…]+[”’」』》）]*|[.!?;](?=\s)",
        r"[，、：]|[,:](?=\s)",
        r"\s",
    )
)
"""Where a text may end for now, the best place first: paragraph, line, sentence, clause, word."""


def split(text: str, limit: int = LIMIT_BYTES) -> list[str]:
    """The text in parts of at most `limit` bytes of UTF-8 (4 or more), without the whitespace around each.

    A part ends at the best place in the second half of what it has room for. A link or what people see as one
    character is only taken apart if it is longer than a whole part.
    """
    if limit < CHARACTER_BYTES:
        raise ValueError(f"a part takes at least {CHARACTER_BYTES} bytes")
    units = list(_units(text, limit))
    offsets = [0, *accumulate(map(len, units))]
    sizes = [0, *accumulate(map(_size, units))]
    parts: list[str] = []
    first = _skip_space(units, 0)
    while first < len(units):
        last = _skip_space(units, bisect_right(sizes, sizes[first] + limit) - 1)
        if last < len(units):
            last = _best_end(text, offsets, first, last)
        parts.append("".join(units[first:last]).rstrip())
        first = _skip_space(units, last)
    return parts


def _units(text: str, limit: int) -> Iterator[str]:
    for unit in UNIT.findall(text):
        if _size(unit) <= limit:
            yield unit
        else:
            for cluster in CLUSTER.findall(unit):
                yield from [cluster] if _size(cluster) <= limit else cluster


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _skip_space(units: list[str], index: int) -> int:
    while index < len(units) and units[index].isspace():
        index += 1
    return index


def _best_end(text: str, offsets: list[int], first: int, last: int) -> int:
    """The index of the unit before which a part ends that begins at `first` and has no room for `last`."""
    start, stop = offsets[first], offsets[last]
    for end in ENDS:
        # One character more than there is room for shows what an end goes on with.
        ends = [match.end() for match in end.finditer(text, (start + stop) // 2, stop + 1)]
        indexes = [index for at in ends if at <= stop and offsets[index := bisect_left(offsets, at)] == at]
        if indexes:
            return indexes[-1]
    return last
