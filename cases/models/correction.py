"""What a human says a message means."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cases.models.base import Base
from cases.models.conversation import Message


class Teacher(StrEnum):
    """Who said what a message means."""

    PERSON = "person"
    STAFF = "staff"


class NluCorrection(Base):
    """The intent of a message, from the person who wrote it (asked back) or from a member of staff.

    `facts` are those that staff say are in it, as {entity, value}; `None` where nobody has said.
    """

    __tablename__ = "nlu_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), unique=True)
    intent: Mapped[str]
    teacher: Mapped[str]
    facts: Mapped[list[Any] | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_user.id"))
    made_at: Mapped[datetime]

    message: Mapped[Message] = relationship()
