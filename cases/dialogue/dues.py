"""What a step waits for: begun, moved, promised for a day, and told."""

from datetime import date

from cases import clock
from cases.case import service as cases_
from cases.dialogue import climbing, summary, telling
from cases.dialogue.turn import Turn
from cases.models import Case, Step
from cases.outbox import reach
from cases.outbox.reach import Reach
from cases.reminders import service as reminders
from cases.steps import service as steps

# What is promised depends on how we can keep it.
REMINDED = {
    Reach.PAGE: "step_due",
    Reach.MESSAGE: "step_due",
    Reach.NOTICE: "step_due_notice",
    Reach.NEXT: "step_due_next",
}


def say(turn: Turn, step: Step) -> None:
    """How long the other side has, if anything runs, and whether it is up."""
    due = summary.due_of(step, turn.knowledge)
    if step.due_at is None:
        return
    if step.due_at <= clock.now():
        turn.remark("step_overdue", due=due)
    elif turn.conversation.reminders_off_at is not None:
        turn.remark("step_due_unreminded", due=due)
    else:
        turn.remark(REMINDED[reach.reach(turn.person, step.due_at)], due=due)


def tell_moved(turn: Turn) -> None:
    """Work out anew what the steps wait for, and tell what has changed."""
    if turn.case is None:
        return
    for step in steps.reschedule(turn.session, turn.case, turn.knowledge):
        reminders.plan(turn.session, turn.case, step)
        name = turn.knowledge.rungs[step.rung_id].name
        if due := summary.due_of(step, turn.knowledge):
            turn.remark("step_moved", name=name, due=due)
        else:
            turn.remark("step_unbound", name=name)


def run_second_period(turn: Turn, case: Case, step: Step, deadline: str) -> None:
    """The other side has taken it on: a period of its own begins, and the step stays open."""
    day = telling.past_day(turn)
    steps.run(step, deadline, clock.end_of(day) if day else clock.now(), turn.knowledge)
    steps.settle_due(case)
    cases_.log(turn.session, case, "period_begun", rung=step.rung_id, deadline=deadline)
    reminders.plan(turn.session, case, step)
    say(turn, step)


def watch(turn: Turn, case: Case, promised: Step) -> None:
    """A promise is not yet money: watch until the day it was promised for, or as long as refunds usually take."""
    asked = [taken.submitted_at for taken in (*case.steps, promised) if taken.submitted_at is not None]
    if case.refund_requested_at is None and asked:
        day = min(asked).astimezone(clock.SHANGHAI).date()
        cases_.set_facts(turn.session, case, {"refund_requested_at": day})
    step = steps.propose(turn.session, case, turn.knowledge.rungs[steps.WATCH])
    if step.submitted_at is None:
        steps.submit(turn.session, case, step, turn.knowledge)
    if (day_promised := telling.future_day(turn)) is not None:
        steps.promise(turn.session, case, step, day_promised)
    reminders.plan(turn.session, case, step)
    turn.remark("watch_until", due=summary.due_of(step, turn.knowledge))


def date_again(turn: Turn, case: Case, step: Step, day: date) -> None:
    """The step was taken, or taken on by the other side, on another day than was noted."""
    if climbing.is_second_period(turn, step):
        steps.run(step, str(step.deadline_id), clock.end_of(day), turn.knowledge)
        steps.settle_due(case)
    else:
        steps.submit(turn.session, case, step, turn.knowledge, on=day)
    reminders.plan(turn.session, case, step)
    turn.remark("step_dated", day=summary.chinese_moment(clock.end_of(day)))
    say(turn, step)
