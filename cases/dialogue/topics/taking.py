"""Taking a step: done, or not after all; when it was, and under which number the other side handles it."""

from cases.case.service import log
from cases.dialogue import climbing, dues, telling
from cases.dialogue.turn import Turn
from cases.models import Case, Step
from cases.reminders import service as reminders
from cases.steps import service as steps


def step_done(turn: Turn) -> None:
    """The person has taken a step: the other side's time begins to run."""
    case = turn.case
    step = _step_taken(turn, case) if case else None
    if case is None or step is None:
        note_reference(turn, None)
        turn.remark("step_none_yet")
        return
    note_reference(turn, step)
    if step.submitted_at is not None:
        turn.remark("step_already")
        return
    steps.submit(turn.session, case, step, turn.knowledge, on=telling.past_day(turn))
    reminders.plan(turn.session, case, step)
    rung = turn.knowledge.rungs[step.rung_id]
    if rung.channel == climbing.ONES_OWN:
        turn.remark("step_done_own")
    else:
        turn.remark("step_submitted", addressee=rung.addressee)
    dues.say(turn, step)


def _step_taken(turn: Turn, case: Case) -> Step | None:
    """The step that was taken: at an authority, the one proposed, or the one that is being prepared."""
    rung = telling.authority_meant(turn) or (telling.rung_in_preparation(turn, case) if case.steps else None)
    if rung is not None:
        return steps.propose(turn.session, case, rung)
    return telling.step_meant(turn) or (case.steps[-1] if case.steps else None)


def take_back(turn: Turn, case: Case, step: Step) -> None:
    """The step was not taken after all: nothing runs any more."""
    if step.submitted_at is not None:
        steps.take_back(turn.session, case, step)
        reminders.plan(turn.session, case, step)
    turn.remark("step_taken_back")


def note_detail(turn: Turn, case: Case, step: Step | None) -> None:
    """A number or a day that was told alone: of the step that waits, or of one that was taken thereby."""
    past, future = telling.past_day(turn), telling.future_day(turn)
    if step is None:
        note_reference(turn, None)
    elif step.rung_id == steps.WATCH and future is not None:
        dues.watch(turn, case, step)
    elif step.submitted_at is None and (past or telling.reference(turn)):
        step_done(turn)
    else:
        note_reference(turn, step)
        if past is not None:
            dues.date_again(turn, case, step, past)


def note_reference(turn: Turn, step: Step | None) -> None:
    """Keep the number that the message tells, with the step or else in the case's history; once a turn."""
    number = telling.reference(turn)
    if number is None or turn.case is None or "reference" in turn.taken:
        return
    turn.taken.add("reference")
    if step is not None:
        steps.refer(turn.session, turn.case, step, number)
    else:
        log(turn.session, turn.case, "reference_told", number=number, text=turn.understood.text)
    turn.remark("reference_noted", number=number)
