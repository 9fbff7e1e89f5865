"""From an understood message to the answer: pick the topic, let it work, then ask the one next thing."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from cases.dialogue import answers, asking
from cases.dialogue.reply import Bubble
from cases.dialogue.topics import (
    choice,
    clarification,
    control,
    danger,
    evidence,
    facts,
    outcome,
    question,
    small_talk,
)
from cases.dialogue.turn import Turn
from cases.dialogue.understood import Understood
from cases.knowledge import knowledge
from cases.models import Person
from cases.transcript import service as transcript

TOPICS: Mapping[str, Callable[[Turn], None]] = {
    "facts": facts.handle,
    "evidence": evidence.handle,
    "question": question.handle,
    "outcome": outcome.handle,
    "choice": choice.handle,
    "control": control.handle,
    "danger": danger.handle,
    "small_talk": small_talk.handle,
    "clarification": clarification.ask,
}

# After these a pending confirmation still stands; anything else shows that the person has moved on.
DIGRESSIONS = ("question", "small_talk")

# What is said on these topics may hold a question as well, and both deserve an answer.
WITH_QUESTIONS = ("facts", "evidence", "outcome", "clarification")

# The topics of a message that nobody can place: ask back rather than guess.
UNPLACED = ("facts", "small_talk")

# Intents too vague to say what a message is about when it answers the question that was asked.
VAGUE = ("nlu_fallback", "out_of_scope", "choose", "greet", "vent", "evidence_given")


def answer(session: Session, person: Person, topic: str, understood: Understood) -> list[Bubble]:
    """Answer one message of a person, on the topic that its intent belongs to.

    Changes the case and the conversation through `session` and commits nothing. Always says something.
    """
    turn = Turn(session, person, transcript.conversation_of(session, person), understood, knowledge())
    chosen = _topic(turn, topic)
    TOPICS[chosen](turn)
    if chosen == "facts" and not turn.done and evidence.is_put_off(turn):
        evidence.later(turn)
    if chosen in WITH_QUESTIONS:
        question.answer_beside(turn)
    if not turn.done and chosen in DIGRESSIONS and turn.asked("confirm"):
        turn.confirm_again()
    elif not turn.done:
        asking.ask_next(turn)
    return turn.reply.bubbles()


def _topic(turn: Turn, topic: str) -> str:
    if danger.is_named(turn) or (topic == "danger" and turn.understood.is_sure):
        return "danger"
    if choice.offered(turn) is not None:
        return "choice"
    if evidence.declines_question(turn):
        return "evidence"
    if answers.answers_question(turn) or (turn.understood.facts and _is_vague(turn, topic)):
        return "facts"
    if turn.asked("outcome") and outcome.tells(turn):
        return "outcome"
    if topic in UNPLACED and clarification.is_needed(turn):
        return "clarification"
    if not turn.understood.is_sure and question.find(turn) is not None:
        return "question"
    return topic


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


def greeting(session: Session, person: Person, channel: str) -> list[dict[str, Any]]:
    """Welcome a new person, and write it down. A list of {text, buttons}."""
    conversation = transcript.conversation_of(session, person)
    turn = Turn(session, person, conversation, Understood("", "greet"), knowledge())
    turn.remark("welcome")
    asking.ask_what_happened(turn)
    said = [bubble.as_json() for bubble in turn.reply.bubbles()]
    transcript.record_bot(session, conversation, channel=channel, messages=said, latency_ms=0)
    return said
