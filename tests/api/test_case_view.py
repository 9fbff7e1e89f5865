"""A case as JSON."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from api.case_view import CaseView, view
from api.fact_view import FactView
from cases.case import facts as case_facts
from cases.case import service as cases_
from cases.case.facts import FactValue
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

    def test_tells_what_to_hand_in_how_and_why(self, session: Session, case: Case) -> None:
        [piece, *_] = seen(session, case).evidence
        asked = knowledge().evidence[piece.id]
        assert (piece.ask, piece.how, piece.why) == (asked.ask, asked.how, asked.why)
        assert piece.must_show == list(asked.must_show)

    def test_lists_every_file_with_its_links(self, session: Session, case: Case, person: Person) -> None:
        received = [
            evidence.receive_file(session, person, StoredFile(letter * 64, "image/png", 9), name="a.png", source="web")
            for letter in "ab"
        ]
        evidence.provide(session, case, "ev_order", attachments=received)
        shown = {item.id: item for item in seen(session, case).evidence}["ev_order"]
        assert [file.id for file in shown.files] == [file.public_id for file in received]
        assert [list(file.links) for file in shown.files] == [["original", "preview", "thumb"]] * 2


class TestFacts:
    def shown(self, session: Session, case: Case) -> dict[str, FactView]:
        return {fact.id: fact for fact in seen(session, case).facts}

    @pytest.mark.parametrize(
        ("name", "value", "edited", "shown", "kind"),
        [
            pytest.param("amount", 20_000, "200.00", "200 元", "money", id="money"),
            pytest.param("recovered_amount", 5_050, "50.50", "50.50 元", "money", id="money that came back"),
            pytest.param("paid_at", date(2026, 11, 18), "2026-11-18", "11月18日", "date", id="day"),
            pytest.param("pay_channel", "wechat", "wechat", "微信", "choice", id="choice"),
            pytest.param("platform", "极速卡盟", "极速卡盟", "极速卡盟", "text", id="words"),
            pytest.param("contact_attempts", 3, "3", "3 次", "count", id="count"),
        ],
    )
    def test_are_there_to_read_and_to_edit(
        self, session: Session, case: Case, name: str, value: FactValue, edited: str, shown: str, kind: str
    ) -> None:
        cases_.set_facts(session, case, {name: value})
        fact = self.shown(session, case)[name]
        assert (fact.value, fact.shown, fact.kind, fact.editable) == (edited, shown, kind, True)
        assert fact.name == knowledge().facts[name].name
        assert case_facts.written(name, fact.value, knowledge()) == value

    def test_of_the_intake_are_there_before_they_are_known(self, session: Session, case: Case) -> None:
        fact = self.shown(session, case)["pay_channel"]
        assert (fact.value, fact.shown) == ("", "")
        assert [choice.value for choice in fact.choices][:2] == ["wechat", "alipay"]

    def test_that_the_person_does_not_know_can_still_be_told(self, session: Session, case: Case) -> None:
        cases_.set_unknown(session, case, "order_no")
        assert self.shown(session, case)["order_no"].value == ""

    def test_of_another_kind_are_not_there(self, session: Session, case: Case) -> None:
        assert "delivered_amount" not in self.shown(session, case)
        cases_.set_kind(session, case, "not_as_described")
        assert "delivered_amount" in self.shown(session, case)

    def test_keep_the_order_in_which_they_are_asked_for(self, session: Session, case: Case) -> None:
        cases_.set_facts(session, case, {"merchant": "小店", "amount": 100})
        order = list(knowledge().facts)
        assert list(self.shown(session, case)) == sorted(self.shown(session, case), key=order.index)

    @pytest.mark.parametrize(
        ("kind", "track", "value"),
        [
            pytest.param("not_delivered", None, "not_delivered", id="a kind"),
            pytest.param(None, "refund_delayed", "refund_delayed", id="a track alone"),
            pytest.param(None, None, "", id="not known yet"),
        ],
    )
    def test_begin_with_the_dispute(
        self, session: Session, person: Person, kind: str | None, track: str | None, value: str
    ) -> None:
        case = cases_.open_case(session, person)
        case.dispute_kind, case.track = kind, track
        first = seen(session, case).facts[0]
        assert (first.id, first.value, bool(first.shown)) == ("dispute_kind", value, bool(value))
        assert value in {"", *(choice.value for choice in first.choices)}


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
