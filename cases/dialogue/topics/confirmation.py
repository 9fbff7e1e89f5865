"""What a yes or a no to a pending question does: change of kind, second case, cancelling, a name, closing."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.case import facts as case_facts
from cases.case import service as cases_
from cases.dialogue import asking
from cases.dialogue.topics import closing, joining, recovery
from cases.dialogue.turn import Turn
from cases.models import Case

Pending = Mapping[str, Any]


def ask_whether_new_case(turn: Turn, kind: str | None, facts: Mapping[str, case_facts.FactValue]) -> None:
    """Ask whether this is another purchase; `kind` and `facts` are what was said of it."""
    turn.confirm(
        "new_case",
        turn.word("confirm_new_case"),
        {
            "kind": kind,
            "returned": turn.understood.returned,
            "facts": {name: str(value) if name in case_facts.DAYS else value for name, value in facts.items()},
        },
    )
    turn.done = True


def accept(turn: Turn) -> None:
    """Do what was asked about."""
    _resolve(turn, ACCEPTED)


def refuse(turn: Turn) -> None:
    """Leave things as they are."""
    _resolve(turn, REFUSED)


def settle_reopening(turn: Turn) -> None:
    """Who goes on telling instead of saying whether it is the closed case has said it by what they tell."""
    case = closing.closed_case(turn)
    if turn.asked("confirm") == "reopen" and case is not None:
        is_same = closing.may_be(turn, case, turn.understood.facts)
        (accept if is_same else refuse)(turn)


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
    turn.remark("new_case_opened", number=case.number)
    _take_grievance(turn, case, pending.get("kind"))
    _take_facts(turn, case, pending)


def _reopen(turn: Turn, pending: Pending) -> None:
    case = closing.closed_case(turn)
    if case is not None:
        closing.reopen(turn, case, pending.get("returned"))
        _take_grievance(turn, case, pending.get("kind"))
        _take_facts(turn, case, {**pending, "returned": None})


def _take_grievance(turn: Turn, case: Case, grievance: str | None) -> None:
    if grievance in turn.knowledge.tracks:
        cases_.set_track(turn.session, case, str(grievance))
    elif grievance is not None and case.dispute_kind is None:
        cases_.set_kind(turn.session, case, grievance)
    elif grievance is not None:
        cases_.add_grievance(turn.session, case, grievance)


def _take_facts(turn: Turn, case: Case, pending: Pending) -> None:
    if facts := cases_.set_facts(turn.session, case, _facts(pending)):
        turn.remark("facts_noted", facts=turn.listed(facts))
    if pending.get("returned") is not None:
        recovery.note(turn, case, pending["returned"])


def _part_again(turn: Turn, pending: Pending) -> None:
    case = turn.open_case()
    recovery.note(turn, case, pending["total"])
    closing.ask_if_all(turn, case)


def _same_case(turn: Turn, pending: Pending) -> None:
    """Not another purchase after all: what was said belongs to this one."""
    case = turn.open_case()
    if changed := cases_.set_facts(turn.session, case, _facts(pending)):
        turn.remark("facts_changed", facts=turn.listed(changed))
    else:
        turn.remark("unchanged")
    if pending.get("returned") is not None:
        recovery.take(turn, case, pending["returned"])


def _facts(pending: Pending) -> dict[str, case_facts.FactValue]:
    said = pending.get("facts", {})
    return case_facts.read({"entity": name, "value": value} for name, value in said.items())


def _cancel(turn: Turn, _pending: Pending) -> None:
    closing.cancel(turn)


def _close_refunded(turn: Turn, pending: Pending) -> None:
    closing.close_refunded(turn, pending.get("rung"))


def _close_replaced(turn: Turn, _pending: Pending) -> None:
    closing.close_replaced(turn)


def _still_broken(turn: Turn, _pending: Pending) -> None:
    turn.remark("still_broken")


def _take_reading(turn: Turn, pending: Pending) -> None:
    if facts := cases_.set_facts(turn.session, turn.open_case(), _facts(pending)):
        turn.remark("reading_taken", facts=turn.listed(facts))


def _leave_reading(turn: Turn, _pending: Pending) -> None:
    turn.remark("reading_left")


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
    "close_replaced": _close_replaced,
    "part_again": _part_again,
    "reading": _take_reading,
    "reopen": _reopen,
    "join": joining.accept,
}
REFUSED: Mapping[str, Callable[[Turn, Pending], None]] = {
    "name": _ask_name_again,
    "new_case": _same_case,
    "close_replaced": _still_broken,
    "reading": _leave_reading,
    "reopen": _new_case,
    "join": joining.decline,
}
