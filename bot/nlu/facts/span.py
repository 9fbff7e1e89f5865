"""One fact, and where in the sentence it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_FILLER = "\x00"  # no pattern matches it, and it joins nothing: it is neither a digit, a letter nor a break


@dataclass(frozen=True, slots=True)
class Span:
    """A fact of kind `entity` said at `text[start:end]`. Money is in 分; dates are ISO strings."""

    entity: str
    value: int | str
    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, entity: str, value: int | str, source: str, start: int, end: int) -> Self:
        """The span of `source` between two offsets."""
        return cls(entity, value, start, end, source[start:end])

    def overlaps(self, other: Self) -> bool:
        """Do the two share a character?"""
        return self.start < other.end and other.start < self.end


def mask(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Blank out `places`, keeping every other character where it is, so that no later reader sees them."""
    for start, end in places:
        text = text[:start] + _FILLER * (end - start) + text[end:]
    return text
