"""The team, for leads: who is in it, what they may do, and their browsers."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.staff import forms, pages
from api.staff.access import StaffDep, StaffMember, needs
from api.staff.forms import Text
from api.staff.page import Page
from cases.database import reading, transaction
from cases.errors import BadInput
from cases.models import Role, StaffUser
from cases.staff import accounts, repository, sessions

TEAM = "/staff/team"
LEADS = [needs(Role.LEAD)]

router = APIRouter(route_class=Page)


@router.get("/team", dependencies=LEADS)
def show(request: Request, staff: StaffDep) -> Response:
    """Everybody, and a form for one more."""
    return _team_page(request, staff, {"name": "", "display_name": "", "role": Role.AGENT})


@router.post("/team", dependencies=LEADS)
def add(request: Request, staff: StaffDep, name: Text = "", display_name: Text = "", role: Text = "") -> Response:
    """A new account. Its one-time password is shown here and never again."""
    try:
        with transaction() as session:
            made, password = accounts.add(session, staff.id, name, display_name, _role(role))
    except BadInput as refusal:
        filled = {"name": name, "display_name": display_name, "role": role}
        return _team_page(request, staff, filled, refusal.message)
    return _password_page(request, staff, made, password)


@router.get("/team/{name}", dependencies=LEADS)
def show_member(request: Request, name: str, staff: StaffDep) -> Response:
    """One of them, and what can be changed."""
    return _member_page(request, staff, name)


@router.post("/team/{name}/role", dependencies=LEADS)
def set_role(request: Request, name: str, staff: StaffDep, role: Text = "") -> Response:
    """Let them do more, or less."""
    return _change(request, staff, name, lambda session, who: accounts.set_role(session, staff.id, who, _role(role)))


@router.post("/team/{name}/disable", dependencies=LEADS)
def disable(request: Request, name: str, staff: StaffDep) -> Response:
    """Close an account."""
    return _change(request, staff, name, lambda session, who: accounts.disable(session, staff.id, who))


@router.post("/team/{name}/enable", dependencies=LEADS)
def enable(request: Request, name: str, staff: StaffDep) -> Response:
    """Open it again."""
    return _change(request, staff, name, lambda session, who: accounts.enable(session, staff.id, who))


@router.post("/team/{name}/sign-out", dependencies=LEADS)
def sign_out(request: Request, name: str, staff: StaffDep) -> Response:
    """End all their browsers."""
    return _change(request, staff, name, lambda session, who: accounts.end_sessions(session, staff.id, who))


@router.post("/team/{name}/reset", dependencies=LEADS)
def reset(request: Request, name: str, staff: StaffDep) -> Response:
    """A new one-time password, shown here and never again."""
    with transaction() as session:
        member = accounts.find(session, name)
        password = accounts.reset(session, staff.id, member)
    return _password_page(request, staff, member, password)


def _change(request: Request, staff: StaffMember, name: str, change: Callable[[Session, StaffUser], None]) -> Response:
    try:
        with transaction() as session:
            change(session, accounts.find(session, name))
    except BadInput as refusal:
        return _member_page(request, staff, name, refusal.message)
    return forms.to(f"{TEAM}/{name}")


def _role(name: str) -> Role:
    if name not in set(Role):
        raise BadInput("请选一个角色。", code="role_unknown")
    return Role(name)


def _team_page(request: Request, staff: StaffMember, filled: dict[str, str], problem: str = "") -> Response:
    with reading() as session:
        team, seen = repository.everybody(session), repository.last_seen(session)
    status = 400 if problem else 200
    return pages.render(
        request, staff, "team.html", status=status, team=team, seen=seen, filled=filled, problem=problem
    )


def _member_page(request: Request, staff: StaffMember, name: str, problem: str = "") -> Response:
    with reading() as session:
        member = accounts.find(session, name)
        return pages.render(
            request,
            staff,
            "team_member.html",
            status=400 if problem else 200,
            member=member,
            browsers=sessions.live(session, member),
            is_too_late=accounts.one_time_is_over(session, member),
            problem=problem,
        )


def _password_page(request: Request, staff: StaffMember, member: StaffUser, password: str) -> Response:
    days = accounts.ONE_TIME_LASTS.days
    return pages.render(request, staff, "team_password.html", member=member, password=password, days=days)
