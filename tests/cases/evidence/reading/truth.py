"""What is shown on a screen, and the truth of it."""

from collections.abc import Callable
from typing import Any

from cases.evidence.reading.fields import Fields

Shown = tuple[Callable[..., None], tuple[Any, ...], Fields]
"""What draws the screen, with what, and what can be read in it."""


def fen(yuan: str) -> int:
    """`1,280.00` → 128000."""
    return round(float(yuan.replace(",", "")) * 100)
