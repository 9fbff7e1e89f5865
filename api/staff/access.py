"""Who may open what under `/staff`: nobody opens anything, unless this module lets them.

`guard` stands before every route (`api/staff/router.py`). A route says which role it needs, and who asks:

    @router.get("/audit", dependencies=[needs(Role.LEAD)])
    def audit(request: Request, staff: StaffDep) -> Response: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from cases.database import reading, transaction
from cases.errors import NotAllowed
from cases.models import Role, StaffSession, StaffUser
from cases.settings import settings
from cases.staff import sessions

# What opens without anything, and what opens between the password and the second factor.
PUBLIC = frozenset({"/staff/sign-in"})
HALFWAY = frozenset({f"/staff/{page}" for page in ("password", "enrol", "enrol.svg", "second-factor", "sign-out")})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
RANKS = tuple(Role)  # each may do what those before it may
# A page that keeps itself fresh says so with this header: nobody is busy there because of that.
LIVE_HEADER = "Staff-Live"


class SignInFirst(NotAllowed):
    """Nobody is signed in here, or not all the way."""

    def __init__(self) -> None:
        super().__init__("请先登录。", code="staff_sign_in_required")


class Forbidden(HTTPException):
    """Somebody is signed in, but this is not theirs to do."""

    def __init__(self, message: str) -> None:
        super().__init__(403, message)


@dataclass(frozen=True)
class StaffMember:
    """Who is signed in. `session_id` is the id of the row of this browser."""

    id: int
    name: str
    display_name: str
    role: Role
    session_id: int

    def may(self, role: Role) -> bool:
        """Whether what needs `role` is theirs to do."""
        return RANKS.index(self.role) >= RANKS.index(role)


@dataclass(frozen=True)
class Visitor:
    """A browser in which a right password was given; all the way in once it is `verified`."""

    member: StaffMember
    verified: bool


def guard(request: Request) -> Visitor | None:
    """Let a request pass, and say whose it is: `None` only on a public page.

    Raises `SignInFirst`, or `Forbidden` for what another site's page has sent.
    """
    _refuse_foreign(request)
    request.state.visitor = visitor = _visitor(request)
    path = request.scope["path"]  # not `request.url`, which believes the Host header
    if path in PUBLIC or (visitor and (visitor.verified or path in HALFWAY)):
        return visitor
    raise SignInFirst


VisitorDep = Annotated[Visitor | None, Depends(guard)]


def member(visitor: VisitorDep) -> StaffMember:
    """Who is signed in, all the way."""
    if visitor is None or not visitor.verified:
        raise SignInFirst
    return visitor.member


StaffDep = Annotated[StaffMember, Depends(member)]


def halfway(visitor: VisitorDep) -> StaffMember:
    """Who has given a right password, if nothing more yet. For the pages of signing in alone."""
    if visitor is None:
        raise SignInFirst
    return visitor.member


HalfwayDep = Annotated[StaffMember, Depends(halfway)]


def known(request: Request) -> StaffMember | None:
    """Who is signed in, where there may be nobody: for pages that say what went wrong."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    return visitor.member if visitor and visitor.verified else None


def needs(role: Role) -> Any:
    """What a route lists in `dependencies` to be open to this role and those above it."""
    return Depends(_check_of(role))


def cookie_name() -> str:
    """The cookie of a signed-in browser. `__Host-`: only this host, only over TLS, has set it."""
    return "__Host-staff" if settings().environment == "production" else "staff"


def let_in(response: Response, token: str) -> Response:
    """Give the browser its token, out of reach of scripts and of other sites."""
    is_secure = settings().environment == "production"
    response.set_cookie(cookie_name(), token, secure=is_secure, httponly=True, samesite="strict", path="/")
    return response


def let_out(response: Response) -> Response:
    """Take the token away from the browser."""
    is_secure = settings().environment == "production"
    response.delete_cookie(cookie_name(), secure=is_secure, httponly=True, samesite="strict", path="/")
    return response


def is_page(request: Request) -> bool:
    """Whether a browser will show the answer as a page of its own."""
    return "text/html" in request.headers.get("accept", "")


def address_of(request: Request) -> str:
    """Where the request comes from."""
    return request.client.host if request.client else ""


def _check_of(role: Role) -> Callable[[StaffMember], None]:
    def check(staff: StaffDep) -> None:
        if not staff.may(role):
            raise Forbidden("这一页要更高的权限，请找主管。")

    return check


def _refuse_foreign(request: Request) -> None:
    """What changes something comes from a page of ours. Browsers tell; what tells nothing is refused, too."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = urlsplit(request.headers.get("origin", "")).netloc
    if not (site == "same-origin" if site else origin and origin == request.headers.get("host")):
        raise Forbidden("这个请求不是从本站的页面发出的，没有执行。")


def _visitor(request: Request) -> Visitor | None:
    token = request.cookies.get(cookie_name())
    if not token:
        return None
    with reading() as session:
        found = sessions.by_token(session, token)
        if found is None:
            return None
        visitor = Visitor(_member(found.staff, found), found.verified_at is not None)
        is_due = sessions.is_due(found)
    if is_due and not _is_by_itself(request):
        with transaction() as session:
            sessions.seen(session.get_one(StaffSession, visitor.member.session_id))
    return visitor


def _member(staff: StaffUser, found: StaffSession) -> StaffMember:
    return StaffMember(staff.id, staff.name, staff.display_name, Role(staff.role), found.id)


def _is_by_itself(request: Request) -> bool:
    return LIVE_HEADER in request.headers or request.headers.get("accept") == "text/event-stream"
