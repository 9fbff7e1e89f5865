"""Lines of text as they stand in a picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was read, and where: the upright box around it, in fractions (0 to 1) of the picture as it is seen.

    `confidence` is the reader's own, from 0 to 1.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    confidence: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends, below."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.y + self.height / 2
