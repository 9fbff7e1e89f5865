"""What a yes or a no to a pending question does: change of kind, second case, cancelling, a name, closing."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.case import facts as case_facts
from cases.case import service as cases_
from cases.dialogue import asking
from cases.dialogue.turn import Turn

Pending = Mapping[str, Any]


def ask_whether_new_case(turn: Turn, kind: str | None, facts: Mapping[str, case_facts.FactValue]) -> None:
    """Ask whether this is another purchase; `kind` and `facts` are what was said of it."""
    turn.confirm(
        "new_case",
        turn.word("confirm_new_case"),
        yes="是另一笔",
        no="还是原来那笔",
        kind=kind,
        facts={name: str(value) if name == "paid_at" else value for name, value in facts.items()},
    )
    turn.done = True


def accept(turn: Turn) -> None:
    """Do what was asked about."""
    _resolve(turn, ACCEPTED)


def refuse(turn: Turn) -> None:
    """Leave things as they are."""
    _resolve(turn, REFUSED)


def _resolve(turn: Turn, effects: Mapping[str, Callable[[Turn, Pending], None]]) -> None:
    name = turn.asked("confirm")
    pending = turn.conversation.pending
    turn.conversation.pending = {}
    turn.conversation.asked = None
    turn.conversation.offered = []
    if name is not None:
        effects.get(name, _unchanged)(turn, pending)


def _change_kind(turn: Turn, pending: Pending) -> None:
    case = turn.open_case()
    cases_.set_kind(turn.session, case, pending["kind"], pending.get("subkind"))
    turn.remark("kind_changed", kind=turn.knowledge.kinds[pending["kind"]].name)


def _new_case(turn: Turn, pending: Pending) -> None:
    case = cases_.open_case(turn.session, turn.person)
    turn.turn_to(case)
    if pending.get("kind") in turn.knowledge.kinds:
        cases_.set_kind(turn.session, case, pending["kind"])
    elif pending.get("kind"):
        cases_.set_track(turn.session, case, pending["kind"])
    facts = _facts(pending)
    cases_.set_facts(turn.session, case, facts)
    turn.remark("new_case_opened", number=case.number)
    if facts:
        turn.remark("facts_noted", facts=turn.listed(facts))


def _same_case(turn: Turn, pending: Pending) -> None:
    """Not another purchase after all: what was said belongs to this one."""
    facts = _facts(pending)
    if facts:
        turn.remark("facts_changed", facts=turn.listed(cases_.set_facts(turn.session, turn.open_case(), facts)))
    else:
        turn.remark("unchanged")


def _facts(pending: Pending) -> dict[str, case_facts.FactValue]:
    said = pending.get("facts", {})
    return case_facts.read({"entity": name, "value": value} for name, value in said.items())


def _cancel(turn: Turn, _pending: Pending) -> None:
    if turn.case is not None:
        number = turn.case.number
        cases_.close(turn.session, turn.case, "cancelled")
        turn.remark("cancelled", number=number)
    asking.offer_other_cases(turn)
    turn.done = True


def _close_refunded(turn: Turn, _pending: Pending) -> None:
    if turn.case is not None:
        cases_.close(turn.session, turn.case, "refunded")
    turn.remark("closed_refunded")
    asking.offer_other_cases(turn)
    turn.done = True


def _take_name(turn: Turn, pending: Pending) -> None:
    case = turn.open_case()
    facts: dict[str, case_facts.FactValue] = {pending["fact"]: pending["value"]}
    cases_.set_facts(turn.session, case, facts)
    turn.remark("facts_noted", facts=turn.listed(facts))


def _ask_name_again(turn: Turn, pending: Pending) -> None:
    turn.conversation.asked = f"fact.{pending['fact']}"
    asking.missed(turn)


def _unchanged(turn: Turn, _pending: Pending) -> None:
    turn.remark("unchanged")


ACCEPTED: Mapping[str, Callable[[Turn, Pending], None]] = {
    "change_kind": _change_kind,
    "new_case": _new_case,
    "cancel": _cancel,
    "name": _take_name,
    "close_refunded": _close_refunded,
}
REFUSED: Mapping[str, Callable[[Turn, Pending], None]] = {"name": _ask_name_again, "new_case": _same_case}
