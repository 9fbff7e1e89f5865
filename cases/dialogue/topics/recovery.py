"""Money that has come back, a part at a time."""

import re

from cases.case import service as cases_
from cases.case.facts import shown
from cases.case.owing import owed
from cases.dialogue import asking
from cases.dialogue.turn import Turn
from cases.models import Case

FACT = "recovered_amount"
TOTAL = re.compile(r"一共|总共|共退|合计|加起来|累计|前前后后|总的")
AGAIN = re.compile(r"又|再|另外|还退|后来|第二")


def comes_to_all(turn: Turn, case: Case) -> bool | None:
    """Whether what the message says came back is all that is claimed; `None` if that cannot be said."""
    returned = turn.understood.returned
    left = owed(case)
    if returned is None or left is None:
        return None
    return _total(turn, case, returned) - (case.recovered_amount or 0) >= left


def take(turn: Turn, case: Case, returned: int | None) -> None:
    """Add up a part that came back, or ask how much it was."""
    if "returned" in turn.taken:
        return
    if returned is None:
        _ask_how_much(turn, case)
    elif is_told_before(turn, case):
        ask_whether_again(turn, case, returned)
    else:
        note(turn, case, _total(turn, case, returned))


def is_told_before(turn: Turn, case: Case) -> bool:
    """Whether the very sum that has come back is told once more: perhaps another, perhaps the same."""
    returned = turn.understood.returned
    return (
        returned is not None
        and returned == case.recovered_amount
        and turn.asked("fact") != FACT
        and not AGAIN.search(turn.understood.text)
    )


def note(turn: Turn, case: Case, total: int) -> None:
    """So much has come back in all."""
    turn.taken.add("returned")
    if turn.asked("fact") == FACT:
        turn.conversation.asked = None
    turn.remark("facts_noted", facts=turn.listed(cases_.set_facts(turn.session, case, {FACT: total}) or {FACT: total}))
    if left := owed(case):
        turn.remark("part_left", left=shown(FACT, left, turn.knowledge))


def _total(turn: Turn, case: Case, returned: int) -> int:
    """What has come back in all: a second part is added, unless it is said to be the sum or could not be a part."""
    before = case.recovered_amount or 0
    if TOTAL.search(turn.understood.text) or turn.understood.intent == "correct":
        return returned
    is_too_much = case.amount is not None and before + returned > case.amount
    return returned if is_too_much and returned > before else before + returned


def _ask_how_much(turn: Turn, case: Case) -> None:
    before = case.recovered_amount
    if before:
        said = shown(FACT, before, turn.knowledge)
        turn.ask(f"fact.{FACT}", turn.word("part_how_much", before=said), [turn.button("unknown")])
    else:
        asking.ask_fact(turn, FACT)
    turn.done = True


def ask_whether_again(turn: Turn, case: Case, returned: int) -> None:
    """Add nothing up before it is clear that it came twice."""
    turn.taken.add("returned")
    said = shown(FACT, returned, turn.knowledge)
    turn.confirm(
        "part_again",
        turn.word("confirm_part_again", part=said),
        {"total": (case.recovered_amount or 0) + returned},
    )
    turn.done = True
