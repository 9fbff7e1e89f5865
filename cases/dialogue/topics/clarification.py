"""Uncertainty said aloud: one short question when it is not clear which grievance a message makes, if any."""

from cases.case import service as cases_
from cases.dialogue.turn import Turn

NONE_OF_THESE = "none"
# The questions in answer to which it matters what the message is about; any other gives it a meaning of its own.
OPEN_QUESTIONS = (None, "opening", "fact.dispute_kind")


def is_needed(turn: Turn) -> bool:
    """Whether the message leaves open what it is about, and nothing has settled that before."""
    is_settled = turn.case is not None and (turn.case.dispute_kind or turn.case.track)
    return not is_settled and turn.conversation.asked in OPEN_QUESTIONS and bool(turn.understood.torn_between)


def ask(turn: Turn) -> None:
    """Keep the facts, and let the person pick."""
    if turn.understood.facts:
        is_new = turn.case is None
        case = turn.open_case()
        learned = cases_.set_facts(turn.session, case, turn.understood.facts)
        if is_new:
            turn.remark("case_opened_unclear", number=case.number)
        if learned:
            turn.remark("facts_noted", facts=turn.listed(learned))
    offer(turn, turn.understood.torn_between)


def offer(turn: Turn, grievances: tuple[str, ...]) -> None:
    """Ask which of one or two grievances is meant."""
    titles = {choice.value: choice.title for choice in turn.knowledge.facts["dispute_kind"].choices}
    offered = [titles[grievance] for grievance in grievances]
    question = turn.word(f"clarify_{len(offered)}", first=offered[0], second=offered[-1])
    choices = [(titles[grievance], f"kind.{grievance}") for grievance in grievances]
    turn.ask("clarification", question, [*choices, (turn.word("clarify_none"), f"kind.{NONE_OF_THESE}")])
    turn.done = True
