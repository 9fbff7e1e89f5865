"""Replies kept ready, with the facts of a case filled in; what is not known stays a gap that must be filled first."""

import re
from collections.abc import Mapping
from string import Formatter

from cases.case.facts import known as known_facts
from cases.case.facts import shown
from cases.clock import SHANGHAI
from cases.dialogue.summary import kind_name
from cases.documents.masking import mask_person, tail
from cases.knowledge import Knowledge
from cases.knowledge.schema import CannedReply
from cases.models import Case

GAP = re.compile(r"【[^【】\n]{1,20}？】")


def filled(reply: CannedReply, case: Case | None, staff: str, knowledge: Knowledge) -> str:
    """A reply as it can be sent, but for gaps such as `【订单号？】`. `staff` is the name that people see."""
    values = {"staff": staff, **(_of_case(case, knowledge) if case else {})}
    names = {name for _, name, _, _ in Formatter().parse(reply.text) if name}
    return reply.text.format(**{name: values.get(name) or _gap(name, knowledge) for name in names})


def gap_in(text: str) -> str | None:
    """The first gap in a text."""
    found = GAP.search(text)
    return found[0] if found else None


def _of_case(case: Case, knowledge: Knowledge) -> Mapping[str, str]:
    facts = {name: _told(name, shown(name, value, knowledge)) for name, value in known_facts(case).items()}
    due = case.due_at.astimezone(SHANGHAI).date() if case.due_at else None
    return {
        **facts,
        "number": case.number,
        "kind": kind_name(case, knowledge),
        "due": shown("due", due, knowledge) if due else "",
    }


def _told(name: str, said: str) -> str:
    """A fact as it is repeated to the person: the end of a number is enough, and staff need not see more for it."""
    if name == "order_no":
        return tail(said)
    return mask_person(said) if name in ("merchant", "operator") else said


def _gap(name: str, knowledge: Knowledge) -> str:
    called = {"number": "案子编号", "kind": "遇到的问题", "due": "到期日"}
    return f"【{called.get(name) or knowledge.facts[name].name}？】"
