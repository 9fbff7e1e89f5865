"""Queries on cases."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.models import Case, CaseEvent, Person, Stage


def open_cases(session: Session, person: Person) -> list[Case]:
    """The person's cases that are not closed, oldest first."""
    return list(
        session.scalars(select(Case).where(Case.person_id == person.id, Case.stage != Stage.CLOSED).order_by(Case.id))
    )


def by_number(session: Session, person: Person, number: str) -> Case | None:
    """The person's case with this number; nobody else's."""
    return session.scalar(select(Case).where(Case.person_id == person.id, Case.number == number))


def events(session: Session, case: Case) -> list[CaseEvent]:
    """Everything that happened to a case, oldest first."""
    return list(session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)))


def newest_event_id(session: Session, case: Case) -> int | None:
    """The id of the last thing that happened to a case."""
    return session.scalar(select(func.max(CaseEvent.id)).where(CaseEvent.case_id == case.id))
