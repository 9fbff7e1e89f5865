"""What of a conversation staff see before they ask for all of it: no numbers and names that lead to somebody."""

import re

from cases.documents.masking import ACCOUNT, mask_numbers, mask_person
from cases.models import Case

# An order's or a card's number, whatever letters stand in it; a day is none.
NUMBER = re.compile(
    r"(?<![A-Za-z\d-])(?!\d{4}-\d\d?-\d\d?(?![A-Za-z\d-]))(?=(?:[A-Za-z-]*\d){8})[A-Za-z\d-]*([A-Za-z\d]{4})(?![A-Za-z\d])"
)
NAMES = ("merchant", "operator")
NUMBERS = ("order_no",)
PLACES = ("operator_address",)


def masked(text: str, case: Case | None = None) -> str:
    """A text with long numbers but for their last four places, accounts, and what its case calls a person's name."""
    for name in (getattr(case, field) for field in NAMES) if case else ():
        if name and (hidden := mask_person(name)) != name:
            text = text.replace(name, hidden)
    return NUMBER.sub(r"****\1", ACCOUNT.sub(r"\1****", mask_numbers(text)))


def masked_fact(name: str, shown: str) -> str:
    """A fact of a case as it is shown: an order's number by its end, a person by their surname."""
    if name in NAMES:
        return masked(mask_person(shown))
    if name in NUMBERS:
        return f"****{shown[-4:]}" if len(shown) > 4 else "****"
    return masked(shown)
