"""What endpoints ask for: the person behind the token, and the turns."""

from typing import Annotated

from fastapi import Depends, Header, Request

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


PersonId = Annotated[int, Depends(person_id)]
TurnsDep = Annotated[Turns, Depends(turns)]
