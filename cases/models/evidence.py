"""What proves a case, and the files that were handed in for it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cases.models.base import Base, public_id


class EvidenceState(StrEnum):
    """How far one requirement has come."""

    ASKED = "asked"
    PROVIDED = "provided"
    UNAVAILABLE = "unavailable"
    LATER = "later"
    NOT_ACCEPTED = "not_accepted"


class ReadingState(StrEnum):
    """Whether a picture was read, and the person told what was found."""

    NONE = "none"
    WAITING = "waiting"
    READ = "read"
    TOLD = "told"
    FAILED = "failed"


class Attachment(Base):
    """A file as it was received: never changed, named by its SHA-256.

    `width` and `height` in pixels are of a picture, `pages` of a PDF. `likeness` is a perceptual hash, near that of the
    same picture saved again. What is `withdrawn_at` some time proves nothing any more, and is kept. `reading` is what
    was read in it; `redaction` are boxes to be covered before it is handed on, as {page, x, y, width, height, kind} in
    fractions of the page.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    evidence_item_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_item.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    sha256: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    name: Mapped[str]
    source: Mapped[str]
    received_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    likeness: Mapped[str | None]
    reading_state: Mapped[str] = mapped_column(default=ReadingState.NONE, index=True)
    reading: Mapped[dict[str, Any] | None]
    redaction: Mapped[list[Any] | None]


class EvidenceItem(Base):
    """One requirement of one case, once it was asked for or given. `parked` counts the times it was put off.

    Staff have `accepted_at` some time what was given, or say in `refusal` why not.
    """

    __tablename__ = "evidence_item"
    __table_args__ = (UniqueConstraint("case_id", "requirement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    requirement_id: Mapped[str]
    state: Mapped[str] = mapped_column(default=EvidenceState.ASKED)
    parked: Mapped[int] = mapped_column(default=0)
    text: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    refusal: Mapped[str | None]
    changed_at: Mapped[datetime]

    attachments: Mapped[list[Attachment]] = relationship(order_by=Attachment.id)
