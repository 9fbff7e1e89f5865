"""A step from the day it is proposed to its outcome."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository
from cases.clock import SHANGHAI
from cases.knowledge import knowledge
from cases.knowledge.schema import DeadlineType, Due, Rung
from cases.models import Actor, Case
from cases.steps import service as steps

DEMAND = knowledge().rungs["L2_demand"]


def rung(due: Due | None) -> Rung:
    return DEMAND.model_copy(update={"due": due})


def due(amount: int, unit: str) -> Due:
    return Due.model_validate({"amount": amount, "unit": unit, "type": "statutory", "source": "某条"})


def test_proposing_begins_a_step_once(session: Session, case: Case) -> None:
    step = steps.propose(session, case, DEMAND)
    assert steps.propose(session, case, DEMAND) is step
    assert case.steps == [step]
    assert (step.proposed_at, step.submitted_at, step.outcome) == (clock.now(), None, None)


@pytest.mark.parametrize(
    ("rule", "due_at"),
    [
        pytest.param(due(72, "hour"), "2026-11-25T10:00:00", id="hours run at once"),
        pytest.param(due(7, "workday"), "2026-12-01T23:59:59", id="working days run to the last one's end"),
    ],
)
def test_the_deadline_runs_from_the_moment_it_is_taken(session: Session, case: Case, rule: Due, due_at: str) -> None:
    step = steps.propose(session, case, rung(rule))
    steps.submit(session, case, step, rung(rule))
    assert step.submitted_at == clock.now()
    assert step.due_at == datetime.fromisoformat(due_at).replace(tzinfo=SHANGHAI)
    assert (step.due_type, step.provisional) == (DeadlineType.STATUTORY, False)


def test_past_the_published_calendar_the_deadline_is_provisional(
    session: Session, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUIKUAN_NOW", "2098-03-03T10:00:00")
    step = steps.propose(session, case, rung(due(7, "workday")))
    steps.submit(session, case, step, rung(due(7, "workday")))
    assert step.provisional


def test_a_step_without_a_rule_has_no_deadline(session: Session, case: Case) -> None:
    step = steps.propose(session, case, rung(None))
    steps.submit(session, case, step, rung(None))
    session.flush()
    assert (step.due_at, step.due_type, step.provisional) == (None, None, False)


def test_the_outcome_is_what_the_person_says_and_when(
    session: Session, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = steps.propose(session, case, DEMAND)
    steps.submit(session, case, step, DEMAND)
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-25T12:00:00")
    steps.finish(session, case, step, "refused")
    assert (step.outcome, step.outcome_at) == ("refused", clock.now())


def test_each_of_it_is_an_event_with_its_actor(session: Session, case: Case) -> None:
    step = steps.propose(session, case, DEMAND)
    steps.submit(session, case, step, DEMAND)
    steps.finish(session, case, step, "refused")
    session.flush()
    assert [(event.name, event.actor) for event in repository.events(session, case)[1:]] == [
        ("step_proposed", Actor.BOT),
        ("step_submitted", Actor.PERSON),
        ("step_outcome", Actor.PERSON),
    ]
