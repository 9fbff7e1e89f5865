"""Taking rungs: proposing one, noting that it was taken, what came back, and what the other side promised."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from cases import clock, deadlines
from cases.case.service import log
from cases.knowledge import Knowledge
from cases.knowledge.procedure import Rung
from cases.models import Actor, Case, Step
from cases.situation import Situation

WATCH = "CLOSE_WATCH"
DONE = "done"


def settle_due(case: Case) -> None:
    """Keep `case.due_at` the nearest day that an open step waits for, after any of them has changed."""
    waiting = (step for step in case.steps if step.submitted_at is not None and step.outcome is None)
    case.due_at = min((step.due_at for step in waiting if step.due_at is not None), default=None)


def open_step(case: Case) -> Step | None:
    """The step that is proposed or waited for; of several the one proposed last."""
    return next((step for step in reversed(case.steps) if step.outcome is None), None)


def propose(session: Session, case: Case, rung: Rung) -> Step:
    """The case's open step on this rung; proposing it again changes nothing."""
    earlier = [step for step in case.steps if step.rung_id == rung.id]
    if earlier and earlier[-1].outcome is None:
        return earlier[-1]
    step = Step(case_id=case.id, rung_id=rung.id, attempt=len(earlier) + 1, proposed_at=clock.now(), provisional=False)
    case.steps.append(step)
    log(session, case, "step_proposed", rung=rung.id)
    return step


def submit(session: Session, case: Case, step: Step, knowledge: Knowledge, on: date | None = None) -> None:
    """The person has taken the step, now or `on` an earlier day; the other side's time begins to run."""
    rung = knowledge.rungs[step.rung_id]
    step.submitted_at = _moment(on)
    log(session, case, "step_submitted", actor=Actor.PERSON, rung=rung.id)
    if rung.outcomes:
        _run_first_period(step, case, knowledge)
        settle_due(case)
    else:
        finish(session, case, step, DONE)


def run(step: Step, deadline: str, start: datetime, knowledge: Knowledge) -> None:
    """Let a period run from `start`; it replaces the one that ran before. `settle_due` follows."""
    due = deadlines.deadline(start, knowledge.deadlines[deadline])
    step.deadline_id, step.due_from = deadline, start
    step.due_at, step.due_type, step.provisional = due.at, due.type, due.provisional


def take_back(session: Session, case: Case, step: Step) -> None:
    """The person has not taken the step after all."""
    step.submitted_at = None
    _stop(step)
    settle_due(case)
    log(session, case, "step_taken_back", actor=Actor.PERSON, rung=step.rung_id)


def reschedule(session: Session, case: Case, knowledge: Knowledge) -> list[Step]:
    """Work out anew what the open steps wait for, after a fact has changed; returns those whose time changed."""
    moved = []
    for step in case.steps:
        before = (step.deadline_id, step.due_at)
        if step.submitted_at is not None and step.outcome is None and _is_first_period(step, knowledge):
            _run_first_period(step, case, knowledge)
        if (step.deadline_id, step.due_at) != before:
            moved.append(step)
            log(session, case, "due_changed", rung=step.rung_id)
    settle_due(case)
    return moved


def _is_first_period(step: Step, knowledge: Knowledge) -> bool:
    choices = {choice.deadline for choice in knowledge.rungs[step.rung_id].due}
    return bool(choices) and step.promised_for is None and step.deadline_id in (None, *choices)


def _run_first_period(step: Step, case: Case, knowledge: Knowledge) -> None:
    """Let the period run that holds for this case now, if there is one."""
    situation = Situation(case, clock.today())
    choices = knowledge.rungs[step.rung_id].due
    due = next((choice.deadline for choice in choices if situation.hold(choice.when)), None)
    if due is None or step.submitted_at is None:
        _stop(step)
    else:
        run(step, due, step.submitted_at, knowledge)


def _stop(step: Step) -> None:
    """Nothing runs any more."""
    step.deadline_id = step.due_from = step.due_at = step.due_type = None
    step.provisional = False


def promise(session: Session, case: Case, step: Step, day: date) -> None:
    """The other side has named the day on which the money comes: that is what the step waits for."""
    step.promised_for = day
    step.due_at, step.due_type, step.provisional = clock.end_of(day), None, False
    settle_due(case)
    log(session, case, "promise_dated", actor=Actor.PERSON, rung=step.rung_id, day=day)


def refer(session: Session, case: Case, step: Step, number: str) -> None:
    """Keep the number under which the other side handles it."""
    step.reference_no = number
    log(session, case, "reference_noted", actor=Actor.PERSON, rung=step.rung_id, number=number)


def finish(session: Session, case: Case, step: Step, outcome: str) -> None:
    """How the step ended, as the person tells it."""
    step.outcome = outcome
    step.outcome_at = clock.now()
    settle_due(case)
    log(session, case, "step_outcome", actor=Actor.PERSON, rung=step.rung_id, outcome=outcome)


def _moment(on: date | None) -> datetime:
    now = clock.now()
    if on is None or on >= now.astimezone(clock.SHANGHAI).date():
        return now
    return clock.end_of(on)
