"""Queries on conversations, messages and the inbox."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.models import Attachment, Conversation, Inbox, Message


def received(session: Session, channel: str, message_key: str) -> Inbox | None:
    """The inbox row of a message, if it came in before."""
    return session.scalar(select(Inbox).where(Inbox.channel == channel, Inbox.message_key == message_key))


def messages(session: Session, conversation: Conversation, limit: int, after: int = 0) -> list[Message]:
    """The last `limit` messages that are newer than the message `after`, oldest first."""
    newer = select(Message).where(Message.conversation_id == conversation.id, Message.id > after)
    return list(session.scalars(newer.order_by(Message.id.desc()).limit(limit)))[::-1]


def newest_id(session: Session, conversation: Conversation) -> int | None:
    """The id of the last message, if there is one."""
    return session.scalar(select(func.max(Message.id)).where(Message.conversation_id == conversation.id))


def last_author(session: Session, conversation: Conversation) -> str | None:
    """Who wrote the last message, if there is one."""
    newest = select(Message.author).where(Message.conversation_id == conversation.id).order_by(Message.id.desc())
    return session.scalar(newest.limit(1))


def attachments(session: Session, message_ids: list[int]) -> list[Attachment]:
    """The files that were sent with these messages."""
    return list(session.scalars(select(Attachment).where(Attachment.message_id.in_(message_ids))))


def last_channel(session: Session, conversation: Conversation) -> str:
    """The channel on which the last message went; the web's if there is none yet."""
    newest = select(Message.channel).where(Message.conversation_id == conversation.id).order_by(Message.id.desc())
    return session.scalar(newest.limit(1)) or "web"
