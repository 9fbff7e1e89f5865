"""Questions on the way: why, how, how far are we, and what the law says. Answered, then the thread goes on."""

import re
import unicodedata

from cases.dialogue import asking, summary
from cases.dialogue.turn import Turn
from cases.knowledge.schema import Answer

# These mean what the assistant just asked, if it asked anything.
PARTS = re.compile(r"(?<=[，。,.;；!！?？~～\n])")
ASKS = re.compile(r"[?？]|吗|呢|怎么|如何|多久|几天|能不能|可不可以|可以|要不要|是不是|有没有|会不会|该|谁")
ABOUT_THE_CASE = ("ask_why", "ask_how", "ask_progress")


def handle(turn: Turn) -> None:
    """Answer the question of the message."""
    intent = turn.understood.intent
    reviewed = find(turn)
    if reviewed is not None and (intent not in ABOUT_THE_CASE or not turn.conversation.asked):
        turn.remark("answer", short=reviewed.short)
    elif intent == "ask_progress":
        progress(turn)
    elif intent == "ask_why":
        why(turn)
    elif intent == "ask_how":
        how(turn)
    else:
        turn.remark("answer_not_reviewed")


def answer_beside(turn: Turn) -> None:
    """Answer a question that stands beside something else: 话费没到，平台有责任吗."""
    asking_parts = [part for part in PARTS.split(turn.understood.text) if ASKS.search(part)]
    reviewed = find_in("".join(asking_parts), turn) if asking_parts else None
    if reviewed is not None:
        turn.remark("answer", short=reviewed.short)


def find(turn: Turn) -> Answer | None:
    """The reviewed answer to the question, if there is one."""
    return find_in(turn.understood.text, turn)


def find_in(text: str, turn: Turn) -> Answer | None:
    """The reviewed answer to the question that `text` asks, if there is one."""
    plain = unicodedata.normalize("NFKC", "".join(text.split())).lower()
    return next(
        (
            answer
            for answer in turn.knowledge.answers.values()
            if any(re.search(pattern, plain) for pattern in answer.asks)
        ),
        None,
    )


def why(turn: Turn) -> None:
    """Why the last question was asked."""
    if (requirement := turn.asked("evidence")) is not None:
        turn.remark("why", why=turn.knowledge.evidence[requirement].why)
    elif (fact := turn.asked("fact")) is not None:
        turn.remark("why", why=turn.knowledge.facts[fact].why)
    elif (rung := turn.asked("step")) is not None:
        turn.remark("why", why=turn.knowledge.rungs[rung].intro)
    else:
        turn.remark("why_nothing_asked")


def how(turn: Turn) -> None:
    """How to get what was asked for, or how to take the step."""
    if (requirement := turn.asked("evidence")) is not None:
        turn.remark("how", how=turn.knowledge.evidence[requirement].how)
    elif (fact := turn.asked("fact")) is not None:
        turn.remark("how", how=turn.knowledge.facts[fact].how)
    elif (rung := turn.asked("step")) is not None:
        turn.remark("how", how="\n".join(turn.knowledge.rungs[rung].do))
    else:
        turn.remark("how_nothing_asked")


def progress(turn: Turn) -> None:
    """Where the case stands; with several cases, the others can be tapped."""
    if turn.case is not None:
        turn.remark("progress", text=summary.of_progress(turn.case, turn.knowledge))
    turn.done = asking.offer_other_cases(turn)
    if turn.case is None and not turn.done:
        turn.remark("no_case_yet")
