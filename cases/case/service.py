"""Opening, changing and closing cases. Every change leaves an event with its actor and time."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cases import clock
from cases.case.facts import FactValue
from cases.models import Actor, Case, CaseEvent, Person, Stage


def open_case(session: Session, person: Person) -> Case:
    """A new case, about which nothing is known yet."""
    case = Case(person_id=person.id, opened_at=clock.now())
    session.add(case)
    session.flush()
    log(session, case, "opened")
    return case


def set_facts(
    session: Session, case: Case, facts: Mapping[str, FactValue], *, actor: Actor = Actor.PERSON
) -> dict[str, FactValue]:
    """Take facts into the case; returns those that are new or different."""
    changed = {name: value for name, value in facts.items() if getattr(case, name) != value}
    for name, value in changed.items():
        log(session, case, "fact_set", actor=actor, fact=name, value=value, before=getattr(case, name))
        setattr(case, name, value)
    case.unknown = [name for name in case.unknown if name not in facts]
    return changed


def set_unknown(session: Session, case: Case, fact: str) -> None:
    """The person does not know this fact: it is not asked for again."""
    if fact not in case.unknown:
        case.unknown = [*case.unknown, fact]
        log(session, case, "fact_unknown", actor=Actor.PERSON, fact=fact)


def forget(session: Session, case: Case, facts: Iterable[str]) -> None:
    """Take facts out of the case that turned out to be wrong; they may be asked for again."""
    for name in facts:
        if getattr(case, name) is not None:
            log(session, case, "fact_forgotten", fact=name, before=getattr(case, name))
            setattr(case, name, None)
    case.unknown = [name for name in case.unknown if name not in set(facts)]


def set_kind(session: Session, case: Case, kind: str, subkind: str | None = None) -> None:
    """What sort of dispute this is. Evidence already given stays with the case."""
    if (case.dispute_kind, case.subkind) != (kind, subkind):
        log(session, case, "kind_set", kind=kind, subkind=subkind, before=case.dispute_kind)
        case.dispute_kind, case.subkind = kind, subkind
    case.unknown = [name for name in case.unknown if name != "dispute_kind"]


def set_track(session: Session, case: Case, track: str) -> None:
    """Put the case on a track, whatever its kind."""
    if case.track != track:
        case.track = track
        log(session, case, "track_set", track=track)


def flag(session: Session, case: Case, name: str) -> None:
    """Mark the case with a guard that was noticed."""
    if name not in case.flags:
        case.flags = [*case.flags, name]
        log(session, case, "flagged", flag=name)


def add_grievance(session: Session, case: Case, grievance: str) -> bool:
    """Remember a grievance beside the main one; `False` if the case knows it already."""
    if grievance == case.dispute_kind or grievance in case.also:
        return False
    case.also = [*case.also, grievance]
    log(session, case, "grievance_added", grievance=grievance)
    return True


def set_stage(session: Session, case: Case, stage: Stage) -> None:
    """Move the case to a stage, if it is not there."""
    if case.stage != stage:
        log(session, case, "stage_set", stage=stage, before=case.stage)
        case.stage = stage


def close(session: Session, case: Case, outcome: str) -> None:
    """Close the case with how it ended."""
    case.outcome = outcome
    case.closed_at = clock.now()
    set_stage(session, case, Stage.CLOSED)


def log(session: Session, case: Case, name: str, *, actor: Actor = Actor.BOT, **data: Any) -> None:
    """Append an event to the case's history."""
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}
    session.add(CaseEvent(case_id=case.id, at=clock.now(), actor=actor, name=name, data=plain))
