"""What endpoints ask for: the person behind the token, the turns, and who wakes the pages that listen."""

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Header, Request

from api.events import Notifier
from api.script import Script
from api.turns import Turns
from cases.database import reading
from cases.errors import NotAllowed
from cases.people import service as people


def person_id(authorization: Annotated[str, Header()] = "") -> int:
    """The id of the person whose token the request carries. Raises `NotAllowed` without a good one."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAllowed("请先打开对话页面。", code="session_token_required")
    with reading() as session:
        return people.by_token(session, token).id


def turns(request: Request) -> Turns:
    """The turns of this process."""
    found: Turns = request.app.state.turns
    return found


def notifier(request: Request) -> Notifier:
    """Who wakes the pages that listen to this process."""
    found: Notifier = request.app.state.notifier
    return found


def heavy(request: Request) -> CapacityLimiter:
    """How many pictures and bundles may be worked on at once: each takes a core and much memory."""
    found: CapacityLimiter = request.app.state.heavy
    return found


def script(accept_language: Annotated[str, Header()] = "") -> Script:
    """The characters that the reader has asked for."""
    return Script.of(accept_language)


PersonId = Annotated[int, Depends(person_id)]
TurnsDep = Annotated[Turns, Depends(turns)]
NotifierDep = Annotated[Notifier, Depends(notifier)]
HeavyDep = Annotated[CapacityLimiter, Depends(heavy)]
ScriptDep = Annotated[Script, Depends(script)]
