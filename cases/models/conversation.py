"""Where the talk with a person stands, and everything that was said in it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cases.models.base import Base
from cases.models.case import Case
from cases.models.person import Person
from cases.models.staff import StaffUser


class Author(StrEnum):
    """Who said a message."""

    PERSON = "person"
    BOT = "bot"
    STAFF = "staff"


class Conversation(Base):
    """The one conversation of a person, across channels, and where it stands.

    `asked` names what the last question was about (`fact.amount`, `evidence.ev_order`, `step.L2_demand`,
    `outcome.L2_demand`, `confirm.cancel`); with it, 没有 and 是的 get their meaning. `offered` lists the buttons
    that may be tapped now, as {token, title, choice}; `pending` holds what a confirmation would do. `before` is how
    things stood before the last message, so that it can be taken back.

    While it is `taken_by` somebody, the assistant is silent. `human_promised_at` is when the person who wants a human
    was told to expect one. `last_at` and `last_channel` are of the last message, `doubted_at` of the last one that the
    assistant hardly understood.
    """

    __tablename__ = "conversation"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    asked: Mapped[str | None]
    misses: Mapped[int] = mapped_column(default=0)
    offered: Mapped[list[Any]] = mapped_column(default=list)
    pending: Mapped[dict[str, Any]] = mapped_column(default=dict)
    before: Mapped[dict[str, Any] | None]
    wants_human_at: Mapped[datetime | None] = mapped_column(index=True)
    human_promised_at: Mapped[datetime | None]
    reminders_off_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff_user.id"), index=True)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_user.id"), index=True)
    taken_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None] = mapped_column(index=True)
    last_channel: Mapped[str | None]
    doubted_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="conversation")
    case: Mapped[Case | None] = relationship()
    assignee: Mapped[StaffUser | None] = relationship(foreign_keys=[assignee_id])
    taken_by: Mapped[StaffUser | None] = relationship(foreign_keys=[taken_by_id])


class Message(Base):
    """One line of the transcript. Append-only. `facts` are what was found in it, `staff` who of us wrote it."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    channel: Mapped[str]
    author: Mapped[str]
    text: Mapped[str]
    buttons: Mapped[list[Any]] = mapped_column(default=list)
    intent: Mapped[str | None]
    confidence: Mapped[float | None]
    latency_ms: Mapped[int | None]
    facts: Mapped[list[Any]] = mapped_column(default=list)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_user.id"))
    sent_at: Mapped[datetime]

    staff: Mapped[StaffUser | None] = relationship()


class Inbox(Base):
    """A message received once, however often it was delivered, and the answer it got.

    Rows from before migration 0004 name no person.
    """

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "message_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str]
    message_key: Mapped[str]
    received_at: Mapped[datetime]
    answer: Mapped[list[Any]] = mapped_column(default=list)
