"""What happened: the dispute, and the facts of it, in any order, corrected by value or by name."""

from cases.case import service as cases_
from cases.case.facts import FactValue
from cases.dialogue import answers, asking
from cases.dialogue.topics import closing, confirmation, recovery
from cases.dialogue.turn import Turn
from cases.dialogue.understood import DISPUTES, GRIEVANCES, TRACK
from cases.models import Case


def handle(turn: Turn) -> None:
    """Take everything the message says about the case."""
    dispute, found = _dispute(turn), answers.found_facts(turn)
    part = answers.returned(turn)
    if dispute is None and not found and part is None:
        _without_facts(turn)
    elif _is_another_purchase(turn, found):
        confirmation.ask_whether_new_case(turn, dispute, found)
    elif turn.case is not None or not closing.ask_whether_closed_one(turn, dispute, found):
        _take_all(turn, dispute, found, part)


def _take_all(turn: Turn, dispute: str | None, found: dict[str, FactValue], part: int | None) -> None:
    is_new = turn.case is None
    case = turn.open_case()
    if dispute in (None, "not_delivered") and case.dispute_kind is None and _came_short(found):
        dispute = "not_as_described"
    if dispute is not None:
        consider_kind(turn, case, dispute)
    if found or is_new or part is None:
        take(turn, case, found, is_new=is_new)
    _remember_others(turn, case)
    if part is not None:
        recovery.take(turn, case, part)
        closing.ask_if_all(turn, case)


def _remember_others(turn: Turn, case: Case) -> None:
    """A message may make two grievances: the main one leads, and the other is not lost."""
    for grievance in turn.understood.also:
        if grievance == TRACK and case.track is None:
            cases_.set_track(turn.session, case, TRACK)
            turn.remark("track_set")
        elif grievance in DISPUTES and cases_.add_grievance(turn.session, case, grievance):
            turn.remark("also_noted", plain=turn.knowledge.kinds[grievance].plain)


def _dispute(turn: Turn) -> str | None:
    """The dispute that the message is about, if that is more than a guess."""
    intent = turn.understood.intent
    return intent if intent in GRIEVANCES and not turn.understood.is_guess else None


def _came_short(found: dict[str, FactValue]) -> bool:
    """Whether the facts themselves say that less came than was paid for."""
    paid, came = found.get("amount"), found.get("delivered_amount")
    return isinstance(paid, int) and isinstance(came, int) and 0 < came < paid


def take(turn: Turn, case: Case, found: dict[str, FactValue], *, is_new: bool = False) -> None:
    """Put facts into the case and say so."""
    replaced = {name for name, value in found.items() if getattr(case, name) not in (None, value)}
    changed = cases_.set_facts(turn.session, case, found)
    if is_new:
        _welcome_case(turn, case)
    _say_changed(turn, changed, replaced)
    if changed or is_new:
        return
    if turn.understood.intent in GRIEVANCES:
        cases_.log(turn.session, case, "account", text=turn.understood.text)
        if not turn.reply.has_remarked:
            turn.remark("reaction_noted")
    else:
        turn.remark("facts_known")


def _welcome_case(turn: Turn, case: Case) -> None:
    grievance = turn.knowledge.kinds.get(case.dispute_kind or "") or turn.knowledge.tracks.get(case.track or "")
    if grievance is None:
        turn.remark("case_opened_unclear", number=case.number)
    else:
        turn.remark("case_opened", plain=grievance.plain, number=case.number)


def _say_changed(turn: Turn, changed: dict[str, FactValue], replaced: set[str]) -> None:
    corrected = {name: value for name, value in changed.items() if name in replaced}
    learned = {name: value for name, value in changed.items() if name not in replaced}
    if corrected:
        turn.remark("facts_changed", facts=turn.listed(corrected))
    if learned:
        turn.remark("facts_noted", facts=turn.listed(learned))


def consider_kind(turn: Turn, case: Case, dispute: str) -> None:
    """Set the kind if the case has none; ask before changing it. A late refund is a track beside any kind."""
    subkind = turn.understood.subkind
    if dispute == TRACK:
        if case.track is None and (turn.understood.is_sure or case.dispute_kind is None):
            cases_.set_track(turn.session, case, TRACK)
            if case.dispute_kind is not None:
                turn.remark("track_set")
    elif case.dispute_kind is None or turn.asked("fact") == "dispute_kind":
        told = turn.knowledge.kinds[dispute].subkinds
        cases_.set_kind(turn.session, case, dispute, subkind if subkind in [it.id for it in told] else None)
    elif case.dispute_kind == dispute:
        if not case.steps:  # said again while a step waits, it tells nothing finer
            cases_.set_kind(turn.session, case, dispute, subkind or case.subkind)
    elif turn.understood.is_sure and not case.steps:
        _ask_whether_changed(turn, case, dispute, subkind)
    elif turn.understood.is_sure and cases_.add_grievance(turn.session, case, dispute):
        turn.remark("also_noted", plain=turn.knowledge.kinds[dispute].plain)


def _ask_whether_changed(turn: Turn, case: Case, dispute: str, subkind: str | None) -> None:
    now, then = turn.knowledge.kinds[dispute], turn.knowledge.kinds[case.dispute_kind or ""]
    turn.confirm(
        "change_kind",
        turn.word("confirm_change_kind", now=now.name, then=then.name),
        {"kind": dispute, "subkind": subkind},
        now=now.name,
        then=then.name,
    )
    turn.done = True


def _is_another_purchase(turn: Turn, found: dict[str, FactValue]) -> bool:
    if turn.case is None or turn.understood.intent == "correct" or turn.asked("fact") == "order_no":
        return False
    return turn.case.order_no is not None and found.get("order_no", turn.case.order_no) != turn.case.order_no


def _without_facts(turn: Turn) -> None:
    """A message about facts in which none was found: a name nobody knows, a correction by name, or a miss."""
    asked = turn.asked("fact")
    named = turn.named_fact()
    if turn.understood.intent == "correct" and named and turn.case:
        turn.remark("correct_which_value")
        asking.ask_fact(turn, named)
        turn.done = True
    elif asked is not None and answers.is_name(turn, asked):
        _ask_whether_name(turn, asked)
    elif turn.understood.intent == "correct" and turn.case:
        turn.remark("correct_what", facts=turn.listed(turn.planner(turn.case).facts))
    else:
        turn.remark("not_understood" if turn.case else "not_understood_no_case")
        asking.missed(turn)
        asking.stay_with_fact(turn)


def _ask_whether_name(turn: Turn, asked: str) -> None:
    value = answers.name_in(turn.understood.text)
    turn.confirm(
        "name",
        turn.word("confirm_name", fact=turn.knowledge.facts[asked].name, value=value),
        {"fact": asked, "value": value},
    )
    turn.done = True
