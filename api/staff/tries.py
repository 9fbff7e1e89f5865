"""Secrets that are tried over HTTP: each try is written down before it is looked at."""

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.staff import access
from cases.database import transaction
from cases.models import SignInAttempt
from cases.staff import throttle
from cases.staff.throttle import Door, TooFast


def begin(request: Request, name: str) -> int:
    """The id of a new try for this name, in a transaction of its own. Raises `TooFast`."""
    with transaction() as session:
        return throttle.begin(session, Door.of(name, access.address_of(request))).id


def succeed(session: Session, attempt: int) -> None:
    """It is them."""
    throttle.succeed(session.get_one(SignInAttempt, attempt))


def forgive(session: Session, attempt: int) -> None:
    """It was right, but does not yet show that it is them."""
    throttle.forgive(session, session.get_one(SignInAttempt, attempt))


def wait(response: Response, slow: TooFast) -> Response:
    """Tell programs, too, how long."""
    response.headers["Retry-After"] = str(slow.wait_s)
    return response
