"""Speaking first: the message of a reminder, with the buttons that answer it."""

from typing import Any

from sqlalchemy.orm import Session

from cases import clock
from cases.case.service import log
from cases.dialogue import climbing
from cases.dialogue.turn import Turn
from cases.dialogue.understood import Understood
from cases.knowledge import knowledge
from cases.models import Case, Person, Reminder, ReminderKind, Stage, Step
from cases.outbox import reach
from cases.planner import Next, Planner
from cases.reminders import service as reminders
from cases.transcript import service as transcript


def send(session: Session, reminder_id: int) -> Person | None:
    """Write a reminder into its person's transcript, once; one that no longer makes sense is dropped.

    Returns who was reminded.
    """
    reminder = session.get_one(Reminder, reminder_id)
    case = session.get_one(Case, reminder.case_id)
    person = session.get_one(Person, case.person_id)
    transcript.order(session, person)  # another process may be at it, or the person may be writing
    session.refresh(reminder)
    if reminder.sent_at is not None or reminder.dropped_at is not None:
        return None
    step = session.get_one(Step, reminder.step_id)
    session.refresh(step)
    session.refresh(case)
    if not _is_wanted(person, case, step):
        reminder.dropped_at = clock.now()
        return None
    _say(session, person, case, step, reminder)
    return person


def _is_wanted(person: Person, case: Case, step: Step) -> bool:
    talk = person.conversation
    is_silent = talk is None or talk.reminders_off_at is not None or talk.taken_by_id is not None
    if is_silent or case.stage == Stage.CLOSED or step.outcome is not None:
        return False
    return step.submitted_at is not None or _is_next(case, step)


def _is_next(case: Case, step: Step) -> bool:
    """Whether a step that was only proposed is still what the case needs, with what has been learned since."""
    return Planner(case, knowledge(), clock.today()).next() == Next("step", step.rung_id)


def _say(session: Session, person: Person, case: Case, step: Step, reminder: Reminder) -> None:
    conversation = transcript.conversation_of(session, person)
    turn = Turn(session, person, conversation, Understood("", "remind"), knowledge())
    _word(turn, case, step, reminder)
    if conversation.case_id == case.id:
        climbing.ask_again(turn, step)
    else:
        turn.ask("which_case", turn.word("remind_switch"), [(case.number, f"case.{case.number}")])
    said = [bubble.as_json() for bubble in turn.bubbles()]
    _record(session, turn, said, reminder)
    reminder.sent_at = clock.now()
    log(session, case, "reminded", rung=step.rung_id, kind=reminder.kind)
    if reminder.kind in (ReminderKind.DUE, ReminderKind.PROMISED):
        reminders.follow_up(session, case, step)


def _word(turn: Turn, case: Case, step: Step, reminder: Reminder) -> None:
    rung = turn.knowledge.rungs[step.rung_id]
    turn.remark(f"remind_{reminder.kind}", number=case.number, name=rung.name, addressee=rung.addressee)


def _record(session: Session, turn: Turn, said: list[dict[str, Any]], reminder: Reminder) -> None:
    channel = reach.best_channel(session, turn.person)
    talk = turn.conversation
    transcript.record_bot(session, talk, channel=channel, messages=said, latency_ms=0, reminder=reminder)
