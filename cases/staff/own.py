"""What members of staff do with their own account: their password, their telephone, their codes."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from cases.audit import service as audit
from cases.errors import BadInput
from cases.models import StaffSession, StaffUser
from cases.staff import passwords, recovery, second_factor, sessions


def judge(staff: StaffUser, new: str) -> str:
    """What will be kept of a new password. Slow: for before a transaction. Raises `BadInput` for a bad one."""
    passwords.check(new, staff.name, staff.display_name)
    if passwords.matches(staff.password_hash, new):
        raise BadInput("新密码和现在的一样，请换一个。", code="password_same")
    return passwords.hashed(new)


def set_password(session: Session, found: StaffSession, kept: str) -> str:
    """Their own password, as `judge` gave it. It ends their other browsers; returns this one's new token."""
    staff = found.staff
    staff.password_hash, staff.password_is_temporary = kept, False
    second_factor.enrol(staff)
    sessions.end_all(session, staff, but=found)
    _note(session, staff, "change_password")
    return sessions.renew(found)


def enrol(session: Session, found: StaffSession, code: str) -> str:
    """Their telephone shows that it has the secret: this browser's new token. Raises `BadInput` for a wrong code."""
    staff = _held(session, found.staff)
    if not second_factor.accept(staff, code):
        raise BadInput("这 6 位数字不对，看看手机时间准不准，再试一次。", code="code_wrong")
    _note(session, staff, "enrol")
    return sessions.verify(found)


def prove(session: Session, staff: StaffUser, code: str) -> None:
    """Whoever sits there has the telephone. Raises `BadInput` for a wrong code."""
    if not second_factor.accept(_held(session, staff), code):
        raise BadInput("这 6 位数字不对，或者已经用过，等下一组再试。", code="code_wrong")


def keep_recovery(session: Session, staff: StaffUser, kept: Sequence[str]) -> None:
    """Other codes on paper, as `recovery.new` gave them."""
    recovery.keep(staff, kept)
    _note(session, staff, "renew_recovery")


def pass_second_factor(session: Session, found: StaffSession, code: str, kept: str | None) -> str | None:
    """This browser's new token if it is a right code; `None` if not.

    `kept` is what `recovery.find` has found of it, if it is one on paper.
    """
    staff = _held(session, found.staff)
    is_right = recovery.use(staff, kept) if kept else second_factor.accept(staff, code)
    if not is_right:
        _note(session, staff, "second_factor_wrong")
        return None
    _note(session, staff, "sign_in", by="paper" if kept else "telephone")
    return sessions.verify(found)


def _held(session: Session, staff: StaffUser) -> StaffUser:
    """Nobody else changes the account until the transaction ends: the same code, sent twice at once, is good once."""
    session.flush()
    session.refresh(staff, with_for_update=True)
    return staff


def _note(session: Session, staff: StaffUser, action: str, **data: str) -> None:
    audit.note(session, staff.id, action, f"staff:{staff.name}", **data)
