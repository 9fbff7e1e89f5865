"""How well texts are understood, measured against labels that people gave."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

from cases.errors import SetupError

LABELS = ("not_delivered", "not_as_described", "merchant_gone", "refund_delayed", "out_of_scope")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its label, and the other labels that would also be right."""

    text: str
    label: str
    also_ok: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Scores over `LABELS`. A prediction in `also_ok` counts as the label."""

    accuracy: float
    macro_f1: float
    per_label: dict[str, tuple[float, float, float, int]]
    """label → precision, recall, F1, number of examples"""
    confusion: list[list[int]]
    """rows are labels, columns predictions, in the order of `LABELS`"""


def read_examples(path: Path) -> list[Example]:
    """Examples from JSON lines of {text, label, also_ok?}. Raises `SetupError` naming a line that is wrong."""
    return [_example(path, number, line) for number, line in _lines(path)]


def report(examples: Sequence[Example], predicted: Sequence[str]) -> Report:
    """Compare predicted labels with the examples'."""
    truth = [example.label for example in examples]
    counted = [
        example.label if guess in example.also_ok else guess for example, guess in zip(examples, predicted, strict=True)
    ]
    scores = np.array(precision_recall_fscore_support(truth, counted, labels=LABELS, zero_division=0)).T
    return Report(
        accuracy=float(accuracy_score(truth, counted)),
        macro_f1=float(f1_score(truth, counted, labels=LABELS, average="macro", zero_division=0)),
        per_label={
            label: (float(row[0]), float(row[1]), float(row[2]), int(row[3]))
            for label, row in zip(LABELS, scores, strict=True)
        },
        confusion=confusion_matrix(truth, counted, labels=LABELS).tolist(),
    )


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot read {path}: {error.strerror}") from error
    return ((number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip())


def _example(path: Path, number: int, line: str) -> Example:
    try:
        row = json.loads(line)
        example = Example(row["text"], row["label"], tuple(row.get("also_ok", ())))
    except (ValueError, KeyError, TypeError) as error:
        raise SetupError(f"{path.name}:{number}: not a JSON object with text and label") from error
    if example.label not in LABELS:
        raise SetupError(f"{path.name}:{number}: unknown label {example.label!r}")
    return example
