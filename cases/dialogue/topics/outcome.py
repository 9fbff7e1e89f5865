"""How a step went. Only what the person says is done is done; a wish or a supposition moves nothing."""

from cases import clock
from cases.case import service as cases_
from cases.case.facts import DAYS, MONEY
from cases.dialogue import asking, climbing, dues, telling
from cases.dialogue.topics import aftermath, closing, confirmation, evidence, reaction, recovery, taking
from cases.dialogue.turn import Turn
from cases.knowledge.procedure import Outcome, Turning
from cases.models import Case, Step
from cases.reminders import service as reminders
from cases.steps import service as steps

# While a step waits for its outcome, the grievance said again means that nothing has come of it.
STILL_OPEN = ("refund_delayed", "not_delivered", "merchant_gone")
GONE = "gone"
# What was not sent yet was neither refused nor left unanswered: that is how the dispute stands.
BEFORE_IT_WAS_SENT = ("refused", "no_reply")
# 算了，网站都打不开: what is wanted goes before what is told with it.
CONTROL = ("cancel", "new_case", "ask_human", "stop_reminders")


def tells(turn: Turn) -> bool:
    """Whether a message that does not speak of the step still says how it went."""
    if closing.says_it_came(turn):
        return True
    if turn.case is None or turn.asked("confirm"):
        return False
    if turn.understood.intent in CONTROL and turn.understood.is_sure:
        return False
    if turn.asked("outcome") and turn.understood.intent in STILL_OPEN and not turn.understood.is_guess:
        return not telling.is_supposed(turn)
    if telling.is_detail(turn) or telling.says_nothing_yet(turn):
        return True
    if turn.asked("outcome") and telling.says_not_taken(turn):
        return True
    if telling.says_taken(turn):
        return True
    return _told(turn, telling.step_meant(turn)) is not None


def handle(turn: Turn) -> None:
    """Note what the message says about a step."""
    case, intent = turn.case, turn.understood.intent
    if case is None:
        reaction.before_any_case(turn, intent)
        return
    if turn.asked("confirm") == "close_refunded" and closing.says_it_came(turn):
        confirmation.accept(turn)
        return
    evidence.take_facts_beside(turn, case, but=(*DAYS, *MONEY) if case.steps else ())
    step = telling.step_meant(turn)
    told = _told(turn, step)
    is_taken = intent == "step_done" or (told is None and telling.says_taken(turn))
    if is_taken or (told and telling.authority_meant(turn)):
        taking.step_done(turn)
    if told is not None:
        record(turn, told)
    elif closing.says_it_came(turn):
        record(turn, closing.REFUNDED)
    elif is_taken:
        closing.take_sum_beside(turn, case, step)
    elif turn.asked("outcome") and step is not None and telling.says_not_taken(turn):
        taking.take_back(turn, case, step)
    elif telling.says_nothing_yet(turn) and step is not None:
        _nothing_yet(turn, step)
    elif telling.is_detail(turn):
        taking.note_detail(turn, case, step)
    elif telling.authority_meant(turn) is not None and not telling.names_open_step(turn):
        reaction.note(turn, case, turn.knowledge.outcomes[_meant(turn)])
    elif turn.understood.is_guess:
        turn.remark("not_understood")
        asking.missed(turn)
    else:
        record(turn, _meant(turn))


def _told(turn: Turn, step: Step | None) -> str | None:
    """The outcome that the words tell, of the step that is meant or of an authority that the person went to."""
    if turn.asked("evidence") or telling.is_supposed(turn):
        return None
    if (rung := telling.authority_meant(turn)) is not None:
        return telling.outcome_said(turn, rung)
    if step is None or (step.submitted_at is None and turn.asked("step") is None):
        return None
    rung = turn.knowledge.rungs[step.rung_id]
    said = telling.outcome_said(turn, rung)
    if step.submitted_at is None and said in BEFORE_IT_WAS_SENT:
        said = None
    if said is None and GONE in rung.outcomes and turn.understood.intent == "merchant_gone" and turn.understood.is_sure:
        return GONE
    return said


def _meant(turn: Turn) -> str:
    """The outcome that the intent tells."""
    intent = turn.understood.intent
    return "no_reply" if intent in STILL_OPEN else intent.removeprefix("outcome_")


