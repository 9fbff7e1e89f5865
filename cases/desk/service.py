"""The list of conversations that staff work from: its tabs, its filters, and what each of them has not read yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases.desk import conditions, repository, search
from cases.desk.filters import Filter, Place, Tab
from cases.models import Case, Conversation, Message

PAGE = 50
MANY = 1_000
"""Counts go no further: from here on they are read as 999+."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    `line` is the last thing said, or the newest that is searched for. What is `unread` was said since one looked.
    """

    conversation: Conversation
    case: Case | None
    line: Message | None
    unread: bool
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next page begins if there is one."""

    rows: tuple[Row, ...]
    next: Place | None


def listed(session: Session, staff_id: int, chosen: Filter, after: Place | None = None) -> Page:
    """A page of the list that a member of staff has chosen."""
    order = conditions.order_of(chosen)
    asked = [*conditions.of_tab(chosen.tab), *conditions.of_filter(chosen, staff_id)]
    if chosen.q:
        asked.append(search.matching(session, chosen.q))
    hits = repository.page(session, conditions.case_of(chosen.tab), asked, order, after, PAGE + 1)
    return Page(_rows(session, staff_id, chosen, hits[:PAGE]), _next(hits, order))


def counts(session: Session) -> dict[Tab, int]:
    """How many rows each tab has, up to `MANY`."""
    return {tab: _count(session, tab) for tab in Tab}


def waiting(session: Session) -> int:
    """How many people wait for a human, up to `MANY`."""
    return _count(session, Tab.HUMAN)


def news(session: Session) -> Mapping[str, int | None]:
    """What differs whenever the list may: the newest message, the newest event of a case, how many people wait."""
    message, event = repository.newest_ids(session)
    return {"message": message, "event": event, "waiting": waiting(session)}


def mark_seen(session: Session, staff_id: int, conversation: Conversation, message_id: int) -> None:
    """A member of staff has read a conversation up to a message."""
    repository.put_seen(session, staff_id, conversation.id, message_id)


def _count(session: Session, tab: Tab) -> int:
    return repository.count(session, conditions.case_of(tab), conditions.of_tab(tab), MANY)


def _rows(session: Session, staff_id: int, chosen: Filter, hits: list[repository.Hit]) -> tuple[Row, ...]:
    ids = [conversation for conversation, _, _ in hits]
    found = repository.conversations(session, ids)
    cases = repository.cases(session, [case for _, case, _ in hits if case is not None])
    newest, read = repository.newest(session, ids), repository.read_up_to(session, staff_id, ids)
    shown = {**newest, **search.hits(session, chosen.q, ids)} if chosen.q else newest
    lines, labels = repository.messages(session, list(shown.values())), repository.labels(session, ids)
    return tuple(
        Row(
            conversation=found[id_],
            case=cases.get(case) if case is not None else None,
            line=lines.get(id_),
            unread=newest.get(id_, 0) > read.get(id_, 0),
            labels=tuple(labels.get(id_, ())),
        )
        for id_, case, _ in hits
    )


def _next(hits: list[repository.Hit], order: conditions.Order) -> Place | None:
    if len(hits) <= PAGE:
        return None
    conversation, case, at = hits[PAGE - 1]
    return Place(at, case if order.id is Case.id and case is not None else conversation)
