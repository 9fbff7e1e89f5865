"""How somebody reacted where no step waits for it: before there is a case, before a step, between two."""

from cases.case import service as cases_
from cases.dialogue.topics import aftermath, clarification, closing, taking
from cases.dialogue.turn import Turn
from cases.dialogue.understood import TRACK
from cases.knowledge.procedure import Outcome
from cases.models import Case

# A refund was asked for, or there would be none of these.
OF_A_REFUND = ("refused", "promised", "partial")


def before_any_case(turn: Turn, intent: str) -> None:
    """Somebody begins with how it went: what they mean is a refund that does not come, or nothing yet."""
    if intent.removeprefix("outcome_") in OF_A_REFUND:
        if not closing.ask_whether_closed_one(turn, TRACK, turn.understood.facts):
            _open_case(turn)
    elif intent == "outcome_no_reply":  # of what step, if there is none? more likely nobody answers at all
        clarification.offer(turn, ("merchant_gone",))
    elif not closing.tell_closed(turn):
        turn.remark("not_understood_no_case")


def _open_case(turn: Turn) -> None:
    case = turn.open_case()
    cases_.set_track(turn.session, case, TRACK)
    turn.remark("case_opened", plain=turn.knowledge.tracks[TRACK].plain, number=case.number)
    if learned := cases_.set_facts(turn.session, case, turn.understood.facts):
        turn.remark("facts_noted", facts=turn.listed(learned))
    closing.take_sum_beside(turn, case)


def between_steps(turn: Turn, case: Case, outcome: Outcome) -> None:
    """No step is open: before the first it is how the dispute stands, later it may still be about the money."""
    if case.steps and outcome.money is not None:
        turn.reply.remark(outcome.say)
        aftermath.follow(turn, case, case.steps[-1], outcome)
        return
    if outcome.id in OF_A_REFUND and case.track is None:
        cases_.set_track(turn.session, case, TRACK)
    note(turn, case, outcome)
    if outcome.money == "part":
        closing.take_part(turn, case)


def note(turn: Turn, case: Case, outcome: Outcome) -> None:
    """What somebody did who was not formally turned to: no step moves, and it is not forgotten."""
    taking.note_reference(turn, None)
    cases_.log(turn.session, case, "merchant_reaction", outcome=outcome.id, text=turn.understood.text)
    if outcome.grievance is not None:
        cases_.add_grievance(turn.session, case, outcome.grievance)
    turn.remark("reaction_noted")
