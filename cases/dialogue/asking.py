"""The one next question, worded from the knowledge files; explained differently when it was not understood."""

from cases.case import service as case_service
from cases.dialogue import climbing, summary
from cases.dialogue.turn import Turn
from cases.evidence import service as evidence
from cases.ladder import Option
from cases.models import Case, Stage, Step

Choices = list[tuple[str, str]]

# After so many misunderstandings of one question: explain it, then offer ways out, then a human.
MISSES_BEFORE_HUMAN = 2
# Facts that people have to look up somewhere first.
LOOKED_UP = ("operator", "operator_address")
# How a case ends that the person gave up.
CANCELLED = "cancelled"


def ask_next(turn: Turn) -> None:
    """Ask whatever the case needs next. Without a case: what happened."""
    case = turn.case
    if case is None:
        ask_what_happened(turn)
        return
    following = turn.planner(case).next()
    if following.kind == "fact":
        case_service.set_stage(turn.session, case, Stage.STEP if case.steps else Stage.INTAKE)
        ask_fact(turn, following.id, needed_by=following.needed_by)
    elif following.kind == "evidence":
        case_service.set_stage(turn.session, case, Stage.EVIDENCE)
        ask_evidence(turn, case, following.id)
    elif following.kind == "step":
        case_service.set_stage(turn.session, case, Stage.STEP)
        climbing.ask_step(turn, case, turn.knowledge.rungs[following.id])
    elif following.kind == "outcome":
        case_service.set_stage(turn.session, case, Stage.WAITING)
        climbing.ask_outcome(turn, next(step for step in case.steps if _is_waiting(step, following.id)))
    else:
        _hand_on(turn, case)


def _is_waiting(step: Step, rung: str) -> bool:
    return step.rung_id == rung and step.outcome is None


def _hand_on(turn: Turn, case: Case) -> None:
    """Nothing is left that can be done now: what is lacking, and who may help on."""
    lacking = [option for option in turn.planner(case).alternatives() if option.lacks and not option.closed]
    for option in lacking:
        turn.remark_line(summary.lacking(option.rung, option.lacks, turn.knowledge))
    choices = [(turn.knowledge.facts[fact].name, f"ask.{fact}") for fact in _distinct(lacking)]
    turn.ask("human", turn.word("ladder_exhausted"), [*choices, turn.button("options"), turn.button("human")])


def _distinct(options: list[Option]) -> list[str]:
    return list(dict.fromkeys(fact for option in options for fact in option.lacks))


def offer_other_cases(turn: Turn) -> bool:
    """Let the person turn to another open case of theirs; `False` if there is none."""
    others = [case for case in turn.open_cases() if case is not turn.case]
    if not others:
        return False
    stay = [(turn.word("button_this_case"), "continue")] if turn.case else []
    choices = [(case.number, f"case.{case.number}") for case in others]
    turn.ask("which_case", turn.word("progress_others"), [*choices, *stay])
    return True


def ask_what_happened(turn: Turn) -> None:
    """Invite the person to tell it in their own words, or to tap."""
    fact = turn.knowledge.facts["dispute_kind"]
    choices = [(c.title, f"kind.{c.value}") for c in fact.choices]
    case = turn.conversation.case
    if case is not None and case.outcome == CANCELLED:
        choices.append((turn.word("button_reopen"), f"case.{case.number}"))
    turn.ask("opening", turn.word("opening_question"), choices)


def ask_fact(turn: Turn, fact_id: str, needed_by: str | None = None) -> None:
    """Ask for one fact of the case; of a rung that needs it, say what it still lacks."""
    fact = turn.knowledge.facts[fact_id]
    prefix = "kind" if fact_id == "dispute_kind" else f"fact.{fact_id}"
    choices = [(c.title, f"{prefix}.{c.value}") for c in fact.choices]
    if fact_id == "dispute_kind" and turn.case is not None and turn.case.track:
        choices = [choice for choice in choices if choice[1] != f"kind.{turn.case.track}"]
    about = f"fact.{fact_id}"
    if needed_by is not None and turn.case is not None and turn.conversation.asked != about:
        rung = turn.knowledge.rungs[needed_by]
        turn.remark_line(summary.lacking(rung, turn.planner(turn.case).ladder.askable(rung), turn.knowledge))
    text = fact.explain if _misses(turn, about) else fact.ask
    how = [(turn.word("button_where"), "how")] if fact.id in LOOKED_UP else []
    turn.ask(about, text, [*choices, *how, turn.button("unknown"), *_ways_out(turn, about)])


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
    choices = [turn.button("how"), turn.button("evidence.unavailable"), turn.button("evidence.later")]
    turn.ask(about, text, [*choices, *_ways_out(turn, about)])


def stay_with_fact(turn: Turn) -> bool:
    """Ask once more for the fact that was asked for, whether or not it would be the next; `False` if none was."""
    fact = turn.asked("fact")
    if fact is None:
        return False
    ask_fact(turn, fact)
    turn.done = True
    return True


def missed(turn: Turn) -> None:
    """The last question was not answered: it will be asked differently."""
    turn.conversation.misses += 1


def _misses(turn: Turn, about: str) -> int:
    return turn.conversation.misses if turn.conversation.asked == about else 0


def _ways_out(turn: Turn, about: str) -> Choices:
    return [turn.button("human")] if _misses(turn, about) >= MISSES_BEFORE_HUMAN else []
