"""Putting a fact of a case right for the person, by the same rules as theirs."""

from sqlalchemy.orm import Session

from cases.case import facts
from cases.case import service as cases_
from cases.case.facts import KIND, FactValue
from cases.dialogue import asking, dues
from cases.dialogue.turn import Turn
from cases.errors import NotFound
from cases.knowledge import knowledge
from cases.models import Actor, Case, Conversation, StaffUser
from cases.takeover import speaking


def edit(session: Session, conversation: Conversation, name: str, text: str, staff: StaffUser) -> None:
    """Set a fact as a form hands it in; the person is told, unless a human is talking to them anyway.

    Raises `BadInput` with what would be right, `NotFound` if there is no open case.
    """
    turn = speaking.begin(session, conversation)
    if turn.case is None:
        raise NotFound("没有进行中的案子。")
    value = facts.written(name, text, knowledge())
    if _current(turn.case, name) == value:
        return
    _set(turn, turn.case, name, value)
    conversation.before = None  # nobody takes it back by taking back what they said before
    _tell(turn, name, value, staff)


def _current(case: Case, name: str) -> FactValue | None:
    found: FactValue | None = case.dispute_kind or case.track if name == KIND else getattr(case, name)
    return found


def _set(turn: Turn, case: Case, name: str, value: FactValue) -> None:
    if name != KIND:
        cases_.set_facts(turn.session, case, {name: value}, actor=Actor.STAFF)
        return
    cases_.log(turn.session, case, "fact_set", actor=Actor.STAFF, fact=KIND, value=value, before=_current(case, KIND))
    if value in turn.knowledge.tracks:
        cases_.set_track(turn.session, case, str(value))
    else:
        cases_.set_kind(turn.session, case, str(value))


def _tell(turn: Turn, name: str, value: FactValue, staff: StaffUser) -> None:
    turn.remark("facts_by_staff", name=staff.display_name, facts=turn.listed({name: value}))
    dues.tell_moved(turn)
    if turn.conversation.taken_by_id is not None:
        return
    if turn.asked("fact") == name:
        asking.ask_next(turn)
    speaking.say(turn)
