"""A route of the console. What goes wrong on it is told on a page, to those who asked for one."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.errors import STATUS, TooLarge
from api.staff import access, pages
from api.staff.access import Forbidden, SignInFirst
from cases.errors import TuikuanError

SIGN_IN = "/staff/sign-in"
# What our own refusals are raised as; anything else is a fault, and told as one.
REFUSALS = (TuikuanError, RequestValidationError, HTTPException)


class GoTo(HTTPException):
    """There is nothing to do here now, but there is at `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(409, path)
        self.path = path


class Page(APIRoute):
    """A route whose refusals are pages; programs and parts of pages get the one shape of errors instead.

    Who has not signed in is sent to where they can.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler that FastAPI made, with a page around its refusals."""
        handle = super().get_route_handler()

        async def handle_or_tell(request: Request) -> Response:
            try:
                return await handle(request)
            except REFUSALS as refusal:
                if not access.is_page(request):
                    raise
                return _page(request, refusal)

        return handle_or_tell


def _page(request: Request, refusal: Exception) -> Response:
    if isinstance(refusal, SignInFirst):
        return _to_sign_in(request)
    if isinstance(refusal, GoTo):
        return RedirectResponse(refusal.path, 303)
    return pages.problem(request, access.known(request), _message(refusal), status=_status(refusal))


def _to_sign_in(request: Request) -> RedirectResponse:
    """To the page for signing in, and from there to what was asked for, if that only shows something."""
    asked = request.scope["path"] + (f"?{request.url.query}" if request.url.query else "")
    wanted = f"?next={quote(asked, safe='')}" if request.method == "GET" else ""
    return RedirectResponse(SIGN_IN + wanted, 303)


def _message(refusal: Exception) -> str:
    if isinstance(refusal, TuikuanError):
        return refusal.message
    return refusal.detail if isinstance(refusal, Forbidden | TooLarge) else "填的内容不对，请回去改一下。"


def _status(refusal: Exception) -> int:
    if isinstance(refusal, HTTPException):
        return refusal.status_code
    return next((status for kind, status in STATUS.items() if isinstance(refusal, kind)), 422)
