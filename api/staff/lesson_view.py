"""The facts of one message as staff say them: what was found, what may be put right, what stays hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.case.facts import DAYS, MONEY, FactValue, read, shown, yuan
from cases.knowledge import Knowledge, knowledge
from cases.models import Message, NluCorrection
from cases.review.privacy import masked_fact
from cases.review.teaching import TAUGHT, Entities

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FactField:
    """A fact that may be in a message. `options` are (value, title), where only these can be."""

    name: str
    label: str
    value: str
    options: Options
    is_day: bool


@dataclass(frozen=True)
class Found:
    """What is in a message, so far: `hidden` is shown masked, and stays as it is."""

    fields: tuple[FactField, ...]
    hidden: tuple[str, ...]


def found(said: Message, made: NluCorrection | None) -> Found:
    """What was found, or said to be, in a message."""
    known, facts = knowledge(), entities(said, made)
    kept = {str(it["entity"]): it for it in facts if is_hidden(it)}
    values = read(facts)
    return Found(
        fields=tuple(_field(name, values.get(name), known) for name in TAUGHT if name not in kept),
        hidden=tuple(f"{known.facts[name].name} {masked_fact(name, _said(it))}" for name, it in kept.items()),
    )


def entities(said: Message, made: NluCorrection | None) -> Entities:
    """The facts of a message, as staff have said, else as the NLU found them."""
    facts = made.facts if made is not None and made.facts is not None else said.facts
    return [{"entity": it["entity"], "value": it["value"]} for it in facts if it["entity"] in TAUGHT]


def is_hidden(entity: Mapping[str, Any]) -> bool:
    """Whether a fact leads to somebody."""
    said = _said(entity)
    return masked_fact(str(entity["entity"]), said) != said


def _said(entity: Mapping[str, Any]) -> str:
    name = str(entity["entity"])
    return shown(name, read([entity])[name], knowledge())


def _field(name: str, value: FactValue | None, known: Knowledge) -> FactField:
    fact = known.facts[name]
    options = tuple((choice.value, choice.title) for choice in fact.choices)
    return FactField(name, fact.name, _written(name, value), (("", "没有"), *options) if options else (), name in DAYS)


def _written(name: str, value: FactValue | None) -> str:
    """As a form hands it in."""
    if value is None:
        return ""
    if name in MONEY and isinstance(value, int):
        return yuan(value)
    return value.isoformat() if isinstance(value, date) else str(value)
