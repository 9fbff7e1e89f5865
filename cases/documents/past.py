"""What has been tried already, as documents tell it."""

from datetime import date, datetime
from operator import itemgetter

from cases import clock
from cases.knowledge import Knowledge
from cases.knowledge.schema import DocumentKind
from cases.models import Case, Step

# Asking the seller is what the line of 15 days runs from where nobody promised a refund before.
DEMAND = "L2_demand"
OWN_BUSINESS = ("L0_stop_loss", "L1_evidence", "CLOSE_WATCH")


def chinese_date(day: date) -> str:
    """`2026年11月18日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def past(case: Case, kind: DocumentKind, knowledge: Knowledge) -> list[str]:
    """One line for every step taken before this document was sent, in order of time."""
    own = [step for step in case.steps if step.rung_id == kind.rung]
    sent = own[-1].submitted_at if own else None
    before = [(at, step) for at, step in _taken(case) if step.rung_id not in OWN_BUSINESS and (not sent or at < sent)]
    return [_line(at, step, knowledge) for at, step in before]


def asked_at(case: Case) -> date | None:
    """The day the refund was requested or promised for, as said by the person or by the demand they sent."""
    sent = [_day(at) for at, step in _taken(case) if step.rung_id == DEMAND]
    return case.refund_requested_at or min(sent, default=None)


def _taken(case: Case) -> list[tuple[datetime, Step]]:
    taken = [(step.submitted_at, step) for step in case.steps if step.submitted_at]
    return sorted(taken, key=itemgetter(0))


def _line(at: datetime, step: Step, knowledge: Knowledge) -> str:
    number = f"（编号{step.reference_no}）" if step.reference_no else ""
    ended = knowledge.outcomes.get(step.outcome or "")  # none of a rung that is done when it is taken
    outcome = f"，结果：{ended.title}" if ended else ""
    return f"{chinese_date(_day(at))}，{knowledge.rungs[step.rung_id].name}{number}{outcome}。"


def _day(at: datetime) -> date:
    return at.astimezone(clock.SHANGHAI).date()
