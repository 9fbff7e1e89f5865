"""How well the fields of screenshots are read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from cases.evidence.reading import fields as reading
from cases.evidence.reading.lines import Line
from tests.cases.evidence.reading.screens import TODAY, Screen

# Which of the numbers on a page there are is not a fact of the case.
NAMES = tuple(field.name for field in fields(reading.Fields) if field.name != "numbers")


@dataclass(frozen=True, slots=True)
class Score:
    """One field of one screenshot: what is there, and what was read."""

    screen: str
    name: str
    truth: Any
    found: Any

    @property
    def right(self) -> bool:
        return bool(self.found == self.truth)

    @property
    def wrong(self) -> bool:
        """Something was read that is not there."""
        return not self.right and self.found is not None


def scored(screens: Iterable[Screen], lines: Mapping[str, Sequence[Line]]) -> list[Score]:
    """Every field of every screenshot, by the lines that were read in each."""
    return [
        Score(screen.name, name, getattr(screen.truth, name), getattr(found, name))
        for screen in screens
        for found in [reading.fields(lines[screen.name], TODAY)]
        for name in NAMES
    ]
