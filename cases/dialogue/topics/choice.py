"""Answers to what was asked: a tapped button, its words, its number, yes and no."""

import re

from cases.case import repository
from cases.case import service as cases_
from cases.case.facts import read
from cases.corrections import service as corrections
from cases.dialogue import asking, climbing, numbering
from cases.dialogue.topics import (
    clarification,
    closing,
    confirmation,
    control,
    evidence,
    facts,
    outcome,
    question,
    taking,
)
from cases.dialogue.turn import Turn
from cases.dialogue.understood import TRACK
from cases.documents import service as documents
from cases.models import Stage
from cases.steps import service as steps

NUMERALS = "一二三四五六七八九"
NTH = re.compile(rf"^(?:选|第)?\s*([1-9{NUMERALS}])\s*(?:个|项|种|条)?[吧。.]?$")
# To a confirmation, a message of this length that holds one title is that choice in other words: 不是，继续.
# Elsewhere it may be anything: 有没有人工 holds 没有.
WORDING_CHARS = 8
DENIES = re.compile(r"[不没别未]$")


def handle(turn: Turn) -> None:
    """Do what was chosen."""
    choice = offered(turn)
    if choice is not None:
        _do(turn, choice)
    elif turn.understood.intent == "affirm":
        _yes(turn)
    elif turn.understood.intent == "deny":
        _no(turn)
    else:
        turn.remark("choose_which")
        asking.missed(turn)


def offered(turn: Turn) -> str | None:
    """What the text chooses among the buttons on offer: by token, by title, or by number."""
    text = turn.understood.text.strip()
    buttons = turn.conversation.offered
    for button in buttons:
        if text in (button["token"], button["title"]):
            return str(button["choice"])
    named = [button for button in buttons if _says(text, button["title"])]
    if turn.asked("confirm") and len(named) == 1 and len(text) <= WORDING_CHARS:
        return str(named[0]["choice"])
    nth = NTH.match(text)
    if nth is None or not numbering.is_open(turn.conversation):
        return None
    index = int(nth[1]) if nth[1].isdigit() else NUMERALS.index(nth[1]) + 1
    return str(buttons[index - 1]["choice"]) if index <= len(buttons) else None


def _says(text: str, title: str) -> bool:
    """Whether a short text says a title or one of its halves: 能用了 is 能用，解决了; 不能用 is not."""
    halves = [half for half in title.split("，") if half in text]
    return title in text or any(not DENIES.search(text.partition(half)[0]) for half in halves)


def _do(turn: Turn, choice: str) -> None:
    verb, _, rest = choice.partition(".")
    match verb:
        case "kind":
            _set_kind(turn, rest)
        case "fact":
            name, _, value = rest.partition(".")
            facts.take(turn, turn.open_case(), read([{"entity": name, "value": value}]))
        case "unknown":
            evidence.unavailable(turn)
        case "evidence":
            {"unavailable": evidence.unavailable, "later": evidence.later, "kept": evidence.kept}[rest](turn)
        case "confirm":
            (confirmation.accept if rest == "yes" else confirmation.refuse)(turn)
        case "step":
            taking.step_done(turn)
        case "take":
            _take(turn, rest)
        case "options":
            _offer_options(turn)
        case "document":
            _confirm_document(turn)
        case "ask":
            asking.ask_fact(turn, rest)
            turn.done = True
        case "more":
            question.more(turn, rest)
        case "answer":
            question.chosen(turn, rest)
        case "outcome":
            outcome.record(turn, rest)
        case "how":
            question.how(turn)
        case "human":
            control.human(turn)
        case "case":
            _switch(turn, rest)
        case _:
            turn.remark("go_on")


def _set_kind(turn: Turn, kind: str) -> None:
    if kind == clarification.NONE_OF_THESE:
        turn.remark("clarify_again")
        turn.conversation.asked = None
        return
    if turn.conversation.asked == "clarification":
        corrections.explained(turn.session, turn.conversation, kind)
    is_new = turn.case is None
    case = turn.open_case()
    if kind == TRACK:
        cases_.set_track(turn.session, case, TRACK)
    else:
        cases_.set_kind(turn.session, case, kind)
    if is_new:
        facts.take(turn, case, dict(turn.understood.facts), is_new=True)
    else:
        turn.remark("kind_noted")


def _take(turn: Turn, rung: str) -> None:
    """Take up a rung that is not the next one; the one that was proposed stays for later."""
    if turn.case is not None:
        steps.propose(turn.session, turn.case, turn.knowledge.rungs[rung])
        turn.remark("go_on")


def _offer_options(turn: Turn) -> None:
    if turn.case is not None:
        climbing.offer_options(turn, turn.case)


def _confirm_document(turn: Turn) -> None:
    """The person has read the text and finds it right."""
    case, rung = turn.case, turn.asked("step")
    letter = turn.knowledge.rungs[rung].letter if rung else None
    document = documents.current(case, letter) if case and letter else None
    if case is not None and document is not None:
        documents.confirm(turn.session, case, document)
        turn.remark("document_confirmed")


def _switch(turn: Turn, number: str) -> None:
    case = repository.by_number(turn.session, turn.person, number)
    if case is not None and case.stage == Stage.CLOSED:
        closing.reopen(turn, case)
    elif case is not None:
        turn.turn_to(case)
        turn.remark("switched", number=number)


def _yes(turn: Turn) -> None:
    if turn.asked("confirm"):
        confirmation.accept(turn)
    elif turn.asked("evidence"):
        evidence.handle(turn)
    elif turn.asked("step"):
        turn.remark("step_take_your_time")
        turn.done = True
    else:
        turn.remark("go_on")


def _no(turn: Turn) -> None:
    if turn.asked("confirm"):
        confirmation.refuse(turn)
    elif turn.asked("evidence"):
        evidence.unavailable(turn)
    elif turn.asked("step"):
        turn.remark("step_take_your_time")
        turn.done = True
    else:
        turn.remark("not_understood" if turn.case else "not_understood_no_case")
        asking.missed(turn)
