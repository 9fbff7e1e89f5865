"""`tuikuan train`, `nlu`, `evaluate`: making the model, and looking at what it understands."""

import asyncio
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot import training
from bot.assistant import RasaAssistant
from bot.evaluation import LABELS, Report, read_examples, report
from bot.understanding import Understanding
from cases.errors import SetupError
from cases.settings import settings


def train() -> None:
    """Train the model anew."""
    print(training.train(settings().model_dir).name)


def nlu(
    file: Annotated[str, typer.Argument(help="A text file, one sentence a line; - for standard input.")] = "-",
) -> None:
    """Print what is understood of each line, as JSON."""
    for understanding in _understand(line for line in _read(file).splitlines() if line.strip()):
        print(json.dumps(understanding.as_json(), ensure_ascii=False))


def evaluate(file: Annotated[Path, typer.Argument(help="JSON lines of {text, label, also_ok?}.")]) -> None:
    """Measure the model against labelled sentences."""
    examples = read_examples(file)
    predicted = [found.label for found in _understand(example.text for example in examples)]
    _print(report(examples, predicted))


def _understand(texts: Iterable[str]) -> list[Understanding]:
    assistant = RasaAssistant(training.ensure_model(settings().model_dir))

    async def all_of_them() -> list[Understanding]:
        return [await assistant.understand(text) for text in texts]

    return asyncio.run(all_of_them())


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot read {file}: {error.strerror}") from error


def _print(result: Report) -> None:
    console = Console()
    console.print(f"accuracy {result.accuracy:.3f}   macro-F1 {result.macro_f1:.3f}")
    scores = Table("label", "precision", "recall", "F1", "n")
    for label, (precision, recall, f1, count) in result.per_label.items():
        scores.add_row(label, f"{precision:.2f}", f"{recall:.2f}", f"{f1:.2f}", str(count))
    console.print(scores)
    confusion = Table("is ↓  taken for →", *LABELS)
    for label, row in zip(LABELS, result.confusion, strict=True):
        confusion.add_row(label, *map(str, row))
    console.print(confusion)
