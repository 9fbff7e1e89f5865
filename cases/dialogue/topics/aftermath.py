"""What an outcome brings with it: a grievance, a danger, a promise to watch, money to add up."""

from cases.case import service as cases_
from cases.dialogue import dues, telling
from cases.dialogue.topics import closing, guard
from cases.dialogue.turn import Turn
from cases.dialogue.understood import TRACK
from cases.knowledge.procedure import Outcome
from cases.models import Case, Step


def follow(turn: Turn, case: Case, step: Step, outcome: Outcome) -> None:
    """Do what this outcome of `step` calls for; the message may tell a sum and a day beside it."""
    if outcome.grievance:
        cases_.add_grievance(turn.session, case, outcome.grievance)
    if outcome.flag:
        guard.flag(turn, outcome.flag)
    if outcome.id == "not_arrived" and case.track is None:
        cases_.set_track(turn.session, case, TRACK)
    if outcome.money == "promised" or (outcome.money == "part" and telling.future_day(turn) is not None):
        dues.watch(turn, case, step)
    if outcome.replaced:
        closing.ask_whether_it_works(turn)
    if outcome.money == "part":
        closing.take_part(turn, case, step)
    else:
        closing.take_sum_beside(turn, case, step)
