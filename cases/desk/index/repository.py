"""Queries on the search index, which each database has in its own form.

SQLite numbers its rows by conversation and message together (`conversation << 32 | message`), so that a hit names its
conversation without a look at the message. In both, what was said leaves the index with its message.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, column, func, insert, literal_column, select, table
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from cases.desk.terms import Term
from cases.models import Conversation, Message

BITS = 32


class Index(Protocol):
    """How one kind of database keeps and finds terms."""

    def put(self, session: Session, message: Message, terms: Iterable[str]) -> None:
        """Keep what a message is found by; it has its id already, and is put once."""

    def conversations(self, wanted: Collection[Term]) -> Select[tuple[int]]:
        """The ids of the conversations in which one message has all of this."""

    def newest(self, wanted: Collection[Term], conversations: Collection[int]) -> Select[tuple[int, int]]:
        """(conversation, message): the newest message in each of these that has all of it."""


class Fts5:
    """SQLite's full-text table."""

    rows = table("message_search", column("rowid", Integer), column("terms"))

    def put(self, session: Session, message: Message, terms: Iterable[str]) -> None:  # noqa: D102  # the protocol's
        row = {"rowid": message.conversation_id << BITS | message.id, "terms": " ".join(sorted(terms))}
        session.execute(insert(self.rows).values(row))

    def conversations(self, wanted: Collection[Term]) -> Select[tuple[int]]:  # noqa: D102
        return select(self.rows.c.rowid.op(">>")(BITS)).where(self._match(wanted))

    def newest(self, wanted: Collection[Term], conversations: Collection[int]) -> Select[tuple[int, int]]:  # noqa: D102
        first = Conversation.id.op("<<")(BITS)
        of_one = self.rows.c.rowid.between(first, first + (1 << BITS) - 1)
        row = select(func.max(self.rows.c.rowid)).where(self._match(wanted), of_one).scalar_subquery()
        return select(Conversation.id, row - first).where(Conversation.id.in_(conversations))

    @staticmethod
    def _match(wanted: Collection[Term]) -> ColumnElement[bool]:
        query = " ".join(f'"{term.text}"{"*" if term.is_beginning else ""}' for term in wanted)
        return literal_column("message_search").op("MATCH")(query)


class Gin:
    """PostgreSQL's lexemes."""

    rows = table(
        "message_search", column("message_id", Integer), column("conversation_id", Integer), column("terms", TSVECTOR)
    )

    def put(self, session: Session, message: Message, terms: Iterable[str]) -> None:  # noqa: D102
        lexemes = func.array_to_tsvector(cast(sorted(terms), ARRAY(Text)))
        row = {"message_id": message.id, "conversation_id": message.conversation_id, "terms": lexemes}
        session.execute(insert(self.rows).values(row))

    def conversations(self, wanted: Collection[Term]) -> Select[tuple[int]]:  # noqa: D102
        return select(self.rows.c.conversation_id).where(self._match(wanted))

    def newest(self, wanted: Collection[Term], conversations: Collection[int]) -> Select[tuple[int, int]]:  # noqa: D102
        conversation, message = self.rows.c.conversation_id, self.rows.c.message_id
        among = select(conversation, func.max(message)).where(conversation.in_(conversations), self._match(wanted))
        return among.group_by(conversation)

    def _match(self, wanted: Collection[Term]) -> ColumnElement[bool]:
        query = " & ".join(f"'{term.text}'{':*' if term.is_beginning else ''}" for term in wanted)
        return self.rows.c.terms.op("@@")(cast(query, TSQUERY))


_INDEXES: Mapping[str, Index] = {"sqlite": Fts5(), "postgresql": Gin()}


def of(session: Session) -> Index:
    """The index of the database that a session is on."""
    return _INDEXES[session.get_bind().dialect.name]


def newest(session: Session, wanted: Collection[Term], conversations: Collection[int]) -> dict[int, int]:
    """The newest message that has all of this, for each of these conversations that has one."""
    found = session.execute(of(session).newest(wanted, conversations)).tuples()
    return {conversation: message for conversation, message in found if message is not None}
