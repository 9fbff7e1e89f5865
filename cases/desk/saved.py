"""The lists that a member of staff opens again and again, under names of their own."""

from urllib.parse import parse_qsl

from sqlalchemy.orm import Session

from cases.desk import repository
from cases.desk.filters import Filter
from cases.errors import BadInput

MAX_NAME_CHARS = 20
MOST = 30


def keep(session: Session, staff_id: int, name: str, query: str) -> Filter:
    """Keep a list, given as the query of its address; one of the same name is replaced. Returns the list.

    Raises `BadInput` if there is no room for it, or no name.
    """
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME_CHARS or not name.isprintable():
        raise BadInput(f"给这个列表起个名字，不超过 {MAX_NAME_CHARS} 个字。", code="list_name_bad")
    others = [kept for kept in repository.saved(session, staff_id) if kept.name != name]
    if len(others) >= MOST:
        raise BadInput(f"最多存 {MOST} 个列表，请先删掉不用的。", code="list_too_many")
    chosen = Filter.of(dict(parse_qsl(query)))
    repository.put_saved(session, staff_id, name, chosen.query())
    return chosen


def drop(session: Session, staff_id: int, saved_id: int) -> None:
    """Keep a list no longer; nobody else's is touched."""
    repository.forget_saved(session, staff_id, saved_id)
