"""The sums of `data/knowledge/amounts.yml`, worked out with a case's own figures and said in one line."""

from collections.abc import Callable, Mapping

from cases import amounts
from cases.case.facts import yuan
from cases.case.owing import owed
from cases.models import Case


def worked(case: Case, amount_id: str) -> str | None:
    """This amount in this case, as people read it; `None` if the case lacks a figure, or holds none of the kind.

    Interest, a membership's share and the small-claims line need a rate, days or a wage that no case has.
    """
    line = LINES.get(amount_id)
    return line(case) if line else None


def _full_refund(case: Case) -> str | None:
    if case.amount is None:
        return None
    return f"按你付的{_said(case.amount)}算：全退就是{_said(case.amount)}{_still_open(case, case.amount)}。"


def _partial_refund(case: Case) -> str | None:
    if case.amount is None or case.delivered_amount is None or case.delivered_amount > case.amount:
        return None
    due = amounts.partial_refund(case.amount, case.delivered_amount)
    figures = f"你付的{_said(case.amount)}、到手的{_said(case.delivered_amount)}"
    return f"按{figures}算：差的是{_said(due)}{_still_open(case, due)}。"


def _triple(case: Case) -> str | None:
    if case.amount is None:
        return None
    floored = "，不到500元的按500元" if 3 * case.amount < amounts.TRIPLE_FLOOR else ""
    return f"按你付的{_said(case.amount)}算：3倍是{_said(3 * case.amount)}{floored}。"


def _court_fee(case: Case) -> str | None:
    claimed = owed(case)
    if claimed is None:
        return None
    fee, half = amounts.court_fee(claimed), amounts.court_fee(claimed, summary=True)
    if fee is None or half is None:
        return None
    return f"按你要的{_said(claimed)}算：受理费{_said(fee)}，简易程序减半是{_said(half)}。"


def _still_open(case: Case, due: int) -> str:
    if not case.recovered_amount:
        return ""
    left = due - case.recovered_amount
    return f"，已经退回{_said(case.recovered_amount)}，{f'还差{_said(left)}' if left > 0 else '不差了'}"


def _said(fen: int) -> str:
    return f"{yuan(fen).removesuffix('.00')}元"


LINES: Mapping[str, Callable[[Case], str | None]] = {
    "full_refund": _full_refund,
    "partial_refund": _partial_refund,
    "triple": _triple,
    "court_fee": _court_fee,
}
