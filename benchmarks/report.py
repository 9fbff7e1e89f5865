"""Measurements, and the table of them."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from rich.table import Table

COLUMNS = ("turns/s", "p50 ms", "p95 ms", "CPU ms/turn", "resident MB")


@dataclass(frozen=True, slots=True)
class Sample:
    """One service, at one number of people, in one round. The fields are the `COLUMNS`."""

    turns_per_s: float
    p50_ms: float
    p95_ms: float
    cpu_ms_per_turn: float
    resident_mb: float


Samples = Mapping[int, Mapping[str, Sequence[Sample]]]
"""people → service → its samples, a round each"""


def table(samples: Samples) -> Table:
    """The median of each service's rounds, and of the rounds' ratios of the first service to the second."""
    made = Table("people", "", *COLUMNS)
    for column in made.columns[2:]:
        column.justify = "right"
    for people, services in samples.items():
        for name, rounds in services.items():
            made.add_row(str(people), name, *(_short(value) for value in _medians(rounds)))
        first, second = services.values()
        ratios = [_ratio(one, other) for one, other in zip(first, second, strict=True)]
        shown = (f"{value:.2f}×" for value in _medians(ratios))
        made.add_row("", "ratio", *shown, style="bold", end_section=True)
    return made


def _medians(rounds: Sequence[Sample]) -> list[float]:
    return [statistics.median(values) for values in zip(*map(astuple, rounds), strict=True)]


def _ratio(one: Sample, other: Sample) -> Sample:
    return Sample(*(a / b for a, b in zip(astuple(one), astuple(other), strict=True)))


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"
