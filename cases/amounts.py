"""What money comes to: refunds, damages, interest and fees. Pure; money is int 分, and results are rounded 四舍五入.

What each amount needs, and when it is not to be had, stands in `data/knowledge/amounts.yml`.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

TRIPLE_FLOOR = 50_000
COURT_FEE = 5_000
COURT_FEE_CEILING = 1_000_000
DAYS_A_YEAR = 365

SmallClaims = Literal["mandatory", "by_agreement", "no"]


def partial_refund(amount: int, delivered: int) -> int:
    """What was paid for and never came. Raises `ValueError` unless 0 ≤ delivered ≤ amount."""
    _check(0 <= delivered <= amount, "delivered is not between nothing and the amount")
    return amount - delivered


def prorata_membership(paid: int, total_days: int, remaining_days: int) -> int:
    """The share of `paid` for the days that are left (法释〔2025〕4号 22).

    Raises `ValueError` unless 0 ≤ remaining_days ≤ total_days and there are any days.
    """
    _check(paid >= 0 and 0 <= remaining_days <= total_days and total_days > 0, "there are not so many days")
    return _rounded(Decimal(paid * remaining_days) / total_days)


def triple(price: int) -> int:
    """The damages for fraud, beside the price itself: three times the price, at least 500 yuan (消法 55)."""
    _check(price >= 0, "a price is not negative")
    return max(3 * price, TRIPLE_FLOOR)


def lpr_interest(amount: int, annual_rate: Decimal, days: int) -> int:
    """Simple interest for `days` at the yearly rate (`Decimal("0.03")` is 3%), which is the LPR as then published."""
    _check(amount >= 0 and annual_rate >= 0 and days >= 0, "interest does not run backwards")
    return _rounded(amount * annual_rate * days / DAYS_A_YEAR)


def court_fee(amount: int, *, summary: bool = False) -> int | None:
    """The fee of a claim of up to 10,000 yuan, half of it in summary procedure (诉讼费用交纳办法 13, 16).

    `None` above that, where no fee is given in our sources.
    """
    _check(amount >= 0, "a claim is not negative")
    if amount > COURT_FEE_CEILING:
        return None
    return COURT_FEE // 2 if summary else COURT_FEE


def small_claims(amount: int, annual_wage: int) -> SmallClaims:
    """Whether a claim goes to the small-claims procedure (民诉法 165).

    Up to half of the province's average yearly wage of the year before it must, up to twice that wage the parties may
    agree on it. Both in 分.
    """
    _check(amount >= 0 and annual_wage > 0, "neither claims nor wages are negative")
    if 2 * amount <= annual_wage:
        return "mandatory"
    return "by_agreement" if amount <= 2 * annual_wage else "no"


def _rounded(fen: Decimal) -> int:
    return int(fen.quantize(Decimal(1), ROUND_HALF_UP))


def _check(holds: bool, fault: str) -> None:
    if not holds:
        raise ValueError(fault)
