"""Asking about steps: leading to a rung, waiting for its outcome, and what else could be done."""

from collections.abc import Sequence
from itertools import takewhile

from cases.dialogue import summary
from cases.dialogue.turn import Turn
from cases.documents import service as documents
from cases.knowledge.procedure import Rung
from cases.ladder import EVIDENCE
from cases.models import Case, Step
from cases.reminders import service as reminders
from cases.steps import service as steps

MAX_OPTIONS = 6
# What is done with nobody but oneself: there is nobody to have turned to, and nobody to answer.
ONES_OWN = "ch_self"


def ask_step(turn: Turn, case: Case, rung: Rung) -> None:
    """Lead the person to a rung: the summary the first time, what to do, the text to send."""
    about = f"step.{rung.id}"
    is_first_time = turn.conversation.asked != about
    if is_first_time:
        _introduce(turn, case, rung)
    before = documents.current(case, rung.letter) if rung.letter else None
    letter = documents.letter(turn.session, case, rung, turn.knowledge)
    if letter is not None and (is_first_time or letter is not before):
        turn.reply.page(letter.text)
    confirm = [turn.button("document.ok")] if letter and letter.confirmed_at is None else []
    _ask_whether_done(turn, rung.id, confirm)


def _introduce(turn: Turn, case: Case, rung: Rung) -> None:
    planner = turn.planner(case)
    if not case.steps:
        turn.reply.page(summary.of_case(planner))
    step = steps.propose(turn.session, case, rung)
    reminders.plan(turn.session, case, step)
    turn.reply.page(summary.of_rung(rung, planner))


def ask_outcome(turn: Turn, step: Step) -> None:
    """Ask how a step that was taken went."""
    rung = turn.knowledge.rungs[step.rung_id]
    titles = [(turn.knowledge.outcomes[id_].title, f"outcome.{id_}") for id_ in possible(turn, step)]
    own = rung.channel == ONES_OWN
    text = turn.word("outcome_question_own") if own else turn.word("outcome_question", addressee=rung.addressee)
    turn.ask(f"outcome.{rung.id}", text, [*titles, turn.button("options")])


def possible(turn: Turn, step: Step) -> list[str]:
    """The outcomes that a step can have now: not those of its other period."""
    rung = turn.knowledge.rungs[step.rung_id]
    period = "second" if is_second_period(turn, step) else "first"
    return [id_ for id_, turning in rung.outcomes.items() if turning.period in (None, period)]


def is_second_period(turn: Turn, step: Step) -> bool:
    """Whether the other side has taken it on, and a period of its own runs."""
    turnings = turn.knowledge.rungs[step.rung_id].outcomes.values()
    return step.deadline_id is not None and step.deadline_id in (turning.runs for turning in turnings)


def ask_again(turn: Turn, step: Step) -> None:
    """Ask about a step after some time: whether it was taken, or how it went."""
    if step.submitted_at is not None:
        ask_outcome(turn, step)
    else:
        _ask_whether_done(turn, step.rung_id)


def _ask_whether_done(turn: Turn, rung: str, more: Sequence[tuple[str, str]] = ()) -> None:
    choices = [turn.button("step.done"), *more, turn.button("how"), turn.button("options")]
    turn.ask(f"step.{rung}", turn.word("step_question"), choices)


def offer_options(turn: Turn, case: Case) -> None:
    """Tell what else may be done, what each still lacks, and let the person pick; what lacks something is asked for."""
    planner = turn.planner(case)
    options = planner.alternatives()
    turn.reply.remark(summary.of_options(options, turn.knowledge))
    takeable = [
        option.rung
        for option in sorted(options, key=lambda option: bool(option.lacks))
        if not option.closed and len(planner.ladder.askable(option.rung)) == len(option.lacks)
    ]
    choices = [(rung.name, f"take.{rung.id}") for rung in takeable[:MAX_OPTIONS]]
    turn.ask("options", turn.word("options_question"), [*choices, (turn.word("button_as_before"), "continue")])
    turn.done = True


def lead_away(turn: Turn, case: Case) -> None:
    """What the route now begins with goes before the steps that are open: the loss must be stopped first."""
    ladder = turn.planner(case).ladder
    heads = [turn.knowledge.rungs[id_] for id_ in takewhile(lambda id_: id_ != EVIDENCE, ladder.route.rungs)]
    for rung in reversed(heads):
        if ladder.climbable(rung) and not ladder.lacks(rung):
            steps.propose(turn.session, case, rung)
