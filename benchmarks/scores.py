"""The pipelines' scores on one file of examples, as a table for the terminal and for a document."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table
from trials import Parsed, Run

from bot.evaluation import LABELS, Example, Judged, Report, report
from bot.understanding import OUT_OF_SCOPE

REFERENCE = "diet"
COLUMNS = (
    "pipeline",
    "accuracy",
    "macro-F1",
    "95\u00a0% interval",
    "out-of-scope recall",
    "ECE",
    "ms median",
    "ms p95",
    "×\u00a0DIET",
    "resident MB",
    "×\u00a0DIET",
    "training s",
    "training peak MB",
    "model MB",
)


@dataclass(frozen=True, slots=True)
class Score:
    """One pipeline on one file."""

    run: Run
    result: Report
    median_ms: float
    p95_ms: float


def score(run: Run, examples: Sequence[Example]) -> Score:
    """How well the texts of `examples` were understood, and how fast."""
    times = [run.parsed[example.text].ms for example in examples]
    judged = [_judged(example, run.parsed[example.text]) for example in examples]
    return Score(run, report(judged), statistics.median(times), statistics.quantiles(times, n=20)[-1])


def _judged(example: Example, parsed: Parsed) -> Judged:
    """The label of the likeliest intent; its confidence is that of all intents with this label."""
    label = _label(parsed.intent)
    return Judged(example, label, sum(confidence for name, confidence in parsed.ranking if _label(name) == label))


def _label(intent: str | None) -> str:
    return intent if intent in LABELS else OUT_OF_SCOPE


def rows(scores: Sequence[Score]) -> list[tuple[str, ...]]:
    """What the `COLUMNS` say of each pipeline. Ratios to DIET are empty if it was not run."""
    reference = next((one for one in scores if one.run.name == REFERENCE), None)
    return [_row(one, reference) for one in scores]


def _row(one: Score, reference: Score | None) -> tuple[str, ...]:
    low, high = one.result.interval
    return (
        one.run.name,
        f"{one.result.accuracy:.3f}",
        f"{one.result.macro_f1:.3f}",
        f"{low:.3f}–{high:.3f}",
        f"{one.result.per_label[OUT_OF_SCOPE][1]:.3f}",
        f"{one.result.calibration_error:.3f}",
        f"{one.median_ms:.2f}",
        f"{one.p95_ms:.2f}",
        f"{one.median_ms / reference.median_ms:.2f}" if reference else "",
        f"{one.run.resident_mb:.0f}",
        f"{one.run.resident_mb / reference.run.resident_mb:.2f}" if reference else "",
        f"{one.run.training_s:.0f}",
        f"{one.run.training_peak_mb:.0f}",
        f"{one.run.model_mb:.1f}",
    )


def table(title: str, scores: Sequence[Score]) -> Table:
    """For a terminal."""
    made = Table(*(heading.replace(" ", "\n") for heading in COLUMNS), title=title)
    for column in made.columns[1:]:
        column.justify = "right"
    for row in rows(scores):
        made.add_row(*row)
    return made


def markdown(title: str, scores: Sequence[Score]) -> str:
    """For a document."""
    lines = [COLUMNS, ("---", *["---:"] * (len(COLUMNS) - 1)), *rows(scores)]
    return "\n".join([f"**{title}**", "", *(f"| {' | '.join(line)} |" for line in lines), ""])
