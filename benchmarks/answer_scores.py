"""How well answers were found, and how sure: the scores of each pipeline, and the table of them."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from answer_data import Question
from rich.table import Table
from trials import Parsed, Run

from cases.dialogue.understood import ANSWER_SURE

OURS = "ours_both"
RESAMPLES = 10_000
COLUMNS = (
    "pipeline",
    "top-1",
    "95\u00a0% interval",
    "top-3",
    "threshold",
    "precision",
    "coverage",
    "unanswerable told (wrong)",
    "ms median",
    "×\u00a0ours",
    "training s",
    "×\u00a0ours",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A question, and the answers found for it: [name, confidence], the likeliest first."""

    question: Question
    parsed: Parsed

    @property
    def confidence(self) -> float:
        """Of the likeliest."""
        return float(self.parsed.ranking[0][1])

    def is_right(self, among: int = 1) -> bool:
        """Whether one of the likeliest answers is right."""
        return any(self.question.is_met_by(name) for name, _ in self.parsed.ranking[:among])


@dataclass(frozen=True, slots=True)
class Said:
    """What is said at once from a `threshold` of confidence on.

    `precision` is of all that is said, `coverage` the share of the questions with an answer that get any at once.
    `unanswerable` questions are told something at once though no answer is theirs; it is no help to those `astray`.
    """

    threshold: float
    precision: float
    coverage: float
    unanswerable: int
    astray: int


@dataclass(frozen=True, slots=True)
class Score:
    """One pipeline. `said` is `None` if no threshold makes it as precise as ours."""

    run: Run
    top1: float
    interval: tuple[float, float]
    top3: float
    said: Said | None
    ms: float


def scores(runs: Sequence[Run], questions: Sequence[Question]) -> list[Score]:
    """Ours are judged at the confidence they serve with, the others at the threshold that serves them best.

    That is the lowest one at which they are as precise as ours, chosen on the very questions that they are judged by.
    """
    found = {run.name: [Found(question, run.parsed[question.text]) for question in questions] for run in runs}
    aim = said(found[OURS], ANSWER_SURE).precision if OURS in found else None
    return [_score(run, found[run.name], aim) for run in runs]


def _score(run: Run, found: Sequence[Found], aim: float | None) -> Score:
    answerable = [one for one in found if one.question.answer]
    right = [one.is_right() for one in answerable]
    return Score(
        run=run,
        top1=statistics.mean(right),
        interval=_interval(right),
        top3=_share(one.is_right(among=3) for one in answerable),
        said=said(found, ANSWER_SURE) if run.name.startswith("ours") else _as_precise(found, aim),
        ms=statistics.median(one.parsed.ms for one in found),
    )


def said(found: Sequence[Found], threshold: float) -> Said:
    """What is said from this confidence on."""
    told = [one for one in found if one.confidence >= threshold]
    unanswerable = [one for one in told if one.question.answer is None]
    return Said(
        threshold=threshold,
        precision=_share(one.is_right() for one in told),
        coverage=_share(one.confidence >= threshold for one in found if one.question.answer),
        unanswerable=len(unanswerable),
        astray=sum(not one.is_right() for one in unanswerable),
    )


def _as_precise(found: Sequence[Found], aim: float | None) -> Said | None:
    if aim is None:
        return None
    at_each = (said(found, threshold) for threshold in sorted({one.confidence for one in found}))
    return next((one for one in at_each if one.precision >= aim), None)


def _interval(right: Sequence[bool]) -> tuple[float, float]:
    """95 % bootstrap interval of the share that is right."""
    drawn = np.random.default_rng(0).choice(np.array(right), (RESAMPLES, len(right)))
    low, high = np.percentile(drawn.mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 0.0


def rows(measured: Sequence[Score]) -> list[tuple[str, ...]]:
    """What the `COLUMNS` say of each pipeline. Ratios to ours are empty if it was not run."""
    ours = next((one for one in measured if one.run.name == OURS), None)
    return [_row(one, ours) for one in measured]


def _row(one: Score, ours: Score | None) -> tuple[str, ...]:
    return (
        one.run.name,
        f"{one.top1:.3f}",
        "{:.3f}–{:.3f}".format(*one.interval),
        f"{one.top3:.3f}",
        *(_cells(one.said) if one.said else "––––"),
        f"{one.ms:.2f}",
        f"{one.ms / ours.ms:.2f}" if ours else "",
        f"{one.run.training_s:.0f}",
        f"{one.run.training_s / ours.run.training_s:.2f}" if ours else "",
    )


def _cells(told: Said) -> tuple[str, ...]:
    return (
        f"{told.threshold:.2f}",
        f"{told.precision:.3f}",
        f"{told.coverage:.3f}",
        f"{told.unanswerable} ({told.astray})",
    )


def table(title: str, measured: Sequence[Score]) -> Table:
    """For a terminal."""
    made = Table(*(heading.replace(" ", "\n") for heading in COLUMNS), title=title)
    for column in made.columns[1:]:
        column.justify = "right"
    for row in rows(measured):
        made.add_row(*row)
    return made


def markdown(title: str, measured: Sequence[Score]) -> str:
    """For a document."""
    lines = [COLUMNS, ("---", *["---:"] * (len(COLUMNS) - 1)), *rows(measured)]
    return "\n".join([f"**{title}**", "", *(f"| {' | '.join(line)} |" for line in lines), ""])
