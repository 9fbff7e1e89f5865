"""From an understood message to the answer: pick the topic, let it work, then ask the one next thing."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from cases.dialogue import answers, asking, dues, telling, undo, way
from cases.dialogue.reply import Bubble
from cases.dialogue.topics import (
    choice,
    clarification,
    confirmation,
    control,
    evidence,
    facts,
    guard,
    joining,
    outcome,
    question,
    recovery,
    small_talk,
    taking,
)
from cases.dialogue.turn import Turn
from cases.dialogue.understood import Understood
from cases.knowledge import knowledge
from cases.models import Callback, Person
from cases.transcript import service as transcript

TOPICS: Mapping[str, Callable[[Turn], None]] = {
    "facts": facts.handle,
    "evidence": evidence.handle,
    "question": question.handle,
    "outcome": outcome.handle,
    "choice": choice.handle,
    "control": control.handle,
    "guard": guard.handle,
    "small_talk": small_talk.handle,
    "clarification": clarification.ask,
}

# After these a pending confirmation still stands; anything else shows that the person has moved on.
DIGRESSIONS = ("question", "small_talk", "choice", "control", "guard")

# After these the question that was asked is asked again, even if it would not be the next.
ASIDES = ("question", "small_talk")

# What is said on these topics may hold a question as well, and both deserve an answer.
WITH_QUESTIONS = ("facts", "evidence", "outcome", "clarification")

# What is told on these topics is told of a case.
TELLING = ("facts", "outcome", "evidence")

# The topics of a message that nobody can place: ask back rather than guess.
UNPLACED = ("facts", "small_talk")

# Intents that do something at once, and only if that is sure: these come here as a guess.
CERTAIN = (undo.UNDO, joining.JOIN)

# Intents too vague to say what a message is about when it answers the question that was asked.
VAGUE = ("nlu_fallback", "out_of_scope", "choose", "greet", "vent", "evidence_given")


def answer(session: Session, person: Person, topic: str, understood: Understood) -> list[Bubble]:
    """Answer one message of a person, on the topic that its intent belongs to.

    Changes the case and the conversation through `session` and commits nothing. Always says something.
    """
    turn = Turn(session, person, transcript.conversation_of(session, person), understood, knowledge())
    if not undo.is_asked(turn):
        undo.remember(turn)
    chosen = _topic(turn, topic)
    route = way.of(turn)
    if chosen in TELLING:
        confirmation.settle_reopening(turn)
    TOPICS[chosen](turn)
    _take_what_is_beside(turn, chosen)
    dues.tell_moved(turn)
    if not (chosen == "guard" and turn.done):  # beside danger nothing else is said
        way.tell_changed(turn, route)
    if not turn.done:
        _carry_on(turn, chosen)
    undo.settle(turn)
    return turn.bubbles()


def _take_what_is_beside(turn: Turn, chosen: str) -> None:
    """What the message holds beside its topic: evidence put off, a guard, a question, money, a number."""
    if chosen == "facts" and not turn.done and evidence.is_put_off(turn):
        evidence.later(turn)
    if chosen != "guard":
        guard.beside(turn)
    if chosen in WITH_QUESTIONS:
        question.answer_beside(turn)
    if turn.case is not None and not turn.asked("confirm"):
        if turn.understood.returned is not None:
            recovery.take(turn, turn.case, turn.understood.returned)
        taking.note_reference(turn, telling.step_meant(turn))


def _carry_on(turn: Turn, chosen: str) -> None:
    if chosen in DIGRESSIONS and turn.asked("confirm"):
        turn.confirm_again()
    elif chosen == "small_talk" and turn.asked("danger") is not None:
        guard.ask_whether_over(turn)
    elif chosen not in ASIDES or not asking.stay_with_fact(turn):
        asking.ask_next(turn)


def _topic(turn: Turn, topic: str) -> str:
    if turn.understood.edited:
        return "facts"
    if turn.understood.intent == joining.JOIN and turn.understood.is_sure:
        return "control"
    if undo.is_asked(turn):
        return "control"
    if choice.offered(turn) is not None:
        return "choice"
    if evidence.declines_only(turn):
        return "evidence"
    if guard.announced(turn) is not None:
        return "guard"
    if control.wants_other_step(turn):
        return "control"
    if evidence.declines_question(turn):
        return "evidence"
    if answers.answers_question(turn):
        return "facts"
    if outcome.tells(turn):
        return "outcome"
    if answers.found_facts(turn) and _is_vague(turn, topic):
        return "facts"
    if topic in UNPLACED and clarification.is_needed(turn):
        return "clarification"
    if topic == "outcome" and telling.is_supposed(turn):
        return "question"
    if _asks_something(turn, topic):
        return "question"
    return "small_talk" if turn.understood.intent in CERTAIN else topic


def _asks_something(turn: Turn, topic: str) -> bool:
    """Whether a message whose intent says little asks for a reviewed answer, or may be asking for one."""
    is_open = topic == "small_talk" or not turn.understood.is_sure
    if question.find(turn) is not None:
        return is_open
    is_unknown = turn.understood.intent == "nlu_fallback" and not turn.asked("evidence")
    is_of_case = turn.understood.intent == "out_of_scope" and turn.case is not None
    return (is_unknown or is_of_case) and bool(turn.understood.answers_worth_offering)


def _is_vague(turn: Turn, topic: str) -> bool:
    """Whether the facts in a message tell more of it than its intent does."""
    if _is_elsewhere(turn):
        return False
    if turn.understood.intent in VAGUE:
        return True
    return topic in ("outcome", "control", "small_talk") and not turn.understood.is_sure


def _is_elsewhere(turn: Turn) -> bool:
    """Whether a message is surely about no purchase of theirs: 能用花呗付吗 opens no case and changes none."""
    if turn.understood.intent != "out_of_scope" or not turn.understood.is_sure:
        return False
    return turn.case is None or question.ASKS.search(turn.understood.text) is not None


def greeting(session: Session, person: Person, channel: str, answers: Callback | None = None) -> list[dict[str, Any]]:
    """Welcome a new person, and write it down. A list of {text, buttons}."""
    conversation = transcript.conversation_of(session, person)
    turn = Turn(session, person, conversation, Understood("", "greet"), knowledge())
    turn.remark("welcome")
    asking.ask_what_happened(turn)
    said = [bubble.as_json() for bubble in turn.bubbles()]
    transcript.record_bot(session, conversation, channel=channel, messages=said, latency_ms=0, answers=answers)
    return said
