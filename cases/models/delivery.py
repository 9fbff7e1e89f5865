"""What comes in from a channel that delivers more than once, and what goes out to people who are not waiting."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cases.models.base import Base
from cases.models.conversation import Message


class Callback(Base):
    """Something a channel has told us, kept before it is worked on, so that no crash loses it.

    `key_hash` is of the channel's own id of it. `fields` are emptied once it is `done_at` some time. Who works on it
    holds it until `held_until`; after that another may take it over. `processed` counts how often that began. `reply`
    is what was said in the channel's own answer. Times are of the wire: they pass even where our clock stands still.
    """

    __tablename__ = "callback"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    received_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    processed: Mapped[int] = mapped_column(default=0)
    reply: Mapped[str | None]


class OutboxState(StrEnum):
    """Where an outgoing message is. What is `sending` when its process dies may have arrived or not."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    KEPT = "kept"
    DROPPED = "dropped"


class Outbox(Base):
    """A message of the transcript that still has to leave the machine, written in the transaction that said it.

    `parts_sent` of a long one are with the person already. Nobody pushes it before `not_before`: until then it may go
    as the answer to the message that it answers. What cannot be pushed is `kept` for the person's next message.
    `means` is how it went; `reminder_id` is what it reminds of.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    reminder_id: Mapped[int | None] = mapped_column(ForeignKey("reminder.id"))
    callback_id: Mapped[int | None] = mapped_column(ForeignKey("callback.id"))
    state: Mapped[str] = mapped_column(default=OutboxState.WAITING, index=True)
    means: Mapped[str | None]
    parts_sent: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    message: Mapped[Message] = relationship()


class AccessToken(Base):
    """The one token for a platform's interface that all workers share."""

    __tablename__ = "access_token"

    app_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str]
    expires_at: Mapped[datetime]


class LinkCode(Base):
    """A code by which a person's other door is opened: written there, it joins the two. Only its SHA-256 is kept."""

    __tablename__ = "link_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
