"""How a step went. Only what the person says is done is done; a wish moves nothing."""

from cases.case import service as cases_
from cases.dialogue import summary
from cases.dialogue.topics import clarification, evidence
from cases.dialogue.turn import Turn
from cases.dialogue.understood import TRACK
from cases.knowledge.schema import DeadlineType
from cases.models import Case, Step
from cases.steps import service as steps

# While a step waits for its outcome, the grievance said again means that nothing has come of it.
STILL_OPEN = ("refund_delayed", "not_delivered", "merchant_gone")


def tells(turn: Turn) -> bool:
    """Whether a message that does not speak of the step still says how it went."""
    return turn.understood.intent in STILL_OPEN and not turn.understood.is_guess


def handle(turn: Turn) -> None:
    """Note what the message says about a step."""
    intent = "outcome_no_reply" if turn.asked("outcome") and tells(turn) else turn.understood.intent
    if turn.case is None:
        _before_any_case(turn, intent)
        return
    evidence.take_facts_beside(turn, turn.case)
    if intent == "step_done":
        step_done(turn)
    else:
        record(turn, intent.removeprefix("outcome_"))


def step_done(turn: Turn) -> None:
    """The person has taken the proposed step: its deadline begins to run."""
    case = turn.case
    step = case.steps[-1] if case and case.steps else None
    if case is None or step is None:
        turn.remark("step_none_yet")
    elif step.submitted_at is not None:
        turn.remark("step_already")
    else:
        rung = turn.knowledge.rungs[step.rung_id]
        steps.submit(turn.session, case, step, rung)
        turn.remark("step_submitted", addressee=rung.addressee)
        _say_due(turn, step)


def record(turn: Turn, outcome: str) -> None:
    """The other side has reacted, or has not."""
    case = turn.case
    step = case.steps[-1] if case and case.steps else None
    if case is None:
        return
    if outcome == "refunded":
        _ask_whether_closed(turn)
    elif step is None or step.outcome is not None:
        _before_any_step(turn, case, outcome)
    else:
        _finish(turn, case, step, outcome)


def _finish(turn: Turn, case: Case, step: Step, outcome: str) -> None:
    if step.submitted_at is None:
        steps.submit(turn.session, case, step, turn.knowledge.rungs[step.rung_id])
    turn.remark(f"outcome_{outcome}")
    if outcome == "promised":  # a promise is not yet money: the step stays open until one or the other comes
        cases_.log(turn.session, case, "refund_promised", rung=step.rung_id, text=turn.understood.text)
    else:
        steps.finish(turn.session, case, step, outcome)


def _before_any_case(turn: Turn, intent: str) -> None:
    """Somebody begins with how it went: what they mean is a refund that does not come, or nothing yet."""
    if intent in ("outcome_refused", "outcome_promised", "outcome_partial"):
        case = turn.open_case()
        cases_.set_track(turn.session, case, TRACK)
        cases_.set_facts(turn.session, case, turn.understood.facts)
        turn.remark("case_opened", plain=turn.knowledge.tracks[TRACK].plain, number=case.number)
    elif intent == "outcome_no_reply":  # of what step, if there is none? more likely nobody answers at all
        clarification.offer(turn, ("merchant_gone",))
    else:
        turn.remark("not_understood_no_case")


def _before_any_step(turn: Turn, case: Case, outcome: str) -> None:
    if outcome in ("refused", "promised", "partial") and case.track is None:
        cases_.set_track(turn.session, case, TRACK)
    cases_.log(turn.session, case, "merchant_reaction", outcome=outcome, text=turn.understood.text)
    turn.remark("reaction_noted")


def _ask_whether_closed(turn: Turn) -> None:
    turn.confirm("close_refunded", turn.word("confirm_refunded"), yes="全部到账了", no="还没有")
    turn.done = True


def _say_due(turn: Turn, step: Step) -> None:
    if step.due_at is not None and step.due_type is not None:
        nature = turn.knowledge.wording[summary.NATURES[DeadlineType(step.due_type)]]
        provisional = turn.word("provisional") if step.provisional else ""
        turn.remark("step_due", due=summary.chinese_moment(step.due_at), nature=nature + provisional)
