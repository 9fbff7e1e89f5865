"""The facts of a case as JSON: as they are shown, and as they are edited."""

from datetime import date

from pydantic import BaseModel

from cases.case.facts import COUNTS, DAYS, MONEY, FactValue, shown, yuan
from cases.dialogue.summary import kind_name
from cases.knowledge.schema import Fact
from cases.planner import Planner

KIND = "dispute_kind"


class ChoiceView(BaseModel):
    """One of the values a fact can have."""

    value: str
    title: str


class FactView(BaseModel):
    """A fact. `value` is what an edit of it starts from and sends: yuan `200.00`, an ISO date, a choice, or words.

    `value` and `shown` are empty while it is not known. `kind` is money, date, count, choice or text.
    """

    id: str
    name: str
    value: str
    shown: str
    editable: bool = True
    choices: list[ChoiceView]
    kind: str


def views(planner: Planner) -> list[FactView]:
    """The facts that this case is about: what is known, and what its intake asks for."""
    told = {KIND} if _kind(planner) else set()
    relevant = {*planner.facts, *planner.missing_facts(), *planner.case.unknown, *told}
    return [_view(fact, planner) for id_, fact in planner.knowledge.facts.items() if id_ in relevant]


def _view(fact: Fact, planner: Planner) -> FactView:
    value = planner.facts.get(fact.id)
    said = "" if value is None else shown(fact.id, value, planner.knowledge)
    is_kind = fact.id == KIND and _kind(planner) is not None
    return FactView(
        id=fact.id,
        name=fact.name,
        value=_kind(planner) or "" if fact.id == KIND else _edited(fact.id, value),
        shown=kind_name(planner.case, planner.knowledge) if is_kind else said,
        choices=[ChoiceView(value=choice.value, title=choice.title) for choice in fact.choices],
        kind=_kind_of(fact),
    )


def _kind(planner: Planner) -> str | None:
    """The dispute; a case may be only on a track."""
    return planner.case.dispute_kind or planner.case.track


def _edited(fact: str, value: FactValue | None) -> str:
    if value is None:
        return ""
    if fact in MONEY and isinstance(value, int):
        return yuan(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind_of(fact: Fact) -> str:
    if fact.choices:
        return "choice"
    kinds = {"money": MONEY, "date": DAYS, "count": COUNTS}
    return next((kind for kind, facts in kinds.items() if fact.id in facts), "text")
