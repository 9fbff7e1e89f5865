"""Guards: stop the loss, keep a person safe, refuse what would harm them; some only change the way a case goes."""

from cases.case import service as cases_
from cases.dialogue import answers, climbing, guards
from cases.dialogue.topics import evidence
from cases.dialogue.turn import Turn
from cases.knowledge.schema import Guard
from cases.models import Case
from cases.reminders import service as reminders
from cases.steps import service as steps


def handle(turn: Turn) -> None:
    """Say the script of the guard that the message is about."""
    guard = announced(turn) or next(iter(_asides(turn)), None)
    if guard is None:  # the NLU feared something that nothing in the words bears out
        turn.remark("not_understood" if turn.case else "not_understood_no_case")
        return
    turn.reply.remark(guard.say)
    if guard.manner == "aside":
        _begin(turn, guard)
    elif guard.manner in ("stop", "care"):
        _wait(turn, guard)


def announced(turn: Turn) -> Guard | None:
    """The guard that comes before anything else in the message."""
    understood = turn.understood
    return guards.announced(understood.text, understood.intent, understood.is_heeded, turn.knowledge.guards.values())


def beside(turn: Turn) -> None:
    """Notice what changes the way of the case in a message about something else; said once."""
    if turn.case is None:
        return
    for guard in _asides(turn):
        if guard.id not in turn.case.flags:
            turn.reply.remark(guard.say)
            cases_.flag(turn.session, turn.case, guard.id)


def _asides(turn: Turn) -> list[Guard]:
    understood = turn.understood
    # 买来自己用, when that is what was asked, announces no reseller.
    is_heard = understood.is_heeded and not answers.answers_question(turn)
    intent = understood.intent if is_heard else None
    return guards.noticed(understood.text, turn.knowledge.guards.values(), intent)


def flag(turn: Turn, guard_id: str) -> None:
    """A guard was noticed by other means: say its script and mark the case."""
    turn.reply.remark(turn.knowledge.guards[guard_id].say)
    if turn.case is not None:
        cases_.flag(turn.session, turn.case, guard_id)


def _begin(turn: Turn, guard: Guard) -> None:
    """What is told changes the way: the case is opened with it."""
    is_new = turn.case is None
    case = turn.open_case()
    cases_.flag(turn.session, case, guard.id)
    if is_new:
        turn.remark("case_opened_unclear", number=case.number)
    evidence.take_facts_beside(turn, case)


def _wait(turn: Turn, guard: Guard) -> None:
    """The case waits until the person comes back to it; of a person in despair nothing is asked."""
    turn.done = True
    if turn.case is None and _changes_way(turn, guard):
        turn.reply.page(turn.word("case_opened_unclear", number=turn.open_case().number))
    if turn.case is None:
        return
    cases_.flag(turn.session, turn.case, guard.id)
    if guard.manner == "stop":
        _leave_way(turn, turn.case, guard)
        ask_whether_over(turn)


def ask_whether_over(turn: Turn) -> None:
    """Wait until the person says that it is over, and goes on."""
    turn.ask("danger", turn.word("danger_question"), [turn.button("continue"), turn.button("human")])


def _changes_way(turn: Turn, guard: Guard) -> bool:
    """Whether cases go another way for it: what is told must not be forgotten, even before there is a case."""
    return any(condition.flag == guard.id for route in turn.knowledge.routes.values() for condition in route.when)


def _leave_way(turn: Turn, case: Case, guard: Guard) -> None:
    """Steps with those who do this have ended with it; of what is still open, stopping the loss goes first."""
    open_steps = [step for step in case.steps if step.outcome is None]
    for step in open_steps:
        possible = turn.knowledge.rungs[step.rung_id].outcomes
        meant = [id_ for id_ in possible if turn.knowledge.outcomes[id_].flag == guard.id]
        if meant:
            steps.finish(turn.session, case, step, meant[0])
            reminders.plan(turn.session, case, step)
    if any(step.outcome is None for step in open_steps) and _changes_way(turn, guard):
        climbing.lead_away(turn, case)
