"""The sums of `data/knowledge/amounts.yml`, worked out with a case's own figures and said in one line."""

from collections.abc import Callable, Mapping

from cases import amounts
from cases.case.facts import yuan
from cases.case.owing import owed
from cases.knowledge import Knowledge
from cases.models import Case


def worked(case: Case, amount_id: str, knowledge: Knowledge) -> str | None:
    """This amount in this case, as people read it; `None` if the case lacks a figure, or holds none of the kind.

    Interest, a membership's share and the small-claims line need a rate, days or a wage that no case has.
    """
    line = LINES.get(amount_id)
    return line(case, knowledge.wording) if line else None


def _full_refund(case: Case, wording: Mapping[str, str]) -> str | None:
    if case.amount is None:
        return None
    left = _left(case, case.amount, wording)
    return wording["figure_full_refund"].format(amount=_said(case.amount), left=left)


def _partial_refund(case: Case, wording: Mapping[str, str]) -> str | None:
    if case.amount is None or case.delivered_amount is None or case.delivered_amount > case.amount:
        return None
    due = amounts.partial_refund(case.amount, case.delivered_amount)
    return wording["figure_partial_refund"].format(
        amount=_said(case.amount),
        delivered=_said(case.delivered_amount),
        due=_said(due),
        left=_left(case, due, wording),
    )


def _triple(case: Case, wording: Mapping[str, str]) -> str | None:
    if case.amount is None:
        return None
    triple = 3 * case.amount
    line = wording["figure_triple_floored" if triple < amounts.TRIPLE_FLOOR else "figure_triple"]
    return line.format(amount=_said(case.amount), triple=_said(triple))


def _court_fee(case: Case, wording: Mapping[str, str]) -> str | None:
    claimed = owed(case)
    if claimed is None:
        return None
    fee, half = amounts.court_fee(claimed), amounts.court_fee(claimed, summary=True)
    if fee is None or half is None:
        return None
    return wording["figure_court_fee"].format(claimed=_said(claimed), fee=_said(fee), half=_said(half))


def _left(case: Case, due: int, wording: Mapping[str, str]) -> str:
    """What has come back of it already, if anything, and what has not."""
    if not case.recovered_amount:
        return ""
    left = due - case.recovered_amount
    line = wording["figure_left" if left > 0 else "figure_nothing_left"]
    return line.format(recovered=_said(case.recovered_amount), left=_said(left))


def _said(fen: int) -> str:
    return f"{yuan(fen).removesuffix('.00')}元"


LINES: Mapping[str, Callable[[Case, Mapping[str, str]], str | None]] = {
    "full_refund": _full_refund,
    "partial_refund": _partial_refund,
    "triple": _triple,
    "court_fee": _court_fee,
}
