"""Signing in and out: a password, then a code of the telephone. Every refusal of either reads the same."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.staff import access, forms, pages, tries
from api.staff.access import HalfwayDep, VisitorDep
from api.staff.forms import Text, Wanted, WantedInQuery
from api.staff.page import GoTo, Page
from cases.audit import service as audit
from cases.database import reading, transaction
from cases.models import StaffSession, StaffUser
from cases.staff import own, recovery, sessions, signing_in
from cases.staff.signing_in import Step
from cases.staff.throttle import TooFast

WRONG = "登录名或密码不对。"
WRONG_CODE = "验证码不对，或者已经用过。"

router = APIRouter(route_class=Page)


def at(step: Step) -> Any:
    """What a route lists in `dependencies` to be open only to who is at this step of signing in."""

    def check(staff: HalfwayDep) -> None:
        with reading() as session:
            now = signing_in.step(session.get_one(StaffSession, staff.session_id))
        if now is not step:
            raise GoTo(page_of(now))

    return Depends(check)


def page_of(step: Step) -> str:
    """Where a step is taken."""
    return forms.HOME if step is Step.DONE else f"/staff/{step}"


@router.get("/sign-in")
def show_sign_in(request: Request, visitor: VisitorDep, wanted: WantedInQuery = "") -> Response:
    """The way in."""
    if visitor and visitor.verified:
        return forms.to(forms.safe(wanted))
    return _sign_in_page(request, "", wanted)


@router.post("/sign-in")
def sign_in(
    request: Request, visitor: VisitorDep, name: Text = "", password: Text = "", wanted: Wanted = ""
) -> Response:
    """Take a name and a password. The work is the same for every name, and holds up nobody's transaction."""
    try:
        attempt = tries.begin(request, name)
    except TooFast as slow:
        return tries.wait(_sign_in_page(request, name, wanted, slow.message, 429), slow)
    with reading() as session:
        staff = signing_in.who(session, name, password)
    if staff is None:
        with transaction() as session:
            signing_in.note_failure(session, name)
        return _sign_in_page(request, name, wanted, WRONG, 401)
    with transaction() as session:
        tries.forgive(session, attempt)
        if visitor:
            sessions.end(session.get_one(StaffSession, visitor.member.session_id))
        staff = session.get_one(StaffUser, staff.id)
        signing_in.keep_up(staff, password)
        agent = request.headers.get("user-agent", "")
        found, token = sessions.start(session, staff, agent=agent, address=access.address_of(request))
        step = signing_in.step(found)
    return access.let_in(forms.to(page_of(step), next=forms.safe(wanted)), token)


@router.get("/second-factor", dependencies=[at(Step.SECOND_FACTOR)])
def show_second_factor(request: Request, wanted: WantedInQuery = "") -> Response:
    """Where the code of the telephone goes."""
    return _code_page(request, wanted)


@router.post("/second-factor", dependencies=[at(Step.SECOND_FACTOR)])
def second_factor(request: Request, staff: HalfwayDep, code: Text = "", wanted: Wanted = "") -> Response:
    """Take a code of the telephone, or one of those on paper."""
    try:
        attempt = tries.begin(request, staff.name)
    except TooFast as slow:
        return tries.wait(_code_page(request, wanted, slow.message, 429), slow)
    with reading() as session:
        kept = recovery.find(session.get_one(StaffUser, staff.id), code)
    with transaction() as session:
        token = own.pass_second_factor(session, session.get_one(StaffSession, staff.session_id), code, kept)
        if token is not None:
            tries.succeed(session, attempt)
    if token is None:
        return _code_page(request, wanted, WRONG_CODE, 401)
    return access.let_in(forms.to(forms.safe(wanted)), token)


@router.post("/sign-out")
def sign_out(staff: HalfwayDep) -> Response:
    """End this browser's session."""
    with transaction() as session:
        sessions.end(session.get_one(StaffSession, staff.session_id))
        audit.note(session, staff.id, "sign_out", f"staff:{staff.name}")
    return access.let_out(forms.to("/staff/sign-in"))


def _sign_in_page(request: Request, name: str, wanted: str, problem: str = "", status: int = 200) -> Response:
    return pages.render(request, None, "sign_in.html", status=status, name=name, wanted=wanted, problem=problem)


def _code_page(request: Request, wanted: str, problem: str = "", status: int = 200) -> Response:
    return pages.render(request, None, "second_factor.html", status=status, wanted=wanted, problem=problem)
