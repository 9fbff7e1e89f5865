"""Labelled sentences to measure on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.case.facts import MONEY
from cases.errors import SetupError

LABELS = ("not_delivered", "not_as_described", "merchant_gone", "refund_delayed", "out_of_scope")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its label, the other labels that would also be right, and the facts it states."""

    text: str
    label: str
    also_ok: tuple[str, ...] = ()
    entities: tuple[tuple[str, str], ...] | None = None
    """(entity, value) as `tuikuan nlu` prints them, money in yuan; `None` where nobody looked for facts"""


def read_examples(path: Path) -> list[Example]:
    """Examples from JSON lines of {text, label, also_ok?, entities?}.

    Raises `SetupError` naming a line that is wrong.
    """
    return [_example(path, number, line) for number, line in _lines(path)]


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SetupError(f"{path} is not UTF-8") from error
    return ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _example(path: Path, number: int, line: str) -> Example:
    try:
        row = json.loads(line)
        if not isinstance(row["text"], str) or not isinstance(row.get("also_ok") or [], list):
            raise TypeError("text is a text, also_ok a list")
        example = Example(row["text"], row["label"], tuple(row.get("also_ok") or ()), _entities(row))
    except (ValueError, KeyError, TypeError) as error:
        raise SetupError(f"{path.name}:{number}: not a JSON object with text and label") from error
    for label in (example.label, *example.also_ok):
        if label not in LABELS:
            raise SetupError(f"{path.name}:{number}: unknown label {label!r}")
    return example


def _entities(row: dict[str, Any]) -> tuple[tuple[str, str], ...] | None:
    noted = row.get("entities")
    return None if noted is None else tuple((entity["entity"], _written(entity)) for entity in noted)


def _written(entity: dict[str, Any]) -> str:
    """The value as `tuikuan nlu` writes it: 98 and "98" yuan are 98.00."""
    value = str(entity["value"])
    return f"{float(value):.2f}" if entity["entity"] in MONEY else value
