"""What a list asks of a conversation and its case, and what it is sorted by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, UnaryExpression, cast, exists, func, literal, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from cases import clock
from cases.desk.filters import ME, NOBODY, Filter, Place, Sort, Tab
from cases.models import Author, Case, Conversation, Label, Message, Seen, StaffUser, Stage
from cases.models.base import UtcDateTime

NEAR = timedelta(days=3)
LONG_AGO = timedelta(days=14)
"""What is overdue for longer is found in the other tabs: most such cases were left by their person."""

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: a moment, and among equals an id that no two of its rows share."""

    at: ColumnElement[Any] | InstrumentedAttribute[Any]
    id: InstrumentedAttribute[int]
    is_descending: bool = False

    def by(self) -> tuple[UnaryExpression[Any], ...]:
        """What the rows are sorted by."""
        return tuple(column.desc() if self.is_descending else column.asc() for column in (self.at, self.id))

    def after(self, place: Place) -> Condition:
        """That a row comes after a place."""
        row, there = tuple_(self.at, self.id), tuple_(literal(place.at, UtcDateTime()), literal(place.id))
        return row < there if self.is_descending else row > there


NEWEST = Order(Conversation.last_at, Conversation.id, is_descending=True)
LONGEST_PROMISED = Order(func.coalesce(Conversation.human_promised_at, Conversation.wants_human_at), Conversation.id)
NEAREST_DUE = Order(Case.due_at, Case.id)


def order_of(chosen: Filter) -> Order:
    """What a list is sorted by."""
    if chosen.tab == Tab.HUMAN:
        return LONGEST_PROMISED
    return NEAREST_DUE if chosen.tab == Tab.DUE or chosen.sort == Sort.DUE else NEWEST


def case_of(tab: Tab) -> Condition:
    """Which case stands beside a conversation: the one it is about, and where dues count any of the person's."""
    return Case.person_id == Conversation.person_id if tab == Tab.DUE else Case.id == Conversation.case_id


def of_tab(tab: Tab) -> tuple[Condition, ...]:
    """What a tab asks. Where nothing was ever said there is nothing to list."""
    is_closed = Case.stage == Stage.CLOSED
    asks: dict[Tab, tuple[Condition, ...]] = {
        Tab.HUMAN: (
            Conversation.wants_human_at.is_not(None),
            Conversation.taken_by_id.is_(None),
            or_(Case.id.is_(None), ~is_closed),
        ),
        Tab.DUE: (Case.due_at.between(clock.now() - LONG_AGO, clock.now() + NEAR), ~is_closed),
        Tab.NEW: (~exists().where(Seen.conversation_id == Conversation.id), _has_spoken()),
        Tab.OPEN: (~is_closed,),
        Tab.CLOSED: (is_closed,),
        Tab.ALL: (),
    }
    return (Conversation.last_at.is_not(None), *asks[tab])


def of_filter(chosen: Filter, staff_id: int) -> Iterator[Condition]:
    """What a filter asks beside its tab and its words; `staff_id` is who `me` is."""
    columns = (
        (Case.dispute_kind, chosen.kind),
        (Case.stage, chosen.stage),
        (Case.platform, chosen.platform),
        (Case.merchant, chosen.merchant),
        (Conversation.last_channel, chosen.channel),
    )
    yield from (column == value for column, value in columns if value)
    if chosen.sort == Sort.DUE:
        yield Case.due_at.is_not(None)
    if chosen.since:
        yield Conversation.last_at >= _beginning(chosen.since)
    if chosen.until:
        yield Conversation.last_at < _beginning(chosen.until + timedelta(days=1))
    if chosen.assignee:
        yield _is_assigned_to(chosen.assignee, staff_id)
    if chosen.doubted:
        yield Conversation.doubted_at.is_not(None)
    if chosen.flag:
        yield cast(Case.flags, String).contains(f'"{chosen.flag}"', autoescape=True)
    if chosen.label:
        yield exists().where(Label.conversation_id == Conversation.id, Label.name == chosen.label)


def _has_spoken() -> Condition:
    """Who has only opened the page waits for nobody."""
    return exists().where(Message.conversation_id == Conversation.id, Message.author == Author.PERSON)


def _is_assigned_to(whom: str, staff_id: int) -> Condition:
    if whom == NOBODY:
        return Conversation.assignee_id.is_(None)
    return Conversation.assignee_id == staff_id if whom == ME else Conversation.assignee.has(StaffUser.name == whom)


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)
