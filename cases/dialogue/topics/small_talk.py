"""Small talk, and what was not understood. A short answer, then the thread goes on."""

from cases.case.service import log
from cases.dialogue import asking, telling
from cases.dialogue.topics import evidence
from cases.dialogue.turn import Turn

SAID = {
    "greet": "greeting",
    "thank": "thanks",
    "goodbye": "goodbye",
    "vent": "sympathy",
    "ask_capabilities": "capabilities",
    "out_of_scope": "out_of_scope",
}


def handle(turn: Turn) -> None:
    """Answer in a line. Words while evidence is asked for may be the person's account of it."""
    intent = turn.understood.intent
    if intent not in SAID:
        _not_understood(turn)
        return
    turn.remark(SAID[intent] if turn.case else f"{SAID[intent]}_no_case")
    if intent in ("goodbye", "thank") and turn.case is not None:
        turn.done = True


def _not_understood(turn: Turn) -> None:
    if turn.asked("evidence") and evidence.is_account(turn.understood.text):
        evidence.handle(turn)
        return
    if turn.case is not None and (telling.names_authority(turn) or telling.says_what_others_say(turn)):
        log(turn.session, turn.case, "account", text=turn.understood.text)
        turn.remark("reaction_noted")
        return
    turn.remark("not_understood" if turn.case else "not_understood_no_case")
    asking.missed(turn)
