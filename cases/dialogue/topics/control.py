"""Control of the conversation: a second case, giving up, a human. What cannot be undone is asked back."""

from cases import clock
from cases.case.service import log
from cases.dialogue.topics import confirmation
from cases.dialogue.turn import Turn
from cases.reminders import service as reminders


def handle(turn: Turn) -> None:
    """Do, or ask back, what the person wants done with the conversation."""
    effects = {"new_case": _new_case, "cancel": _cancel, "ask_human": human, "stop_reminders": _stop_reminders}
    effects[turn.understood.intent](turn)


def human(turn: Turn) -> None:
    """Note that the person wants a human; the case goes on meanwhile."""
    turn.conversation.wants_human_at = turn.conversation.wants_human_at or clock.now()
    if turn.case is not None:
        log(turn.session, turn.case, "human_wanted")
    turn.remark("human_noted")
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
