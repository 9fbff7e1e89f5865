"""Closing a case with how it ended, and coming back to it."""

import re
from collections.abc import Mapping

from cases.case import service as cases_
from cases.case.facts import DAYS, FactValue
from cases.case.owing import owed
from cases.dialogue import asking, summary
from cases.dialogue.topics import recovery
from cases.dialogue.turn import Turn
from cases.models import Case, Stage, Step
from cases.reminders import service as reminders
from cases.steps import service as steps

REFUNDED = "refunded"
REPLACED = "replaced"
CAME = re.compile(r"到账了|到了|收到了")
# Too little for the NLU, and plain enough in a case.
ONLY_CAME = re.compile(
    r"(?:刚|终于|总算|已经|今天|现在|都|全|话费|点[券卡]|会员|[qQ]币|东西|退的?款?|钱)*到账了[啊呀啦。!！~]*"
    r"|(?:终于|总算|东西|退款|钱)(?:到|收到)了[啊呀啦。!！~]*"
)
OF_MONEY = re.compile(r"[退钱款赔元块]|零钱|银行|微信|支付宝|花呗|卡里|短信")
ANOTHER = re.compile(r"另|别的|其他|新的|第二笔|又(?:买|充|在)|再买")


def ask_whether_refunded(turn: Turn, step: Step | None = None) -> None:
    """Before a case is closed: is all the money really there? `step` is what it came of."""
    rung = step.rung_id if step else None
    turn.confirm("close_refunded", turn.word("confirm_refunded"), {"rung": rung})
    turn.done = True


def close_refunded(turn: Turn, rung: str | None) -> None:
    """All the money is there: the step on `rung` ends with it, and the case too."""
    case = turn.case
    if case is not None:
        for step in case.steps:
            if step.rung_id == rung and step.outcome is None:
                steps.finish(turn.session, case, step, REFUNDED)
        if (left := owed(case)) is not None:
            cases_.set_facts(turn.session, case, {"recovered_amount": (case.recovered_amount or 0) + left})
        _close(turn, case, REFUNDED)
        turn.remark("closed_refunded")
    asking.offer_other_cases(turn)
    turn.done = True


def ask_whether_it_works(turn: Turn) -> None:
    """Before a case is closed: does what came at last, or was sent again, work?"""
    turn.confirm("close_replaced", turn.word("confirm_replaced"))
    turn.done = True


def was_replaced(turn: Turn, case: Case) -> bool:
    """Whether the last thing heard of the other side is that it was sent again."""
    ended = [step for step in case.steps if step.outcome_at is not None]
    last = max(ended, key=lambda step: (step.outcome_at, step.id), default=None)
    return last is not None and last.outcome is not None and turn.knowledge.outcomes[last.outcome].replaced


def says_it_came(turn: Turn) -> bool:
    """Whether a message says just that: 到账了. Of what, the case tells."""
    return turn.case is not None and ONLY_CAME.fullmatch(turn.understood.text.strip()) is not None


def has_arrived(turn: Turn, case: Case) -> bool:
    """Whether it is what was bought that came, late, rather than money: 话费到账了."""
    is_awaited = case.dispute_kind == "not_delivered" and case.track is None
    text = turn.understood.text
    return is_awaited and CAME.search(text) is not None and OF_MONEY.search(text) is None


def close_replaced(turn: Turn) -> None:
    """What came at last works."""
    if turn.case is not None:
        _close(turn, turn.case, REPLACED)
        turn.remark("closed_replaced")
    asking.offer_other_cases(turn)
    turn.done = True


def cancel(turn: Turn) -> None:
    """The person stops here; everything is kept."""
    case = turn.case
    if case is not None:
        _close(turn, case, asking.CANCELLED)
        turn.remark("cancelled", number=case.number)
    asking.offer_other_cases(turn)
    turn.done = True


def _close(turn: Turn, case: Case, outcome: str) -> None:
    cases_.close(turn.session, case, outcome)
    reminders.drop_all(turn.session, case)


def closed_case(turn: Turn) -> Case | None:
    """The case that was talked about last, if it is closed."""
    case = turn.conversation.case
    return case if case is not None and case.stage == Stage.CLOSED else None


def tell_closed(turn: Turn) -> bool:
    """Tell how the last case ended; `False` if there is none."""
    case = closed_case(turn)
    if case is None:
        return False
    turn.remark("closed_before", text=summary.of_progress(turn.planner(case)))
    return True


def ask_whether_closed_one(turn: Turn, grievance: str | None, facts: Mapping[str, FactValue]) -> bool:
    """Ask somebody who complains again whether it is the closed case; `False` if it can only be another."""
    case = closed_case(turn)
    if case is None or not may_be(turn, case, facts):
        return False
    turn.confirm(
        "reopen",
        turn.word("confirm_reopen", number=case.number),
        {
            "kind": grievance,
            "returned": turn.understood.returned,
            "facts": {name: str(value) if name in DAYS else value for name, value in facts.items()},
        },
    )
    turn.done = True
    return True


def may_be(turn: Turn, case: Case, facts: Mapping[str, FactValue]) -> bool:
    """Whether the message may be about this case: it speaks of no other, and tells no fact differently."""
    is_other = ANOTHER.search(turn.understood.text) is not None
    return not is_other and all(getattr(case, name) in (None, value) for name, value in facts.items())


def reopen(turn: Turn, case: Case, returned: int | None = None) -> None:
    """Take a closed case up again where it stood; if the money was thought to be there, ask how much has come."""
    was_refunded = case.outcome == REFUNDED
    case.outcome = case.closed_at = None
    cases_.set_stage(turn.session, case, Stage.STEP if case.steps else Stage.INTAKE)
    cases_.log(turn.session, case, "reopened")
    turn.turn_to(case)
    turn.remark("reopened", number=case.number)
    if was_refunded:
        cases_.forget(turn.session, case, ["recovered_amount"])
        recovery.take(turn, case, returned)


def take_part(turn: Turn, case: Case, step: Step | None = None) -> None:
    """A part came back: add it up, or ask how much; if nothing is left to claim, ask whether that was all."""
    recovery.take(turn, case, turn.understood.returned)
    ask_if_all(turn, case, step)


def take_sum_beside(turn: Turn, case: Case, step: Step | None = None) -> None:
    """Take a part that the message tells beside something else."""
    if turn.understood.returned is not None:
        take_part(turn, case, step)


def ask_if_all(turn: Turn, case: Case, step: Step | None = None) -> None:
    """Ask whether the case can be closed, if by what was told nothing is left to claim."""
    if owed(case) == 0 and not turn.done:
        ask_whether_refunded(turn, step)
