"""Control of the conversation: another step, a second case, giving up, a human. What cannot be undone is asked back."""

import re
from collections.abc import Callable, Mapping

from cases import clock
from cases.case.service import log
from cases.dialogue import climbing, undo
from cases.dialogue.topics import confirmation, joining, question
from cases.dialogue.turn import Turn
from cases.reminders import service as reminders
from cases.takeover import promise
from cases.takeover import repository as takeover

OTHER_STEP = re.compile(
    r"跳过|略过|先不做|不想(?:做|找|发|等|跟|和|理)|这一?步不|换(?:一?[个条种])?(?:步|办法|方法|路)|(?:别的|其他)(?:办法|方法|路|选择)|"
    r"直接(?:去|找|上|走|打|投诉|起诉|报警|12315|法院|平台)"
)
OTHER_STEP_CHARS = 18


def wants_other_step(turn: Turn) -> bool:
    """Whether a short message, at a step, asks for another way: 跳过这一步, 直接12315."""
    text = turn.understood.text
    at_step = turn.asked("step") or turn.asked("outcome")
    is_short = len(text) <= OTHER_STEP_CHARS and question.find(turn) is None
    return at_step is not None and is_short and OTHER_STEP.search(text) is not None


def handle(turn: Turn) -> None:
    """Do, or ask back, what the person wants done with the conversation."""
    if turn.case is not None and wants_other_step(turn):
        turn.remark("step_other")
        climbing.offer_options(turn, turn.case)
        return
    if undo.is_asked(turn):
        undo.take_back(turn)
        return
    EFFECTS[turn.understood.intent](turn)


def human(turn: Turn) -> None:
    """Note that the person wants a human; the case goes on meanwhile."""
    turn.conversation.wants_human_at = turn.conversation.wants_human_at or clock.now()
    if turn.case is not None:
        log(turn.session, turn.case, "human_wanted")
    if takeover.has_humans(turn.session):
        by = promise.give(turn.session, turn.conversation)
        turn.remark("human_noted", by=promise.said(by))
    else:
        turn.remark("human_none")
    turn.conversation.misses = 0


def _stop_reminders(turn: Turn) -> None:
    turn.conversation.reminders_off_at = turn.conversation.reminders_off_at or clock.now()
    for case in turn.open_cases():
        reminders.drop_all(turn.session, case)
    turn.remark("reminders_off")


def _new_case(turn: Turn) -> None:
    if turn.case is not None:
        confirmation.ask_whether_new_case(turn, None, turn.understood.facts)


def _cancel(turn: Turn) -> None:
    if turn.case is None:
        turn.remark("nothing_to_cancel")
        return
    turn.confirm("cancel", turn.word("confirm_cancel", number=turn.case.number))
    turn.done = True


EFFECTS: Mapping[str, Callable[[Turn], None]] = {
    "new_case": _new_case,
    "cancel": _cancel,
    "ask_human": human,
    "stop_reminders": _stop_reminders,
    joining.JOIN: joining.handle,
}