def record(turn: Turn, told: str) -> None:
    """The other side has reacted, or has not."""
    case = turn.case
    if case is None:
        return
    step = telling.step_meant(turn)
    told = _by_sum(turn, case, told)
    if told == closing.REFUNDED:
        _all_is_back(turn, case, step)
    elif recovery.is_told_before(turn, case):
        recovery.ask_whether_again(turn, case, case.recovered_amount or 0)
    elif step is None:
        reaction.between_steps(turn, case, turn.knowledge.outcomes[told])
    elif _is_old_news(turn, case, step, told):
        _beside(turn, case, step, turn.knowledge.outcomes[told])
    else:
        _take(turn, case, step, told)


def _nothing_yet(turn: Turn, step: Step) -> None:
    """No word has come: an outcome once the time is up, else it is waited for."""
    if step.due_at is not None and step.due_at <= clock.now():
        record(turn, "no_reply")
    else:
        turn.remark("no_hurry")
        dues.say(turn, step)


def _by_sum(turn: Turn, case: Case, told: str) -> str:
    """Whether all or a part of the money came, where the message tells a sum: 钱到了，退了100."""
    if told in ("no_reply", "not_arrived") and turn.understood.returned is not None:
        told = "partial"  # who tells of money that came has heard something
    is_all = recovery.comes_to_all(turn, case) if told in (closing.REFUNDED, "partial") else None
    return told if is_all is None else closing.REFUNDED if is_all else "partial"


def _all_is_back(turn: Turn, case: Case, step: Step | None) -> None:
    taking.note_reference(turn, step)
    if turn.understood.returned is not None:
        closing.take_part(turn, case, step)
    if turn.done:
        return
    if turn.understood.returned is None and (closing.was_replaced(turn, case) or closing.has_arrived(turn, case)):
        closing.ask_whether_it_works(turn)
    else:
        closing.ask_whether_refunded(turn, step)


def _is_old_news(turn: Turn, case: Case, step: Step, told: str) -> bool:
    """Whether a message tells again what an earlier step came to, rather than how this one went.

    The merchant who still refuses while the platform is to be turned to is no answer of the platform.
    """
    if turn.understood.intent == "choose" or telling.names(turn, step):
        return False
    finished = [other for other in case.steps if other.outcome is not None]
    is_of_another = any(telling.names(turn, other) for other in finished)
    if step.submitted_at is not None:
        return is_of_another and told == GONE
    return is_of_another or (bool(finished) and finished[-1].outcome == told)


def _take(turn: Turn, case: Case, step: Step, told: str) -> None:
    rung = turn.knowledge.rungs[step.rung_id]
    named = telling.in_terms_of(turn, step, told)
    outcome, turning = turn.knowledge.outcomes[named], rung.outcomes.get(named)
    taking.note_reference(turn, step)
    if turning is not None and turning.runs and turning.runs == step.deadline_id:
        dues.say(turn, step)
    elif turning is None or (turning.period == "first" and climbing.is_second_period(turn, step)):
        _beside(turn, case, step, outcome)
    else:
        turn.reply.remark(outcome.say)
        _end(turn, case, step, outcome, turning)


def _end(turn: Turn, case: Case, step: Step, outcome: Outcome, turning: Turning) -> None:
    # Who finds nobody there any more has not sent anything by that.
    if step.submitted_at is None and outcome.grievance is None:
        steps.submit(turn.session, case, step, turn.knowledge)
    if turning.runs:
        dues.run_second_period(turn, case, step, turning.runs)
    else:
        steps.finish(turn.session, case, step, outcome.id)
        reminders.plan(turn.session, case, step)
    cases_.forget(turn.session, case, turning.forgets)
    aftermath.follow(turn, case, step, outcome)


def _beside(turn: Turn, case: Case, step: Step, outcome: Outcome) -> None:
    """What does not end this step: money beside it, what others did, or an outcome that it has by other names."""
    if outcome.money is not None:
        turn.reply.remark(outcome.say)
        aftermath.follow(turn, case, step, outcome)
        return
    if step.submitted_at is None or _is_old_news(turn, case, step, outcome.id):
        reaction.note(turn, case, outcome)
        return
    cases_.log(turn.session, case, "outcome_unclear", outcome=outcome.id, text=turn.understood.text)
    turn.remark("outcome_which")
    dues.say(turn, step)
    climbing.ask_outcome(turn, step)
    turn.done = True
