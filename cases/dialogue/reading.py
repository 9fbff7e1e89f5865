"""Telling what was read in pictures. It becomes a fact of the case only when the person says yes."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cases.case import facts as case_facts
from cases.case.facts import FactValue
from cases.dialogue.turn import Turn
from cases.dialogue.understood import Understood
from cases.evidence import repository
from cases.evidence.likeness import likeness_distance
from cases.knowledge import knowledge
from cases.models import Attachment, Case, EvidenceItem, Person, ReadingState
from cases.transcript import repository as transcript_repository
from cases.transcript import service as transcript

# What may become a fact, and what a picture may contradict: a shop's name is written in too many ways.
READ = ("amount", "order_no", "paid_at", "merchant", "pay_channel")
SETTLING = ("amount", "order_no", "paid_at")
COMPANY = re.compile(r"公司$")
SAME_PICTURE = 4
"""Two pictures with no more bits of likeness apart are the same one."""


def tell(session: Session, person: Person) -> bool:
    """Tell the person what was read since last time, and ask what of it holds; `False` if nothing was said.

    While a question waits for a yes or no, or a human has taken over, this is told later.
    """
    conversation = transcript.conversation_of(session, person)
    turn = Turn(session, person, conversation, Understood("", "read"), knowledge())
    if turn.asked("confirm") or conversation.taken_by_id is not None:
        return False
    pictures = repository.untold(session, person)
    for picture in pictures:
        picture.reading_state = ReadingState.TOLD
    case = turn.case
    if case is None:
        return False
    proving = [picture for picture in pictures if picture.withdrawn_at is None]
    _tell_gaps(turn, case, proving)
    _tell_twins(turn, person, proving)
    _ask_what_holds(turn, case, _as_told(case, _agreed(proving), proving))
    said = [bubble.as_json() for bubble in turn.bubbles()]
    if said:
        channel = transcript_repository.last_channel(session, conversation)
        transcript.record_bot(session, conversation, channel=channel, messages=said, latency_ms=0)
    return bool(said)


def _agreed(pictures: Sequence[Attachment]) -> dict[str, FactValue]:
    """What the pictures say, where none says otherwise."""
    said: dict[str, set[Any]] = {}
    for picture in pictures:
        for name in READ:
            if (value := _found(picture).get(name)) is not None:
                said.setdefault(name, set()).add(value)
    plain = ({"entity": name, "value": next(iter(values))} for name, values in said.items() if len(values) == 1)
    read = case_facts.read(plain)
    # A bill names who was paid in full: that is whom a complaint must name, whatever the shop is called.
    if COMPANY.search(str(read.get("merchant", ""))):
        read["operator"] = read.pop("merchant")
    return read


def _as_told(case: Case, read: dict[str, FactValue], pictures: Sequence[Attachment]) -> dict[str, FactValue]:
    """The person's order number, where a picture shows it among others: each page names another first."""
    numbers = {number for picture in pictures for number in _found(picture).get("numbers", ())}
    if case.order_no is None or case.order_no not in numbers:
        return read
    return {**read, "order_no": case.order_no}


def _found(picture: Attachment) -> Mapping[str, Any]:
    found = (picture.reading or {}).get("fields", {})
    return {name: value for name, value in found.items() if value is not None}


def _ask_what_holds(turn: Turn, case: Case, read: dict[str, FactValue]) -> None:
    known = case_facts.known(case)
    new = {name: value for name, value in read.items() if name not in known}
    other = {name: value for name, value in read.items() if name in SETTLING and known.get(name, value) != value}
    same = {name: value for name, value in read.items() if known.get(name) == value}
    if not new and not other:
        if same:
            turn.remark("reading_agrees", facts=turn.listed(same))
        return
    lines = [turn.word("reading_new", facts=turn.listed(new))] if new else []
    lines += [_difference(turn, name, value, known[name]) for name, value in other.items()]
    question = turn.word("reading_question", found="\n".join(lines))
    turn.confirm("reading", question, {"facts": {name: _plain(value) for name, value in (new | other).items()}})


def _difference(turn: Turn, name: str, read: FactValue, known: FactValue) -> str:
    fact = turn.knowledge.facts[name].name
    seen, told = (case_facts.shown(name, value, turn.knowledge) for value in (read, known))
    return turn.word("reading_differs", fact=fact, read=seen, known=told)


def _plain(value: FactValue) -> str | int:
    return value.isoformat() if isinstance(value, date) else value


def _tell_gaps(turn: Turn, case: Case, pictures: Sequence[Attachment]) -> None:
    """Of each piece of evidence with a new picture: what its pictures should show and none does."""
    for item in case.evidence:
        new = [picture for picture in item.attachments if picture in pictures]
        shown = turn.knowledge.evidence[item.requirement_id].reads
        if not new or not shown:
            continue
        found = {name for picture in item.attachments for name in _found(picture)}
        missing = [word for name, word in shown.items() if name not in found]
        if len(missing) == len(shown):
            turn.remark("reading_blank", name=_name(turn, item))
        elif missing:
            turn.remark("reading_missing", name=_name(turn, item), missing="、".join(missing))
        if any(_found(picture).get("state") == "refunded" for picture in new):
            turn.remark("reading_refunded")


def _tell_twins(turn: Turn, person: Person, pictures: Sequence[Attachment]) -> None:
    """The same picture proves nothing twice."""
    others = [(file, item) for file, item in repository.filed(turn.session, person) if file.withdrawn_at is None]
    for picture in pictures:
        twins = [item for file, item in others if file.id < picture.id and _is_same(file, picture)]
        if twins:
            turn.remark("reading_twin", name=_name(turn, twins[0]))


def _is_same(one: Attachment, other: Attachment) -> bool:
    if one.sha256 == other.sha256:
        return True
    if one.likeness is None or other.likeness is None:
        return False
    return likeness_distance(one.likeness, other.likeness) <= SAME_PICTURE


def _name(turn: Turn, item: EvidenceItem) -> str:
    return turn.knowledge.evidence[item.requirement_id].name
