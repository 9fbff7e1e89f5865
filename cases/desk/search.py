"""Full-text search in what persons and staff have said, in Chinese and whatever else they write.

What the assistant says is left out: it says 订单号 and 截图 in every conversation.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import Session

from cases.desk import terms
from cases.desk.index import repository
from cases.models import Author, Conversation, Message


def index(session: Session, message: Message) -> None:
    """Let a new message be found, in the transaction that writes it."""
    found_by = terms.terms(message.text) if message.author != Author.BOT else None
    if found_by:
        session.flush()
        repository.of(session).put(session, message, found_by)


def matching(session: Session, query: str) -> ColumnElement[bool]:
    """That a conversation has a message with everything that `query` asks for."""
    wanted = terms.wanted(query)
    return Conversation.id.in_(repository.of(session).conversations(wanted)) if wanted else false()


def hits(session: Session, query: str, conversations: Collection[int]) -> dict[int, int]:
    """The id of the newest message that matches, by conversation."""
    wanted = terms.wanted(query)
    return repository.newest(session, wanted, conversations) if wanted and conversations else {}
