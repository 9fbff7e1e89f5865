"""`tuikuan evaluate`: how well the model understands labelled sentences."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.commands.nlu import understand
from bot.evaluation import LABELS, FactScore, Judged, Report, fact_scores, read_examples, report
from bot.evaluation.page import page
from cases.errors import SetupError

WORST = 20


def evaluate(
    file: Annotated[Path, typer.Argument(help="JSON lines of {text, label, also_ok?, entities?}.")],
    html: Annotated[Path | None, typer.Option(help="Also write the report as a page, with a heat map.")] = None,
) -> None:
    """Measure the model against labelled sentences."""
    examples = read_examples(file)
    if not examples:
        raise SetupError(f"{file.name} holds no examples")
    found = understand(example.text for example in examples)
    judged = [Judged(example, one.label, one.label_confidence) for example, one in zip(examples, found, strict=True)]
    result, facts = report(judged), fact_scores(examples, [one.facts for one in found])
    _print(result, facts)
    if html is not None:
        _write(html, page(f"tuikuan evaluate {file.name}", result, facts, WORST))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot write {path}: {error.strerror}") from error


def _print(result: Report, facts: Mapping[str, FactScore]) -> None:
    console = Console()
    low, high = result.interval
    console.print(
        f"accuracy {result.accuracy:.3f}   macro-F1 {result.macro_f1:.3f} ({low:.3f}–{high:.3f})   "
        f"calibration error {result.calibration_error:.3f}",
        highlight=False,
    )
    console.print(_scores(result))
    console.print(_confusion(result))
    if facts:
        console.print(_facts(facts))
    if result.errors:
        console.print(_errors(result.errors[:WORST]))


def _scores(result: Report) -> Table:
    scores = Table("label", "precision", "recall", "F1", "n")
    for label, (precision, recall, f1, count) in result.per_label.items():
        scores.add_row(label, f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}", str(count))
    return scores


def _confusion(result: Report) -> Table:
    confusion = Table("is ↓  taken for →", *LABELS)
    for label, row in zip(LABELS, result.confusion, strict=True):
        confusion.add_row(label, *map(str, row))
    return confusion


def _facts(facts: Mapping[str, FactScore]) -> Table:
    table = Table("fact", "precision", "recall", "stated")
    for entity, score in facts.items():
        table.add_row(entity, f"{score.precision:.2f}", f"{score.recall:.2f}", str(score.stated))
    return table


def _errors(errors: list[Judged]) -> Table:
    table = Table("is", "taken for", "confidence", "text", title=f"the {len(errors)} most confident errors")
    for one in errors:
        table.add_row(one.example.label, one.predicted, f"{one.confidence:.2f}", escape(one.example.text))
    return table
