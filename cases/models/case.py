"""The case: what happened, where it stands, and every change ever made to it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cases.models.base import Base, public_id
from cases.models.evidence import EvidenceItem
from cases.models.step import Document, Step


class Stage(StrEnum):
    """Where a case stands."""

    INTAKE = "intake"
    EVIDENCE = "evidence"
    STEP = "step"
    WAITING = "waiting"
    CLOSED = "closed"


class Actor(StrEnum):
    """Who changed a case."""

    PERSON = "person"
    BOT = "bot"
    STAFF = "staff"


class Case(Base):
    """One purchase that went wrong. Money is in 分 (CNY); dates are days in Shanghai.

    `unknown` lists the facts that the person said they do not know: they are not asked for again. `also` lists the
    grievances that were made beside the main one. `operator` is the company or person behind the shop, as a complaint
    must name it; `recovered_amount` is what has come back so far; `due_at` is the nearest day that a step waits for.
    """

    __tablename__ = "case"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True, default=lambda: public_id(8))
    stage: Mapped[str] = mapped_column(default=Stage.INTAKE)
    outcome: Mapped[str | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)

    dispute_kind: Mapped[str | None]
    subkind: Mapped[str | None]
    track: Mapped[str | None]
    platform: Mapped[str | None] = mapped_column(index=True)
    merchant: Mapped[str | None] = mapped_column(index=True)
    product: Mapped[str | None]
    amount: Mapped[int | None]
    delivered_amount: Mapped[int | None]
    paid_at: Mapped[date | None]
    pay_channel: Mapped[str | None]
    pay_method: Mapped[str | None]
    order_no: Mapped[str | None]
    contact_attempts: Mapped[int | None]
    purpose: Mapped[str | None]
    operator: Mapped[str | None]
    operator_address: Mapped[str | None]
    refund_requested_at: Mapped[date | None]
    recovered_amount: Mapped[int | None]
    also: Mapped[list[Any]] = mapped_column(default=list)
    unknown: Mapped[list[Any]] = mapped_column(default=list)
    flags: Mapped[list[Any]] = mapped_column(default=list)

    evidence: Mapped[list[EvidenceItem]] = relationship(order_by=EvidenceItem.id)
    steps: Mapped[list[Step]] = relationship(order_by=Step.id)
    documents: Mapped[list[Document]] = relationship(order_by=Document.id)

    @property
    def claim_amount(self) -> int | None:
        """What is still claimed, in 分: paid, less what has come back."""
        return None if self.amount is None else max(0, self.amount - (self.recovered_amount or 0))


class CaseEvent(Base):
    """One change of a case. Append-only."""

    __tablename__ = "case_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    name: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
