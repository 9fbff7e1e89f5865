"""One conversation of two: where the thread is picked up, and what was promised or marked on either side."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from cases.joining import repository
from cases.models import Case, Conversation, Label, Seen, Stage

THREAD = ("case_id", "asked", "offered", "pending", "misses")
TAKEN = ("taken_by_id", "taken_at")
# What either side has set stays set, and counts from the earlier of both.
SINCE = ("wants_human_at", "human_promised_at", "reminders_off_at", "created_at")

MarkT = TypeVar("MarkT", Label, Seen)


def merge(session: Session, mine: Conversation, theirs: Conversation) -> None:
    """Take into one conversation how the other stands. Nothing that was unread counts as read."""
    if _depth(theirs.case) > _depth(mine.case):
        _take_over(mine, theirs, THREAD)
    if mine.taken_by_id is None:
        _take_over(mine, theirs, TAKEN)
    mine.assignee_id = mine.assignee_id or theirs.assignee_id
    for name in SINCE:
        setattr(mine, name, _earlier(getattr(mine, name), getattr(theirs, name)))
    mine.before = None  # it is how one of the two stood, and there is no way back
    _keep_first(session, repository.labels(session, mine, theirs), lambda label: label.name)
    _keep_first(session, repository.seen(session, mine, theirs), lambda seen: seen.staff_id)


def _depth(case: Case | None) -> int:
    """How much there is to go on with: nothing, a closed case, an open one."""
    if case is None:
        return 0
    return 1 if case.stage == Stage.CLOSED else 2


def _take_over(mine: Conversation, theirs: Conversation, names: Iterable[str]) -> None:
    for name in names:
        setattr(mine, name, getattr(theirs, name))


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)


def _keep_first(session: Session, marks: Iterable[MarkT], about: Callable[[MarkT], Hashable]) -> None:
    """A conversation has one mark about a thing: the first of these stays."""
    kept: set[Hashable] = set()
    for mark in marks:
        if about(mark) in kept:
            session.delete(mark)
        kept.add(about(mark))
