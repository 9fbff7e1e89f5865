"""Who works here: accounts, sessions, and what they note, mark and read."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cases.models.base import Base, public_id


class Role(StrEnum):
    """What a member of staff may do: read; take over, too; manage, too."""

    REVIEWER = "reviewer"
    AGENT = "agent"
    LEAD = "lead"


class StaffUser(Base):
    """An account. `name` signs in, people see `display_name`.

    A password that somebody else has made `password_is_temporary`. `totp_secret` is encrypted; no code up to the step
    `totp_used_step` is taken again. `recovery_hashes` are of the codes that are left.
    """

    __tablename__ = "staff_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    password_is_temporary: Mapped[bool] = mapped_column(default=True)
    totp_secret: Mapped[str | None]
    totp_used_step: Mapped[int] = mapped_column(default=0)
    recovery_hashes: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class StaffSession(Base):
    """One browser that somebody signed in with. Only the token's SHA-256 is kept.

    Until `verified_at` only the password has been shown, and nothing opens but the second factor.
    """

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    agent: Mapped[str]
    address: Mapped[str]

    staff: Mapped[StaffUser] = relationship()


class SignInAttempt(Base):
    """A try to sign in, so that guessing slows down."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    succeeded: Mapped[bool]


class Note(Base):
    """What staff write for each other about a conversation. The person never sees it."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"))
    text: Mapped[str]
    at: Mapped[datetime]

    staff: Mapped[StaffUser] = relationship()


class Label(Base):
    """A word by which staff find conversations again."""

    __tablename__ = "label"
    __table_args__ = (UniqueConstraint("conversation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    name: Mapped[str] = mapped_column(index=True)


class Seen(Base):
    """How far a member of staff has read a conversation."""

    __tablename__ = "seen"
    __table_args__ = (UniqueConstraint("staff_id", "conversation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    message_id: Mapped[int]


class SavedFilter(Base):
    """A list that somebody wants to open again: `query` is that of its address."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("staff_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"))
    name: Mapped[str]
    query: Mapped[str]


class Audit(Base):
    """Who did or read what. Append-only, and it outlives what it is about: `subject` is a public id, not a key."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_user.id"), index=True)
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
