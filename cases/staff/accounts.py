"""The team: who has an account, what they may do, and how they come in for the first time.

Whoever is `by` did it: a lead, or `None` for the command line of this machine. All of it is audited.
"""

import re
from datetime import timedelta

from sqlalchemy.orm import Session

from cases import clock
from cases.audit import service as audit
from cases.errors import BadInput, NotFound
from cases.models import Role, StaffUser
from cases.staff import passwords, repository, second_factor, sessions

NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
DISPLAY_MAX_CHARS = 20
# A one-time password that nobody has used by then is good for nothing.
ONE_TIME_LASTS = timedelta(days=7)
ADDED, RESET = "add_staff", "reset_staff"


def add(session: Session, by: int | None, name: str, display_name: str, role: Role) -> tuple[StaffUser, str]:
    """A new account and its one-time password, which is told to nobody else. Raises `BadInput`."""
    name, display_name = name.strip().lower(), display_name.strip()
    if not NAME.fullmatch(name):
        raise BadInput("登录名用 2 到 32 个小写字母、数字或 . _ -，以字母开头。", code="name_malformed")
    if not 0 < len(display_name) <= DISPLAY_MAX_CHARS or not display_name.isprintable():
        raise BadInput(f"称呼要有 1 到 {DISPLAY_MAX_CHARS} 个字，对方会看到它。", code="display_name_malformed")
    repository.in_turn(session, repository.TEAM)
    if repository.by_name(session, name) is not None:
        raise BadInput(f"已经有叫 {name} 的账号了。", code="name_taken")
    password = passwords.one_time()
    made = StaffUser(
        name=name,
        display_name=display_name,
        role=role,
        password_hash=passwords.hashed(password),
        password_is_temporary=True,
        totp_used_step=0,
        recovery_hashes=[],
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    _note(session, by, ADDED, made, role=role.value)
    return made, password


def find(session: Session, name: str) -> StaffUser:
    """The account of this name. Raises `NotFound`."""
    found = repository.by_name(session, name.strip().lower())
    if found is None:
        raise NotFound("没有叫这个名字的账号。")
    return found


def disable(session: Session, by: int | None, staff: StaffUser) -> None:
    """Let nobody in by this account, from this moment on. Raises `BadInput` for the last lead."""
    _keep_a_lead(session, staff)
    if staff.disabled_at is None:
        staff.disabled_at = clock.now()
        sessions.end_all(session, staff)
        _note(session, by, "disable_staff", staff)


def enable(session: Session, by: int | None, staff: StaffUser) -> None:
    """Open a disabled account again, with the password and the telephone it had."""
    if staff.disabled_at is not None:
        staff.disabled_at = None
        _note(session, by, "enable_staff", staff)


def set_role(session: Session, by: int | None, staff: StaffUser, role: Role) -> None:
    """Let them do more, or less. They sign in anew. Raises `BadInput` for the last lead."""
    if staff.role == role:
        return
    _keep_a_lead(session, staff)
    staff.role = role
    sessions.end_all(session, staff)
    _note(session, by, "set_role", staff, role=role.value)


def reset(session: Session, by: int | None, staff: StaffUser) -> str:
    """A one-time password for who has lost their own, or their telephone: both are set up anew."""
    password = passwords.one_time()
    staff.password_hash, staff.password_is_temporary = passwords.hashed(password), True
    second_factor.forget(staff)
    sessions.end_all(session, staff)
    _note(session, by, RESET, staff)
    return password


def one_time_is_over(session: Session, staff: StaffUser) -> bool:
    """Whether the password is a one-time one that was not used in time."""
    if not staff.password_is_temporary:
        return False
    told_at = repository.last_told_at(session, staff, (ADDED, RESET))
    return told_at is None or clock.now() - told_at >= ONE_TIME_LASTS


def end_session(session: Session, by: int, staff: StaffUser, public_id: str) -> None:
    """Sign out one browser of theirs. Raises `NotFound`."""
    found = repository.session_by_public_id(session, public_id)
    if found is None or found.staff_id != staff.id:
        raise NotFound("没有这个登录。")
    sessions.end(found)
    _note(session, by, "end_session", staff)


def end_sessions(session: Session, by: int, staff: StaffUser) -> None:
    """Sign out every browser of theirs."""
    sessions.end_all(session, staff)
    _note(session, by, "end_sessions", staff)


def _keep_a_lead(session: Session, staff: StaffUser) -> None:
    repository.in_turn(session, repository.TEAM)
    if repository.open_leads(session) == [staff]:
        raise BadInput("这是最后一位主管，先让别人当主管。", code="last_lead")


def _note(session: Session, by: int | None, action: str, staff: StaffUser, **data: str) -> None:
    audit.note(session, by, action, f"staff:{staff.name}", **data)
