"""What the assistant has promised to come back about."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import Base


class ReminderKind(StrEnum):
    """Why the assistant speaks first: a step not taken, time that is up, no word since, money that should be there."""

    UNTAKEN = "untaken"
    DUE = "due"
    FOLLOW_UP = "follow_up"
    PROMISED = "promised"


class Reminder(Base):
    """One message to send at `send_at`, once: it is sent or dropped, never both."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("step_id", "kind", "send_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"))
    kind: Mapped[str]
    send_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
