"""Danger first: stop the loss, or keep a person safe, before anything else."""

from cases.case import service as cases_
from cases.dialogue.turn import Turn

SELF_HARM = "p_self_harm"
SECOND_FEE = "p_second_fee"


def handle(turn: Turn) -> None:
    """Say the script of the danger at hand; the case waits until the person comes back to it."""
    pitfall = turn.knowledge.pitfalls[_which(turn)]
    turn.reply.remark(pitfall.say)
    turn.done = True
    if turn.case is not None:
        cases_.flag(turn.session, turn.case, pitfall.id)
        if pitfall.id != SELF_HARM:
            turn.ask("danger", turn.word("danger_question"), [("继续我的案子", "continue"), ("转人工", "human")])


def is_named(turn: Turn) -> bool:
    """Whether the message holds words that mean danger, whatever the NLU made of it."""
    return _named(turn) is not None


def _named(turn: Turn) -> str | None:
    text = turn.understood.text
    pitfalls = turn.knowledge.pitfalls.values()
    return next((pitfall.id for pitfall in pitfalls if any(word in text for word in pitfall.unmistakable)), None)


def _which(turn: Turn) -> str:
    if turn.understood.intent == "self_harm":
        return SELF_HARM
    if (named := _named(turn)) is not None:
        return named
    text = turn.understood.text
    pitfalls = turn.knowledge.pitfalls.values()
    return next((pitfall.id for pitfall in pitfalls if any(cue in text for cue in pitfall.cues)), SECOND_FEE)
