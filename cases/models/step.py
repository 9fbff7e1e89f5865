"""The rungs a case has taken, and the texts that were made for them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import Base


class Step(Base):
    """One rung of the ladder, from the day it was proposed to its outcome; a rung may be taken again.

    `due_at` follows the rule `deadline_id`, which runs from `due_from`. `promised_for` is the day the other side named.
    """

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("case_id", "rung_id", "attempt"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    rung_id: Mapped[str]
    attempt: Mapped[int] = mapped_column(default=1)
    proposed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    deadline_id: Mapped[str | None]
    due_from: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_type: Mapped[str | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    reference_no: Mapped[str | None]
    promised_for: Mapped[date | None]
    outcome: Mapped[str | None]
    outcome_at: Mapped[datetime | None]


class Document(Base):
    """A text made for the person to send, with the facts it was built from."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("case_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[str]
    version: Mapped[int]
    text: Mapped[str]
    facts: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
