"""The one set of facts that every document of a case is made from, in the words documents use."""

from datetime import date, datetime

from jinja2 import Template

from cases import clock, deadlines
from cases.case.facts import known, yuan
from cases.knowledge import Knowledge
from cases.knowledge.schema import Rung
from cases.models import Case, EvidenceState
from cases.planner import UNCLEAR_KIND, Planner

FactBase = dict[str, str | list[str]]


def fact_base(case: Case, rung: Rung, knowledge: Knowledge) -> FactBase:
    """What the letter of `rung` may say about `case`. An unknown fact is the empty string."""
    facts = known(case)
    planner = Planner(case, knowledge)
    names = {name: str(value) for name, value in facts.items() if isinstance(value, str)}
    return {
        **dict.fromkeys(("platform", "merchant", "product", "order_no", "pay_method"), ""),
        **names,
        "amount": _money(facts.get("amount")),
        "delivered_amount": _money(facts.get("delivered_amount")),
        "contact_attempts": str(facts.get("contact_attempts", "")),
        "paid_at": chinese_date(case.paid_at) if case.paid_at else "",
        "pay_channel": _title("pay_channel", case.pay_channel, knowledge),
        "case_number": case.number,
        "evidence": [
            knowledge.evidence[item.requirement_id].name
            for item in case.evidence
            if item.state == EvidenceState.PROVIDED
        ],
        "missing": [
            knowledge.evidence[id_].name
            for id_ in planner.gaps()
            if planner.state_of(id_) != EvidenceState.UNAVAILABLE  # it is not coming, so do not announce it
        ],
        **_dispute(case, knowledge),
        **_dates(rung),
    }


def chinese_date(day: date) -> str:
    """`2026年11月18日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def claim(case: Case, knowledge: Knowledge) -> str:
    """What the person asks for: one sentence, with the amount if it is known."""
    kind = knowledge.kinds[case.dispute_kind or UNCLEAR_KIND]
    entry = knowledge.tracks.get(case.track or "") or kind
    rendered: str = Template(entry.claim).render(amount=_money(case.amount))
    return rendered


def _dispute(case: Case, knowledge: Knowledge) -> FactBase:
    entry = knowledge.kinds.get(case.dispute_kind or "") or knowledge.tracks.get(case.track or "")
    others = [knowledge.kinds[grievance].written for grievance in case.also]
    subkinds = {subkind.id: subkind.name for subkind in entry.subkinds} if entry else {}
    return {
        "kind": "；".join([entry.written, *others]) if entry else "",
        "subkind_name": subkinds.get(case.subkind or "", ""),
        "claim": claim(case, knowledge),
    }


def _dates(rung: Rung) -> FactBase:
    now = clock.now()
    due = deadlines.deadline(now, rung.due).at if rung.due else None
    return {"today": _chinese_day(now), "reply_by": _chinese_day(due) if due else ""}


def _chinese_day(moment: datetime) -> str:
    return chinese_date(moment.astimezone(clock.SHANGHAI).date())


def _money(fen: object) -> str:
    return yuan(fen) if isinstance(fen, int) else ""


def _title(fact: str, value: str | None, knowledge: Knowledge) -> str:
    titles = {choice.value: choice.title for choice in knowledge.facts[fact].choices}
    return titles.get(value or "", "")
