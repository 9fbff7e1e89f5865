"""What is counted over the conversations and cases that began in a period, as far as they have come today."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cases.models import Author, Case, Conversation, EvidenceItem, EvidenceState, Message, Stage, Step
from cases.numbers.expressions import day_since, seconds_between, whole
from cases.numbers.repository import Span, counted, spans

SETTLED = (EvidenceState.PROVIDED, EvidenceState.UNAVAILABLE)
AT_REST = (Stage.WAITING, Stage.CLOSED)
KIND: ColumnElement[str | None] = func.coalesce(Case.dispute_kind, Case.track)
HOUR_S = 3_600
QUARTERS = 4

Named = InstrumentedAttribute[str | None] | ColumnElement[str | None]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Conversations that began in a period, and how many of them ever came so far. Some leave a stage out."""

    begun: int
    opened: int
    evidenced: int
    stepped: int
    answered: int
    closed: int


@dataclass(frozen=True, slots=True)
class EvidenceCount:
    """How often a piece of evidence was asked for, and what came of it."""

    requirement: str
    asked: int
    provided: int
    unavailable: int
    refused: int


@dataclass(frozen=True, slots=True)
class CaseSum:
    """Cases that have something in common: how many, of how many persons; what these paid and got back, in 分."""

    of: str | None
    cases: int
    persons: int
    paid: int
    recovered: int


def kinds(session: Session, since: datetime) -> list[tuple[int, str | None, int]]:
    """(day after the first, kind or track, cases)."""
    rows = select(day_since(since, Case.opened_at).label("day"), KIND.label("kind")).where(Case.opened_at >= since)
    return [(day, kind, cases) for day, kind, cases in counted(session, rows)]


def funnel(session: Session, since: datetime) -> Funnel:
    """How far the conversations have come that began since then with words of the person."""
    evidence, steps = _evidence(), _steps()
    reached = (
        Conversation.id.is_not(None),
        Case.id.is_not(None),
        evidence.c.is_settled == 1,
        steps.c.is_taken == 1,
        steps.c.is_answered == 1,
        Case.closed_at.is_not(None),
    )
    found = (
        select(*(func.count(case((so_far, Conversation.id)).distinct()) for so_far in reached))
        .select_from(Conversation)
        .outerjoin(Case, Case.person_id == Conversation.person_id)
        .outerjoin(evidence, evidence.c.case_id == Case.id)
        .outerjoin(steps, steps.c.case_id == Case.id)
        .where(Conversation.created_at >= since, _has_spoken())
    )
    return Funnel(*session.execute(found).one())


def left_at(session: Session, since: datetime, silent_since: datetime) -> list[tuple[str | None, int]]:
    """(last question, conversations) of those that began since then and have long been silent with something to answer.

    Who waits for an outcome owes no answer.
    """
    last_at = func.coalesce(Conversation.last_at, Conversation.created_at)  # its index would only slow this down
    rows = (
        select(Conversation.asked)
        .outerjoin(Case, Case.id == Conversation.case_id)
        .where(Conversation.created_at >= since, last_at < silent_since, _has_spoken())
        .where(or_(Case.id.is_(None), Case.stage.not_in(AT_REST)))
    )
    return [(asked, conversations) for asked, conversations in counted(session, rows)]


def evidence(session: Session, since: datetime) -> list[EvidenceCount]:
    """What came of each piece of evidence, what was asked for most first."""
    states = (EvidenceState.PROVIDED, EvidenceState.UNAVAILABLE, EvidenceState.NOT_ACCEPTED)
    found = (
        select(
            EvidenceItem.requirement_id,
            func.count(),
            *(func.count().filter(EvidenceItem.state == state) for state in states),
        )
        .join(Case, Case.id == EvidenceItem.case_id)
        .where(Case.opened_at >= since)
        .group_by(EvidenceItem.requirement_id)
        .order_by(func.count().desc(), EvidenceItem.requirement_id)
    )
    return [EvidenceCount(*row) for row in session.execute(found).tuples()]


def completeness(session: Session, since: datetime) -> dict[int, int]:
    """How many cases have handed in how many whole quarters of the pieces that they were asked for."""
    is_there = case((EvidenceItem.state == EvidenceState.PROVIDED, 1.0), else_=0.0)
    shares = (
        select(whole(func.avg(is_there) * QUARTERS).label("quarters"))
        .join(Case, Case.id == EvidenceItem.case_id)
        .where(Case.opened_at >= since)
        .group_by(EvidenceItem.case_id)
    )
    return dict(counted(session, shares))


def times_to(session: Session, since: datetime) -> list[Span]:
    """How long it took from the opening of a case to the first step on each rung."""
    taken = _stepping(since, seconds_between(Case.opened_at, Step.submitted_at))
    return spans(session, taken.where(Step.submitted_at.is_not(None), Step.attempt == 1), HOUR_S)


def times_waited(session: Session, since: datetime) -> list[Span]:
    """How long it took from a step on each rung to what came of it."""
    waited = _stepping(since, seconds_between(Step.submitted_at, Step.outcome_at))
    return spans(session, waited.where(Step.submitted_at.is_not(None), Step.outcome_at.is_not(None)), HOUR_S)


def sums(session: Session, since: datetime, by: Named, most: int) -> list[CaseSum]:
    """The cases by one of their columns, the most frequent value first; at most so many values."""
    money = (func.sum(column) for column in (Case.amount, Case.recovered_amount))
    found = select(by, func.count(), func.count(Case.person_id.distinct()), *money).where(Case.opened_at >= since)
    rows = session.execute(found.group_by(by).order_by(func.count().desc(), by).limit(most)).tuples()
    return [CaseSum(of, cases, persons, int(paid or 0), int(back or 0)) for of, cases, persons, paid, back in rows]


def named_sums(session: Session, since: datetime, by: Named, most: int) -> list[CaseSum]:
    """The same without the cases that name none."""
    return [row for row in sums(session, since, by, most + 1) if row.of][:most]


def _stepping(since: datetime, seconds: ColumnElement[float]) -> Select[tuple[str, float]]:
    steps = select(Step.rung_id, seconds.label("seconds")).join(Case, Case.id == Step.case_id)
    return steps.where(Case.opened_at >= since)


def _has_spoken() -> ColumnElement[bool]:
    """Who has only opened the page has not begun."""
    return exists().where(Message.conversation_id == Conversation.id, Message.author == Author.PERSON)


def _evidence() -> Subquery:
    """Whether all that a case was asked for is settled: handed in, or known not to be had."""
    is_settled = func.min(case((EvidenceItem.state.in_(SETTLED), 1), else_=0))
    return (
        select(EvidenceItem.case_id, is_settled.label("is_settled")).group_by(EvidenceItem.case_id).subquery("evidence")
    )


def _steps() -> Subquery:
    """Whether a case has ever taken a step, and heard of one."""
    is_taken, is_answered = (
        func.max(case((moment.is_not(None), 1), else_=0)) for moment in (Step.submitted_at, Step.outcome_at)
    )
    marked = select(Step.case_id, is_taken.label("is_taken"), is_answered.label("is_answered"))
    return marked.group_by(Step.case_id).subquery("steps")
