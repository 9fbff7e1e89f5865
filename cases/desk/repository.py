"""Queries on the lists of conversations, and on what each member of staff has read and keeps."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, defer, joinedload

from cases.desk.conditions import Condition, Order
from cases.desk.filters import Place
from cases.models import Base, Case, CaseEvent, Conversation, Label, Message, SavedFilter, Seen

Hit = tuple[int, int | None, datetime]
"""A conversation, its case, and the moment that the list is sorted by."""


def page(
    session: Session, case_of: Condition, asked: Iterable[Condition], order: Order, after: Place | None, limit: int
) -> list[Hit]:
    """The first rows of a list after a place in it."""
    found = select(Conversation.id, Case.id, order.at).outerjoin(Case, case_of).where(*asked)
    if after is not None:
        found = found.where(order.after(after))
    return list(session.execute(found.order_by(*order.by()).limit(limit)).tuples())


def count(session: Session, case_of: Condition, asked: Iterable[Condition], most: int) -> int:
    """How many rows a list has, counted no further than `most`."""
    some = select(Conversation.id).outerjoin(Case, case_of).where(*asked).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def conversations(session: Session, ids: Collection[int]) -> dict[int, Conversation]:
    """These conversations with their persons and colleagues, without what only the dialogue needs."""
    found = (
        select(Conversation)
        .where(Conversation.id.in_(ids))
        .options(
            *(joinedload(who) for who in (Conversation.person, Conversation.assignee, Conversation.taken_by)),
            *(defer(what) for what in (Conversation.before, Conversation.offered, Conversation.pending)),
        )
    )
    return {conversation.id: conversation for conversation in session.scalars(found)}


def cases(session: Session, ids: Collection[int]) -> dict[int, Case]:
    """These cases."""
    return {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids)))}


def newest(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The id of the newest message of each of these conversations."""
    found = select(Message.conversation_id, func.max(Message.id)).where(Message.conversation_id.in_(ids))
    return dict(session.execute(found.group_by(Message.conversation_id)).tuples().all())


def messages(session: Session, ids: Collection[int]) -> dict[int, Message]:
    """These messages, by their conversation."""
    found = session.scalars(select(Message).where(Message.id.in_(ids)))
    return {message.conversation_id: message for message in found}


def labels(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    """The labels of these conversations."""
    found: dict[int, list[str]] = {}
    for label in session.scalars(select(Label).where(Label.conversation_id.in_(ids)).order_by(Label.name)):
        found.setdefault(label.conversation_id, []).append(label.name)
    return found


def read_up_to(session: Session, staff_id: int, ids: Collection[int]) -> dict[int, int]:
    """The last message that somebody has read, of each of these conversations that they have opened."""
    found = select(Seen.conversation_id, Seen.message_id).where(
        Seen.staff_id == staff_id, Seen.conversation_id.in_(ids)
    )
    return dict(session.execute(found).tuples().all())


def put_seen(session: Session, staff_id: int, conversation_id: int, message_id: int) -> None:
    """Note how far somebody has read; never less far than before, however many pages they have open."""
    row = _insert(session)(Seen).values(staff_id=staff_id, conversation_id=conversation_id, message_id=message_id)
    new = row.excluded.message_id
    keys = [Seen.staff_id, Seen.conversation_id]
    session.execute(
        row.on_conflict_do_update(index_elements=keys, set_={"message_id": new}, where=Seen.message_id < new)
    )


def put_saved(session: Session, staff_id: int, name: str, query: str) -> None:
    """Keep a list under a name; what had the name is gone."""
    row = _insert(session)(SavedFilter).values(staff_id=staff_id, name=name, query=query)
    keys = [SavedFilter.staff_id, SavedFilter.name]
    session.execute(row.on_conflict_do_update(index_elements=keys, set_={"query": row.excluded.query}))


def all_labels(session: Session, most: int) -> list[str]:
    """Every label in use."""
    return list(session.scalars(select(Label.name).distinct().order_by(Label.name).limit(most)))


def platforms(session: Session, most: int) -> list[str]:
    """The platforms that most cases are about."""
    named = select(Case.platform).where(Case.platform.is_not(None)).group_by(Case.platform)
    return [name for name in session.scalars(named.order_by(func.count().desc()).limit(most)) if name]


def newest_ids(session: Session) -> tuple[int | None, int | None]:
    """The newest message and the newest event of any case."""
    return session.scalar(select(func.max(Message.id))), session.scalar(select(func.max(CaseEvent.id)))


def saved(session: Session, staff_id: int) -> list[SavedFilter]:
    """The lists that somebody keeps, in the order of their names."""
    own = select(SavedFilter).where(SavedFilter.staff_id == staff_id)
    return list(session.scalars(own.order_by(SavedFilter.name)))


def forget_saved(session: Session, staff_id: int, saved_id: int) -> None:
    """Delete a list that somebody keeps; nobody else's."""
    session.execute(delete(SavedFilter).where(SavedFilter.id == saved_id, SavedFilter.staff_id == staff_id))


def _insert(session: Session) -> Callable[[type[Base]], postgresql.Insert | sqlite.Insert]:
    """Both databases can insert or update in one statement, each in its own class."""
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
