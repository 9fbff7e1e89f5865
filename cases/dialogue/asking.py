"""The one next question, worded from the knowledge files; explained differently when it was not understood."""

from cases.case import service as case_service
from cases.dialogue import summary
from cases.dialogue.turn import Turn
from cases.documents import service as documents
from cases.evidence import service as evidence
from cases.knowledge.schema import Rung
from cases.models import Case, Stage
from cases.steps import service as steps

Choices = list[tuple[str, str]]

UNKNOWN = ("不清楚", "unknown")
HUMAN = ("转人工", "human")
# After so many misunderstandings of one question: explain it, then offer ways out, then a human.
MISSES_BEFORE_HUMAN = 2


def ask_next(turn: Turn) -> None:
    """Ask whatever the case needs next. Without a case: what happened."""
    case = turn.case
    if case is None:
        ask_what_happened(turn)
        return
    following = turn.planner(case).next()
    if following.kind == "fact":
        case_service.set_stage(turn.session, case, Stage.INTAKE)
        ask_fact(turn, following.id)
    elif following.kind == "evidence":
        case_service.set_stage(turn.session, case, Stage.EVIDENCE)
        ask_evidence(turn, case, following.id)
    elif following.kind == "step":
        case_service.set_stage(turn.session, case, Stage.STEP)
        ask_step(turn, case, turn.knowledge.rungs[following.id])
    elif following.kind == "outcome":
        case_service.set_stage(turn.session, case, Stage.WAITING)
        ask_outcome(turn, following.id)
    else:
        turn.ask("human", turn.word("ladder_exhausted"), [HUMAN])


def offer_other_cases(turn: Turn) -> bool:
    """Let the person turn to another open case of theirs; `False` if there is none."""
    others = [case for case in turn.open_cases() if case is not turn.case]
    if not others:
        return False
    stay = [("继续这个", "continue")] if turn.case else []
    choices = [(case.number, f"case.{case.number}") for case in others]
    turn.ask("which_case", turn.word("progress_others"), [*choices, *stay])
    return True


def ask_what_happened(turn: Turn) -> None:
    """Invite the person to tell it in their own words, or to tap."""
    fact = turn.knowledge.facts["dispute_kind"]
    turn.ask("opening", turn.word("opening_question"), [(c.title, f"kind.{c.value}") for c in fact.choices])


def ask_fact(turn: Turn, fact_id: str) -> None:
    """Ask for one fact of the case."""
    fact = turn.knowledge.facts[fact_id]
    prefix = "kind" if fact_id == "dispute_kind" else f"fact.{fact_id}"
    choices = [(c.title, f"{prefix}.{c.value}") for c in fact.choices]
    if fact_id == "dispute_kind" and turn.case is not None and turn.case.track:
        choices = [choice for choice in choices if choice[1] != f"kind.{turn.case.track}"]
    about = f"fact.{fact_id}"
    text = fact.explain if _misses(turn, about) else fact.ask
    turn.ask(about, text, [*choices, UNKNOWN, *_ways_out(turn, about)])


def ask_evidence(turn: Turn, case: Case, requirement_id: str) -> None:
    """Ask for one piece of evidence."""
    requirement = turn.knowledge.evidence[requirement_id]
    about = f"evidence.{requirement_id}"
    item = evidence.ask(turn.session, case, requirement_id)
    if _misses(turn, about):
        text = turn.word("evidence_explained", ask=requirement.ask, how=requirement.how)
    elif turn.conversation.asked == about:
        text = requirement.ask  # back from a digression: what it must show was said before
    elif item.parked:
        text = turn.word("evidence_again", name=requirement.name, ask=requirement.ask)
    else:
        text = turn.word("evidence_ask", ask=requirement.ask, must_show="、".join(requirement.must_show))
    choices = [("怎么弄", "how"), ("没有", "evidence.unavailable"), ("晚点发", "evidence.later")]
    turn.ask(about, text, [*choices, *_ways_out(turn, about)])


def ask_step(turn: Turn, case: Case, rung: Rung) -> None:
    """Lead the person to a rung: the summary the first time, what to do, the text to send."""
    about = f"step.{rung.id}"
    is_first_time = turn.conversation.asked != about
    if is_first_time:
        if not case.steps:
            turn.reply.page(summary.of_case(case, turn.knowledge))
        steps.propose(turn.session, case, rung)
        turn.reply.page(summary.of_rung(rung, turn.knowledge))
    before = documents.current(case, rung.letter) if rung.letter else None
    letter = documents.letter(turn.session, case, rung, turn.knowledge)
    if letter is not None and (is_first_time or letter is not before):
        turn.reply.page(letter.text)
    turn.ask(about, turn.word("step_question"), [("已经做了", "step.done"), ("怎么做", "how")])


def ask_outcome(turn: Turn, rung_id: str) -> None:
    """Ask how a step that was taken went."""
    choices: Choices = [
        ("钱退了", "outcome.refunded"),
        ("只退了一部分", "outcome.partial"),
        ("答应退了", "outcome.promised"),
        ("拒绝了", "outcome.refused"),
        ("没人回", "outcome.no_reply"),
    ]
    turn.ask(f"outcome.{rung_id}", turn.word("outcome_question"), choices)


def missed(turn: Turn) -> None:
    """The last question was not answered: it will be asked differently."""
    turn.conversation.misses += 1


def _misses(turn: Turn, about: str) -> int:
    return turn.conversation.misses if turn.conversation.asked == about else 0


def _ways_out(turn: Turn, about: str) -> Choices:
    return [HUMAN] if _misses(turn, about) >= MISSES_BEFORE_HUMAN else []
