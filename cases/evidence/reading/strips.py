"""The parts in which a long screenshot is read. Pure."""

from dataclasses import dataclass

RATIO = 2.4
"""Height to width of what is read at once: a phone's screen is, a long screenshot is not."""
OVERLAP = 0.1
"""Of a strip's height, so that every line is whole in one of two strips."""
MAX_STRIPS = 8


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of pixels from `top` to `bottom`, of which those from `first` to `last` no other strip shows as well."""

    top: int
    bottom: int
    first: int
    last: int

    def owns(self, row: float) -> bool:
        """Whether what has its middle on this row is to be taken from this strip."""
        return self.first <= row < self.last


def strips(width: int, height: int) -> list[Strip]:
    """One, unless the picture is long; of the longest what is below the last strip is left out."""
    tall = round(width * RATIO)
    if height <= tall * (1 + OVERLAP):
        return [Strip(0, height, 0, height)]
    margin = round(tall * OVERLAP / 2)
    tops = range(0, height - 2 * margin, tall - 2 * margin)[:MAX_STRIPS]
    return [_strip(top, min(top + tall, height), height, margin) for top in tops]


def _strip(top: int, bottom: int, height: int, margin: int) -> Strip:
    """Half of each overlap belongs to the neighbour."""
    return Strip(top, bottom, top + margin if top else 0, bottom - margin if bottom < height else height)
