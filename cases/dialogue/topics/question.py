"""Questions on the way: why, how, how far are we, and what the law says. Answered, then the thread goes on."""

import re

from cases.case import figures
from cases.case.facts import DAYS, MONEY
from cases.dialogue import asking, summary
from cases.dialogue.topics import closing, evidence
from cases.dialogue.turn import Turn
from cases.knowledge.schema import Answer

# These mean what the assistant just asked, if it asked anything.
ASKS = re.compile(r"[?？]|吗|呢|怎么|如何|多久|几天|能不能|可不可以|可以|要不要|是不是|有没有|会不会|该|谁")
ABOUT_THE_CASE = ("ask_why", "ask_how", "ask_progress")


def handle(turn: Turn) -> None:
    """Answer the question of the message, and keep what it tells of the case."""
    intent = turn.understood.intent
    if turn.case is not None:
        evidence.take_facts_beside(turn, turn.case, but=(*MONEY, *DAYS))
    reviewed = find(turn)
    if reviewed is not None and not _is_about_asked(turn):
        say(turn, reviewed)
    elif intent == "ask_progress":
        progress(turn)
    elif intent == "ask_why":
        why(turn)
    elif intent == "ask_how":
        how(turn)
    elif turn.understood.answers_worth_offering:
        offer(turn)
    else:
        turn.remark("answer_not_reviewed")
        turn.offers.append(turn.button("human"))


def _is_about_asked(turn: Turn) -> bool:
    """Whether why, how or how far is meant of what was just asked; how to find a fact may as well be of another."""
    if turn.understood.intent not in ABOUT_THE_CASE or not turn.conversation.asked:
        return False
    return not (turn.asked("fact") and turn.understood.asks_plainly)


def answer_beside(turn: Turn) -> None:
    """Answer a question that stands beside something else: 话费没到，平台有责任吗."""
    reviewed = find(turn)
    if reviewed is not None and ASKS.search(turn.understood.text):
        say(turn, reviewed)


def find(turn: Turn) -> Answer | None:
    """The reviewed answer to the question, if there is one."""
    return turn.knowledge.answers.get(turn.understood.answer or "")


def say(turn: Turn, answer: Answer) -> None:
    """The short answer, with the person's own figures; the article behind it can be tapped open."""
    turn.remark("answer", short=answer.short)
    if answer.amount and turn.case is not None and (figure := figures.worked(turn.case, answer.amount, turn.knowledge)):
        turn.remark_line(figure)
    if answer.more:
        turn.offers.append((turn.word("button_more"), f"more.{answer.id}"))


def offer(turn: Turn) -> None:
    """Ask which of the reviewed questions is meant; the law is not guessed at."""
    answers = [turn.knowledge.answers[id_] for id_ in turn.understood.answers_worth_offering]
    choices = [(answer.question, f"answer.{answer.id}") for answer in answers]
    turn.digress(turn.word("answer_which"), [*choices, (turn.word("clarify_none"), "answer.none")])


def chosen(turn: Turn, answer_id: str) -> None:
    """The person has picked a question, or none of those offered."""
    answer = turn.knowledge.answers.get(answer_id)
    if answer is not None:
        say(turn, answer)
    else:
        turn.remark("answer_not_reviewed")
        turn.offers.append(turn.button("human"))


def more(turn: Turn, answer_id: str) -> None:
    """What stands behind an answer: the articles, their nature, when it does not apply."""
    answer = turn.knowledge.answers.get(answer_id)
    if answer is not None and answer.more:
        checked = {turn.knowledge.laws[cite.law].checked_on for cite in answer.cites}
        turn.remark("answer_more", more=answer.more)
        if checked:
            turn.remark("answer_checked", day=min(checked))


def why(turn: Turn) -> None:
    """Why the last question was asked."""
    if (requirement := turn.asked("evidence")) is not None:
        turn.remark("why", why=turn.knowledge.evidence[requirement].why)
    elif (fact := turn.asked("fact")) is not None:
        turn.remark("why", why=turn.knowledge.facts[fact].why)
    elif (rung := turn.asked("step") or turn.asked("outcome")) is not None:
        turn.remark("why", why=turn.knowledge.rungs[rung].intro)
    else:
        turn.remark("why_nothing_asked")


def how(turn: Turn) -> None:
    """How to get what was asked for, or how to take the step."""
    if (requirement := turn.asked("evidence")) is not None:
        turn.remark("how", how=turn.knowledge.evidence[requirement].how)
    elif (fact := turn.asked("fact")) is not None:
        turn.remark("how", how=turn.knowledge.facts[fact].how)
    elif (rung := turn.asked("step") or turn.asked("outcome")) is not None:
        turn.remark("how", how=summary.of_doing(turn.knowledge.rungs[rung], turn.knowledge))
    else:
        turn.remark("how_nothing_asked")


def progress(turn: Turn) -> None:
    """Where the case stands; with several cases, the others can be tapped."""
    if turn.case is not None:
        turn.remark("progress", text=summary.of_progress(turn.planner(turn.case)))
    turn.done = asking.offer_other_cases(turn)
    if turn.case is None and not turn.done and not closing.tell_closed(turn):
        turn.remark("no_case_yet")
