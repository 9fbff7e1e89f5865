"""Fields of the console's forms, and where a form leads."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Query
from fastapi.responses import RedirectResponse

HOME = "/staff/"
MAX_CHARS = 500

Text = Annotated[str, Form(max_length=MAX_CHARS)]
# Where somebody wanted to go before they had to sign in.
Wanted = Annotated[str, Form(alias="next", max_length=MAX_CHARS)]
WantedInQuery = Annotated[str, Query(alias="next", max_length=MAX_CHARS)]


def safe(wanted: str) -> str:
    """A page of the console to go to; its first one if `wanted` would lead anywhere else."""
    is_ours = wanted.startswith(HOME) and wanted.isprintable() and "\\" not in wanted and ".." not in wanted
    return wanted if is_ours else HOME


def to(path: str, **query: str) -> RedirectResponse:
    """What follows a form that was taken: the browser asks for a page, and reloading it sends nothing twice."""
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)
