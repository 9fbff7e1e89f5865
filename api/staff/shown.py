"""That somebody has asked to see what is hidden: good in their browser, for one conversation, for a short while.

It stands in no address that stays: only the page on the screen has it, to keep itself fresh.
"""

from api.staff.access import StaffMember
from cases import clock, signing

PURPOSE = "shown"
MINUTES = 10


def token(staff: StaffMember, public_id: str) -> str:
    """Lets a page be read again as it is shown."""
    until = str(int(clock.now().timestamp()) + MINUTES * 60)
    return f"{until}.{_signature(staff, public_id, until)}"


def is_valid(token: str, staff: StaffMember, public_id: str) -> bool:
    """Whether it is ours, theirs, of this conversation, and not too old."""
    until, _, signature = token.partition(".")
    said = (str(staff.session_id), public_id, until)
    return signing.is_signed(signature, PURPOSE, *said) and signing.has_time_left(until)


def _signature(staff: StaffMember, public_id: str, until: str) -> str:
    return signing.signature(PURPOSE, str(staff.session_id), public_id, until)
