"""What to remind of: a step not taken, time that is up, no word since, money that should have come.

Reminders are rows, so they outlive restarts; each is sent or dropped, once. They come between 8 and 22 o'clock.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases import clock
from cases.models import Case, Reminder, ReminderKind, Step
from cases.quiet_hours import next_send_time
from cases.reminders import repository

UNTAKEN_AFTER = timedelta(days=2)
FOLLOW_UP_AFTER = timedelta(days=3)


def plan(session: Session, case: Case, step: Step) -> None:
    """Set the reminder that fits where the step stands now; what was planned for it before is dropped."""
    session.flush()
    drop(session, step)
    if step.outcome is not None:
        return
    if step.submitted_at is None:
        _add(session, case, step, ReminderKind.UNTAKEN, step.proposed_at + UNTAKEN_AFTER)
    elif step.due_at is not None and step.due_at > clock.now():
        kind = ReminderKind.PROMISED if step.promised_for else ReminderKind.DUE
        _add(session, case, step, kind, step.due_at)
    else:  # nothing runs, or it was over when it was told: how it went is being asked right now
        _add(session, case, step, ReminderKind.FOLLOW_UP, clock.now() + FOLLOW_UP_AFTER)


def follow_up(session: Session, case: Case, step: Step) -> None:
    """Ask once more some days after the time was up, if nobody has said anything by then."""
    if step.outcome is None:
        _add(session, case, step, ReminderKind.FOLLOW_UP, clock.now() + FOLLOW_UP_AFTER)


def drop(session: Session, step: Step) -> None:
    """Send nothing more about a step."""
    for reminder in repository.pending(session, step):
        reminder.dropped_at = clock.now()


def drop_all(session: Session, case: Case) -> None:
    """Send nothing more about a case."""
    session.flush()
    for reminder in repository.pending_of_case(session, case):
        reminder.dropped_at = clock.now()


def forget(session: Session, step: Step) -> None:
    """A step is taken back: nothing was ever planned for it."""
    for reminder in repository.of_step(session, step):
        session.delete(reminder)
    session.flush()


def _add(session: Session, case: Case, step: Step, kind: ReminderKind, moment: datetime) -> None:
    send_at = next_send_time(moment)
    if send_at <= clock.now():
        return  # the step is being talked about right now
    before = repository.made_before(session, step, kind, send_at)
    if before is None:
        session.add(Reminder(case_id=case.id, step_id=step.id, kind=kind, send_at=send_at))
    else:
        before.dropped_at = None  # planned, dropped, and planned again
