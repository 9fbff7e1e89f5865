"""Proposing a rung, noting that it was taken, and how it ended."""

from sqlalchemy.orm import Session

from cases import clock, deadlines
from cases.case.service import log
from cases.knowledge.schema import Rung
from cases.models import Actor, Case, Step


def propose(session: Session, case: Case, rung: Rung) -> Step:
    """The case's step on this rung; proposing it again changes nothing."""
    for step in case.steps:
        if step.rung_id == rung.id:
            return step
    step = Step(case_id=case.id, rung_id=rung.id, proposed_at=clock.now())
    case.steps.append(step)
    log(session, case, "step_proposed", rung=rung.id)
    return step


def submit(session: Session, case: Case, step: Step, rung: Rung) -> None:
    """The person has taken the step, just now; its deadline begins to run."""
    step.submitted_at = clock.now()
    if rung.due is not None:
        due = deadlines.deadline(step.submitted_at, rung.due)
        step.due_at, step.due_type, step.provisional = due.at, due.type, due.provisional
    log(session, case, "step_submitted", actor=Actor.PERSON, rung=rung.id)


def finish(session: Session, case: Case, step: Step, outcome: str) -> None:
    """How the step ended, as the person tells it."""
    step.outcome = outcome
    step.outcome_at = clock.now()
    log(session, case, "step_outcome", actor=Actor.PERSON, rung=step.rung_id, outcome=outcome)
