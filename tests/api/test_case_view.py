"""A case as JSON."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from api.case_view import CaseView, view
from cases.case import service as cases_
from cases.clock import SHANGHAI
from cases.documents import service as documents
from cases.evidence import service as evidence
from cases.evidence.files import StoredFile
from cases.knowledge import knowledge
from cases.models import Case, Person
from cases.people import service as people
from cases.steps import service as steps

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
DEMAND = knowledge().rungs["L2_demand"]


@pytest.fixture
def person(session: Session) -> Person:
    """Somebody."""
    return people.by_channel(session, "test", "somebody")


@pytest.fixture
def case(session: Session, person: Person) -> Case:
    """Their case: something not delivered."""
    case = cases_.open_case(session, person)
    cases_.set_kind(session, case, "not_delivered", "ci_used")
    return case


def seen(session: Session, case: Case) -> CaseView:
    session.flush()
    return view(case)


def test_a_new_case_shows_what_is_open(session: Session, person: Person) -> None:
    shown = seen(session, cases_.open_case(session, person))
    assert (shown.dispute_kind, shown.amount, shown.steps) == (None, None, [])
    assert {item.status for item in shown.evidence} == {"open"}
    assert shown.dispute_name == knowledge().wording["kind_unknown"]
    assert (shown.next.kind, shown.next.id) == ("fact", "dispute_kind")


@pytest.mark.parametrize(
    ("fen", "yuan"),
    [
        pytest.param(20_000, "200.00", id="whole"),
        pytest.param(1_990, "19.90", id="cents"),
        pytest.param(5, "0.05", id="few"),
    ],
)
def test_money_is_yuan_in_a_string(session: Session, case: Case, fen: int, yuan: str) -> None:
    cases_.set_facts(session, case, {"amount": fen, "delivered_amount": fen})
    assert (seen(session, case).amount, seen(session, case).delivered_amount) == (yuan, yuan)


def test_facts_are_shown_by_value_and_the_channel_also_by_name(session: Session, case: Case) -> None:
    cases_.set_facts(session, case, {"paid_at": date(2026, 11, 18), "pay_channel": "wechat"})
    shown = seen(session, case).model_dump(mode="json")
    assert shown["paid_at"] == "2026-11-18"
    assert (shown["pay_channel"], shown["pay_channel_name"]) == ("wechat", "微信")


def test_the_claim_names_the_amount(session: Session, case: Case) -> None:
    cases_.set_facts(session, case, {"amount": 20_000})
    assert "200.00元" in (seen(session, case).claim or "")


class TestEvidence:
    def test_lists_what_is_required_before_what_strengthens(self, session: Session, case: Case) -> None:
        plan = next(it.evidence for it in knowledge().kinds["not_delivered"].subkinds if it.id == "ci_used")
        assert plan is not None
        assert [(item.id, item.level, item.status) for item in seen(session, case).evidence] == [
            *((id_, "required", "open") for id_ in plan.required),
            *((id_, "strengthens", "open") for id_ in plan.strengthens),
        ]

    def test_shows_its_state_and_the_digest_of_the_last_file(
        self, session: Session, case: Case, person: Person
    ) -> None:
        received = [
            evidence.receive_file(session, person, StoredFile(letter * 64, "image/png", 9), name="a.png", source="web")
            for letter in "ab"
        ]
        evidence.provide(session, case, "ev_order", attachments=received)
        evidence.park(session, case, "ev_payment")
        items = {item.id: item for item in seen(session, case).evidence}
        assert (items["ev_order"].status, items["ev_order"].sha256) == ("provided", "b" * 64)
        assert (items["ev_payment"].status, items["ev_payment"].sha256) == ("later", None)


class TestSteps:
    def test_show_how_far_they_are(self, session: Session, case: Case) -> None:
        step = steps.propose(session, case, DEMAND)
        assert seen(session, case).steps[0].status == "proposed"
        steps.submit(session, case, step, knowledge())
        assert seen(session, case).steps[0].status == "submitted"
        steps.finish(session, case, step, "refused")
        assert (seen(session, case).steps[0].status, seen(session, case).steps[0].outcome) == (
            "finished",
            "refused",
        )

    def test_show_when_they_are_due_and_how_binding_that_is(self, session: Session, case: Case) -> None:
        steps.submit(session, case, steps.propose(session, case, DEMAND), knowledge())
        [step] = seen(session, case).steps
        assert step.due_at == datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
        assert (step.due_type, step.provisional) == ("practice", False)


class TestNext:
    def shown(self, session: Session, case: Case) -> tuple[str, str, str]:
        following = seen(session, case).next
        return following.kind, following.id, following.text

    def test_shows_the_one_next_thing_at_every_stage(self, session: Session, case: Case) -> None:
        assert self.shown(session, case) == ("fact", "amount", knowledge().facts["amount"].ask)
        for fact in knowledge().facts:
            cases_.set_unknown(session, case, fact)
        assert self.shown(session, case) == ("evidence", "ev_order", knowledge().evidence["ev_order"].ask)
        step = steps.propose(session, case, DEMAND)
        assert self.shown(session, case) == ("step", "L2_demand", DEMAND.intro)
        steps.submit(session, case, step, knowledge())
        assert self.shown(session, case)[:2] == ("outcome", "L2_demand")
        cases_.close(session, case, "refunded")
        assert self.shown(session, case) == ("closed", "refunded", "")


def test_documents_are_listed_with_their_newest_version(session: Session, case: Case) -> None:
    documents.letter(session, case, DEMAND, knowledge())
    cases_.set_facts(session, case, {"amount": 20_000})
    documents.letter(session, case, DEMAND, knowledge())
    [shown] = seen(session, case).documents
    assert (shown.kind, shown.name, shown.version) == ("demand", knowledge().documents["demand"].name, 2)


def test_no_key_of_the_database_is_shown(session: Session, case: Case) -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for inner in value.values() for key in keys(inner)}
        return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()

    shown = seen(session, case).model_dump(mode="json")
    assert not keys(shown) & {"person_id", "case_id", "external_id", "public_id"}
    assert "id" not in shown
