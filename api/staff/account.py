"""One's own account: the password, the browsers that are signed in, the codes on paper."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.staff import access, forms, pages, tries
from api.staff.access import StaffDep, StaffMember
from api.staff.forms import Text
from api.staff.page import Page
from api.staff.setting_up import new_codes
from cases.database import reading, transaction
from cases.errors import BadInput
from cases.models import StaffSession, StaffUser
from cases.staff import accounts, own, passwords, sessions
from cases.staff.passwords import MIN_CHARS
from cases.staff.throttle import TooFast

ACCOUNT = "/staff/account"
NOTICES = {"password": "密码已经换好，其他浏览器都退出了。", "session": "那个浏览器已经退出。"}

router = APIRouter(route_class=Page)


@router.get("/account")
def show(request: Request, staff: StaffDep, done: str = "") -> Response:
    """The account."""
    return _page(request, staff, notice=NOTICES.get(done, ""))


@router.post("/account/password")
def change_password(
    request: Request, staff: StaffDep, current: Text = "", new: Text = "", again: Text = ""
) -> Response:
    """Another password, for the present one."""
    try:
        if new != again:
            raise BadInput("两次填的新密码不一样。", code="password_differs")
        _prove(request, staff, current)
        with reading() as session:
            kept = own.judge(session.get_one(StaffUser, staff.id), new)
    except (BadInput, TooFast) as refusal:
        return _page(request, staff, problem=refusal.message)
    with transaction() as session:
        token = own.set_password(session, session.get_one(StaffSession, staff.session_id), kept)
    return access.let_in(forms.to(ACCOUNT, done="password"), token)


@router.post("/account/recovery")
def renew_recovery(request: Request, staff: StaffDep, code: Text = "") -> Response:
    """New codes on paper, for a code of the telephone."""
    try:
        attempt = tries.begin(request, staff.name)
        with transaction() as session:
            own.prove(session, session.get_one(StaffUser, staff.id), code)
            tries.succeed(session, attempt)
    except (BadInput, TooFast) as refusal:
        return _page(request, staff, problem=refusal.message)
    return pages.render(request, staff, "recovery.html", codes=new_codes(staff.id), onward=ACCOUNT)


@router.post("/account/sessions/{public_id}/end")
def end_session(public_id: str, staff: StaffDep) -> Response:
    """Sign out a browser of one's own."""
    with transaction() as session:
        accounts.end_session(session, staff.id, session.get_one(StaffUser, staff.id), public_id)
    return forms.to(ACCOUNT, done="session")


def _prove(request: Request, staff: StaffMember, password: str) -> None:
    """Whoever sits here knows the present password. Raises `BadInput` or `TooFast`."""
    attempt = tries.begin(request, staff.name)
    with reading() as session:
        is_right = passwords.matches(session.get_one(StaffUser, staff.id).password_hash, password)
    if not is_right:
        raise BadInput("现在的密码不对。", code="password_wrong")
    with transaction() as session:
        tries.forgive(session, attempt)


def _page(request: Request, staff: StaffMember, *, notice: str = "", problem: str = "") -> Response:
    with reading() as session:
        user = session.get_one(StaffUser, staff.id)
        return pages.render(
            request,
            staff,
            "account.html",
            status=400 if problem else 200,
            browsers=sessions.live(session, user),
            codes_left=len(user.recovery_hashes),
            min_chars=MIN_CHARS,
            notice=notice,
            problem=problem,
        )
