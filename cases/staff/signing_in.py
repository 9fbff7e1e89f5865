"""The way in: a password, at first an own one and a telephone, then the telephone's code."""

from enum import StrEnum

from sqlalchemy.orm import Session

from cases.audit import service as audit
from cases.models import StaffSession, StaffUser
from cases.staff import accounts, passwords, repository, second_factor


class Step(StrEnum):
    """What is asked for next in a browser in which the password was right."""

    PASSWORD = "password"  # noqa: S105  # the name of a page
    ENROL = "enrol"
    SECOND_FACTOR = "second-factor"
    DONE = "done"


def who(session: Session, name: str, password: str) -> StaffUser | None:
    """Whose name and password these are; `None` if anything about them is wrong, and nobody learns what.

    It takes as long for a name that nobody has.
    """
    staff = repository.by_name(session, name.strip().lower())
    is_right = passwords.matches(staff.password_hash if staff else None, password)
    is_open = staff is not None and staff.disabled_at is None and not accounts.one_time_is_over(session, staff)
    return staff if is_right and is_open else None


def note_failure(session: Session, name: str) -> None:
    """Somebody tried to come in by this name. If nobody has it, it is not kept: it may be a password."""
    staff = repository.by_name(session, name.strip().lower())
    if staff is not None:
        audit.note(session, None, "sign_in_failed", f"staff:{staff.name}")


def keep_up(staff: StaffUser, password: str) -> None:
    """Hash a right password anew if that is done more slowly today."""
    if passwords.is_outdated(staff.password_hash):
        staff.password_hash = passwords.hashed(password)


def step(found: StaffSession) -> Step:
    """What is asked for next in this browser."""
    if found.staff.password_is_temporary:
        return Step.PASSWORD
    if not second_factor.is_enrolled(found.staff):
        return Step.ENROL
    return Step.DONE if found.verified_at else Step.SECOND_FACTOR
