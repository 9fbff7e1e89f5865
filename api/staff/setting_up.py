"""The first time: an own password, a telephone, and codes on paper."""

from io import BytesIO

import segno
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.staff import access, forms, pages
from api.staff.access import HalfwayDep
from api.staff.forms import Text, Wanted, WantedInQuery
from api.staff.page import Page
from api.staff.sign_in import at, page_of
from cases.database import reading, transaction
from cases.errors import BadInput
from cases.models import StaffSession, StaffUser
from cases.staff import own, recovery, second_factor
from cases.staff.passwords import MIN_CHARS
from cases.staff.signing_in import Step

DIFFERENT = "两次填的密码不一样。"
QR_SCALE = 6

router = APIRouter(route_class=Page)


@router.get("/password", dependencies=[at(Step.PASSWORD)])
def show_password(request: Request, wanted: WantedInQuery = "") -> Response:
    """Where the one-time password is replaced."""
    return _password_page(request, wanted)


@router.post("/password", dependencies=[at(Step.PASSWORD)])
def set_password(
    request: Request, staff: HalfwayDep, new: Text = "", again: Text = "", wanted: Wanted = ""
) -> Response:
    """Take an own password."""
    if new != again:
        return _password_page(request, wanted, DIFFERENT)
    try:
        with reading() as session:
            kept = own.judge(session.get_one(StaffUser, staff.id), new)
    except BadInput as refusal:
        return _password_page(request, wanted, refusal.message)
    with transaction() as session:
        token = own.set_password(session, session.get_one(StaffSession, staff.session_id), kept)
    return access.let_in(forms.to(page_of(Step.ENROL), next=forms.safe(wanted)), token)


@router.get("/enrol", dependencies=[at(Step.ENROL)])
def show_enrol(request: Request, staff: HalfwayDep, wanted: WantedInQuery = "") -> Response:
    """The secret for the telephone: as a picture, and to be typed."""
    return _enrol_page(request, staff.id, wanted)


@router.get("/enrol.svg", dependencies=[at(Step.ENROL)])
def picture(staff: HalfwayDep) -> Response:
    """The secret as a QR code, black on white whatever the page looks like."""
    with reading() as session:
        code = segno.make(second_factor.uri(session.get_one(StaffUser, staff.id)))
    out = BytesIO()
    code.save(out, kind="svg", scale=QR_SCALE, light="#fff", xmldecl=False)
    return Response(out.getvalue(), media_type="image/svg+xml")


@router.post("/enrol", dependencies=[at(Step.ENROL)])
def enrol(request: Request, staff: HalfwayDep, code: Text = "", wanted: Wanted = "") -> Response:
    """Take the telephone's first code, and show the codes to keep on paper: here and never again."""
    try:
        with transaction() as session:
            token = own.enrol(session, session.get_one(StaffSession, staff.session_id), code)
    except BadInput as refusal:
        return _enrol_page(request, staff.id, wanted, refusal.message)
    codes = new_codes(staff.id)
    return access.let_in(pages.render(request, None, "recovery.html", codes=codes, onward=forms.safe(wanted)), token)


def new_codes(staff_id: int) -> list[str]:
    """Other codes on paper for somebody, to be shown this once."""
    codes, kept = recovery.new()
    with transaction() as session:
        own.keep_recovery(session, session.get_one(StaffUser, staff_id), kept)
    return codes


def _password_page(request: Request, wanted: str, problem: str = "") -> Response:
    return pages.render(
        request, None, "password.html", status=_status(problem), wanted=wanted, min_chars=MIN_CHARS, problem=problem
    )


def _enrol_page(request: Request, staff_id: int, wanted: str, problem: str = "") -> Response:
    with reading() as session:
        secret = second_factor.secret_of(session.get_one(StaffUser, staff_id))
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return pages.render(
        request, None, "enrol.html", status=_status(problem), wanted=wanted, groups=groups, problem=problem
    )


def _status(problem: str) -> int:
    return 400 if problem else 200
