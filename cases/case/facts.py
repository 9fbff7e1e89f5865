"""The facts of a case: read from what was said, and shown to people."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cases import clock
from cases.errors import BadInput
from cases.knowledge import Knowledge
from cases.models import Case

FACTS = (
    "amount",
    "delivered_amount",
    "platform",
    "merchant",
    "product",
    "paid_at",
    "pay_channel",
    "pay_method",
    "order_no",
    "contact_attempts",
    "purpose",
    "operator",
    "operator_address",
    "refund_requested_at",
    "recovered_amount",
)
MONEY = ("amount", "delivered_amount", "recovered_amount")
DAYS = ("paid_at", "refund_requested_at")
COUNTS = ("contact_attempts",)
KIND = "dispute_kind"
MAX_NAME_CHARS = 60
MAX_COUNT = 999
MAX_FEN = 10**9
FIRST_DAY = date(2000, 1, 1)
YUAN = re.compile(r"\d{1,8}(?:\.\d{1,2})?")

FactValue = str | int | date


def read(entities: Iterable[Mapping[str, Any]]) -> dict[str, FactValue]:
    """Facts from NLU entities: money in 分, days as dates. Of several values the first counts."""
    found: dict[str, FactValue] = {}
    for entity in entities:
        name = entity["entity"]
        if name in FACTS:
            found.setdefault(name, _typed(name, entity["value"]))
    return found


def written(name: str, value: str, knowledge: Knowledge) -> FactValue:
    """A fact as a form hands it in: yuan `200.00`, an ISO date, one of the choices, a name.

    Raises `BadInput` with what would be right.
    """
    fact, text = knowledge.facts.get(name), " ".join(value.split())
    if fact is None or name not in (*FACTS, KIND) or not text:
        raise BadInput(knowledge.wording["edit_unknown"], code="fact_bad")
    if name in MONEY:
        return _fen(text, knowledge)
    if name in DAYS:
        return _day(text, knowledge)
    if name in COUNTS and not (text.isdecimal() and int(text) <= MAX_COUNT):
        raise BadInput(knowledge.wording["edit_count"], code="fact_bad")
    if fact.choices and text not in {choice.value for choice in fact.choices}:
        raise BadInput(knowledge.wording["edit_choice"], code="fact_bad")
    return _typed(name, text)


def _fen(text: str, knowledge: Knowledge) -> int:
    if not YUAN.fullmatch(text) or not 0 < (fen := int(Decimal(text) * 100)) <= MAX_FEN:
        raise BadInput(knowledge.wording["edit_money"], code="fact_bad")
    return fen


def _day(text: str, knowledge: Knowledge) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.max
    if not FIRST_DAY <= day <= clock.today():
        raise BadInput(knowledge.wording["edit_day"], code="fact_bad")
    return day


def _typed(name: str, value: Any) -> FactValue:
    if name in (*MONEY, *COUNTS):
        return int(value)
    if name in DAYS:
        return value if isinstance(value, date) else date.fromisoformat(value)
    return str(value)[:MAX_NAME_CHARS]


def known(case: Case) -> dict[str, FactValue]:
    """The facts of a case that have a value."""
    values = {name: getattr(case, name) for name in FACTS}
    return {name: value for name, value in values.items() if value is not None}


def yuan(fen: int) -> str:
    """分 as yuan with two decimals: 20000 → `200.00`."""
    return f"{fen // 100}.{fen % 100:02d}"


def shown(name: str, value: FactValue, knowledge: Knowledge) -> str:
    """A fact as people read it: `200 元`, `11月18日` (the year only if it is another), `微信`."""
    if name in MONEY:
        return f"{yuan(int(value)).removesuffix('.00')} 元"  # type: ignore[arg-type]  # money is int
    if name in COUNTS:
        return f"{value} 次"
    if isinstance(value, date):
        day = f"{value.month}月{value.day}日"
        return day if value.year == clock.today().year else f"{value.year}年{day}"
    titles = {choice.value: choice.title for choice in knowledge.facts[name].choices}
    return titles.get(str(value), str(value))


def listed(facts: Mapping[str, FactValue], knowledge: Knowledge) -> str:
    """Facts on one line: `平台 极速卡盟 · 金额 200 元`."""
    return " · ".join(f"{knowledge.facts[name].name} {shown(name, value, knowledge)}" for name, value in facts.items())
