"""Codes for the day the telephone is gone: ten, shown once, each good once.

Of 49 bits each, they are hashed as slowly as passwords (OWASP ASVS 5.0, 6.5.2). Ten take half a second: `new` and
`find` are for before a transaction, `keep` and `use` for within.
"""

import secrets
import unicodedata
from collections.abc import Sequence

from cases.models import StaffUser
from cases.models.base import PUBLIC_ALPHABET
from cases.staff import passwords

CODES = 10
HALF_CHARS = 5


def new() -> tuple[list[str], list[str]]:
    """Ten codes, to be shown now and never again, and what is kept of them."""
    codes = [f"{_half()}-{_half()}" for _ in range(CODES)]
    return codes, [passwords.hashed(_bare(code)) for code in codes]


def keep(staff: StaffUser, kept: Sequence[str]) -> None:
    """These are theirs from now on; the old ones are good no more."""
    staff.recovery_hashes = list(kept)


def find(staff: StaffUser, code: str) -> str | None:
    """What is kept of this code, if it is one of those that are left."""
    if not looks_like_one(code):
        return None
    return next((kept for kept in staff.recovery_hashes if passwords.matches(kept, _bare(code))), None)


def use(staff: StaffUser, kept: str) -> bool:
    """Use up the code of which this is kept; not if somebody else just did."""
    if kept not in staff.recovery_hashes:
        return False
    staff.recovery_hashes = [other for other in staff.recovery_hashes if other != kept]
    return True


def looks_like_one(code: str) -> bool:
    """Whether somebody may mean one of these, and not a code of the telephone."""
    return len(_bare(code)) == 2 * HALF_CHARS


def _half() -> str:
    return "".join(secrets.choice(PUBLIC_ALPHABET) for _ in range(HALF_CHARS))


def _bare(code: str) -> str:
    """However it was typed: without the dash, in small letters, with blanks, on a Chinese keyboard."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", code).upper()))
