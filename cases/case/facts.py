"""The facts of a case: read from what was said, and shown to people."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cases import clock
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
MAX_NAME_CHARS = 60

FactValue = str | int | date


def read(entities: Iterable[Mapping[str, Any]]) -> dict[str, FactValue]:
    """Facts from NLU entities: money in 分, days as dates. Of several values the first counts."""
    found: dict[str, FactValue] = {}
    for entity in entities:
        name = entity["entity"]
        if name in FACTS:
            found.setdefault(name, _typed(name, entity["value"]))
    return found


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
