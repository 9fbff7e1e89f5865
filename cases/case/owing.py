"""What is still owed in a case, in 分."""

from cases import amounts
from cases.models import Case


def owed(case: Case) -> int | None:
    """What the documents claim: paid, less what has come back. `None` while it cannot be said.

    Where the goods came but less than agreed, it is only what is missing, and that takes the delivered amount; on the
    track of a late refund, without that amount, it is the price.
    """
    is_short = case.dispute_kind == "not_as_described"
    if not is_short or (case.track and case.delivered_amount is None):
        return case.claim_amount
    if case.amount is None or case.delivered_amount is None or case.delivered_amount >= case.amount:
        return None
    return max(0, amounts.partial_refund(case.amount, case.delivered_amount) - (case.recovered_amount or 0))
