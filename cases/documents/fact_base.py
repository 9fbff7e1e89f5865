"""The one set of facts that every document of a case is made from, in the words documents use."""

from datetime import date, datetime, time

from cases import clock, deadlines
from cases.case.facts import yuan
from cases.case.owing import owed
from cases.documents import past, templates
from cases.documents.cause import is_service
from cases.documents.exhibits import Exhibit, exhibits
from cases.documents.masking import mask_numbers, mask_person, tail
from cases.evidence.plan import EvidenceNeeds
from cases.knowledge import Knowledge
from cases.knowledge.schema import DocumentKind
from cases.models import Case, EvidenceState

FactBase = dict[str, str | bool | list[str] | list[Exhibit]]
"""An unknown fact is the empty string."""

NAMES = ("platform", "merchant", "product", "operator", "operator_address")
MONEY = ("amount", "delivered_amount", "recovered_amount")
DATES = ("paid_at", "refund_requested_at")
OF_THE_DAY = ("today", "reply_by", "waited_days")
"""What changes with the calendar alone."""

DEEMED_REFUSAL = "d_deemed_refusal"


def fact_base(case: Case, kind: DocumentKind, knowledge: Knowledge) -> FactBase:
    """What the document may say about `case`."""
    return {
        "case_number": case.number,
        "contact_attempts": str(case.contact_attempts or ""),
        "evidence": [exhibit["name"] for exhibit in exhibits(case, knowledge)],
        "exhibits": exhibits(case, knowledge),
        "missing": _missing(case, knowledge),
        "past": past.past(case, kind, knowledge),
        "docket_no": _docket_no(case),
        **_names(case),
        **_dispute(case, knowledge),
        **_situation(case),
        **_money(case),
        **_dates(case, kind, knowledge),
        "claim": claim(case, knowledge),
    }


def claim(case: Case, knowledge: Knowledge) -> str:
    """What the person asks for: one sentence, with the sum if it is known."""
    return templates.render("parts/claim.j2", {**_dispute(case, knowledge), **_situation(case), **_money(case)})


def _names(case: Case) -> FactBase:
    said = {name: _line(getattr(case, name)) for name in NAMES}
    shown = {name: mask_numbers(value) for name, value in said.items()}
    order_no = _line(case.order_no)
    return {
        **shown,
        "is_masked": shown != said,
        "addressee": shown["operator"] or shown["merchant"] or shown["platform"],
        "merchant_public": mask_person(shown["merchant"]),
        "order_no": order_no,
        "order_tail": tail(order_no),
    }


def _line(value: str | None) -> str:
    # One line and no bar, which the layout is read from; and nothing unprintable, which a Word file must not hold.
    words = (value or "").replace("｜", "|").split()
    return " ".join("".join(filter(str.isprintable, word)) for word in words)


def _dispute(case: Case, knowledge: Knowledge) -> FactBase:
    entry = knowledge.grievances.get(case.dispute_kind or case.track or "")
    others = [knowledge.kinds[grievance].written for grievance in case.also]
    subkinds = {subkind.id: subkind.name for subkind in entry.subkinds} if entry else {}
    return {
        "kind_id": case.dispute_kind or "",
        "track": case.track or "",
        "kind": "；".join([entry.written, *others]) if entry else "",
        "subkind_name": subkinds.get(case.subkind or "", ""),
        "pay_channel": _title("pay_channel", case.pay_channel, knowledge),
        "pay_method": case.pay_method or "",
        "payee": _title("pay_method", case.pay_method, knowledge),
        "purpose": case.purpose or "",
    }


def _situation(case: Case) -> FactBase:
    """What changes the law that a document may lean on, or how it tells the story."""
    return {
        "is_consumer": "p_reseller" not in case.flags and case.purpose != "resale",
        "is_minor": "p_minor" in case.flags,
        "is_illegal": "p_illegal_goods" in case.flags,
        "is_unauthorized": "p_unauthorized" in case.flags,
        "asks_more": "p_second_fee" in case.flags,
        "is_service": is_service(case),
    }


def _money(case: Case) -> FactBase:
    sums = {name: getattr(case, name) for name in MONEY} | {"owed": owed(case)}
    return {name: "" if fen is None else yuan(fen) for name, fen in sums.items()}


def _dates(case: Case, kind: DocumentKind, knowledge: Knowledge) -> FactBase:
    asked = past.asked_at(case)
    said = {name: getattr(case, name) for name in DATES} | {"asked_at": asked}
    return {
        **{name: past.chinese_date(day) if day else "" for name, day in said.items()},
        "is_past_15_days": asked is not None and _is_deemed_refused(asked, knowledge),
        "waited_days": str((clock.today() - asked).days) if asked else "",
        "today": past.chinese_date(clock.today()),
        "reply_by": _reply_by(kind, knowledge),
    }


def _is_deemed_refused(asked: date, knowledge: Knowledge) -> bool:
    """Whether a refund asked for that day is overdue so long that it counts as refused (处罚办法 8, 10)."""
    start = datetime.combine(asked, time.min, clock.SHANGHAI)
    return clock.now() > deadlines.deadline(start, knowledge.deadlines[DEEMED_REFUSAL]).at


def _reply_by(kind: DocumentKind, knowledge: Knowledge) -> str:
    """The day that the document sets the other side: the period of its step that runs for everybody."""
    rung = knowledge.rungs.get(kind.rung or "")
    rule = next((choice.deadline for choice in rung.due if not choice.when), None) if rung else None
    if rule is None:
        return ""
    due = deadlines.deadline(clock.now(), knowledge.deadlines[rule])
    return past.chinese_date(due.at.astimezone(clock.SHANGHAI).date())


def _missing(case: Case, knowledge: Knowledge) -> list[str]:
    """Required evidence that may still come; what is not to be had is not announced."""
    gone = {item.requirement_id for item in case.evidence if item.state == EvidenceState.UNAVAILABLE}
    return [knowledge.evidence[id_].name for id_ in EvidenceNeeds(case, knowledge).gaps() if id_ not in gone]


def _docket_no(case: Case) -> str:
    numbers = [step.reference_no for step in case.steps if step.rung_id == "L10_court" and step.reference_no]
    return numbers[-1] if numbers else ""


def _title(fact: str, value: str | None, knowledge: Knowledge) -> str:
    titles = {choice.value: choice.title for choice in knowledge.facts[fact].choices}
    return titles.get(value or "", "")
