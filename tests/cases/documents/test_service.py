"""Letters: one fact base, a version for every change of the facts."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from cases.case import service as cases_
from cases.case.facts import FactValue
from cases.documents import service as documents
from cases.documents.fact_base import claim, fact_base
from cases.evidence import service as evidence
from cases.knowledge import knowledge
from cases.knowledge.schema import Rung
from cases.models import Case, Document

DEMAND = knowledge().rungs["L2_demand"]
WITH_LETTER = [rung for rung in knowledge().rungs.values() if rung.letter]
FACTS: dict[str, FactValue] = {
    "platform": "极速卡盟",
    "merchant": "小李数码",
    "product": "话费200元",
    "amount": 20_000,
    "paid_at": date(2026, 11, 18),
    "pay_channel": "wechat",
    "pay_method": "order",
    "order_no": "A20261118001",
}


@pytest.fixture
def full(session: Session, case: Case) -> Case:
    """A case about which everything is known."""
    cases_.set_kind(session, case, "not_delivered", "ci_used")
    cases_.set_facts(session, case, FACTS)
    return case


def letter(session: Session, case: Case, rung: Rung = DEMAND) -> Document:
    made = documents.letter(session, case, rung, knowledge())
    assert made is not None
    return made


class TestLetters:
    @pytest.mark.parametrize("rung", [pytest.param(rung, id=rung.id) for rung in WITH_LETTER])
    def test_state_the_facts_as_people_write_them(self, session: Session, full: Case, rung: Rung) -> None:
        text = letter(session, full, rung).text
        for part in (
            "极速卡盟",
            "小李数码",
            "200.00元",
            "2026年11月18日",
            "A20261118001",
            "卡密提示已被使用",
        ):
            assert part in text
        assert full.number in text

    @pytest.mark.parametrize("rung", [pytest.param(rung, id=rung.id) for rung in WITH_LETTER])
    def test_can_be_made_when_nothing_but_the_kind_is_known(self, session: Session, case: Case, rung: Rung) -> None:
        cases_.set_kind(session, case, "not_delivered")
        text = letter(session, case, rung).text
        assert "（待补充" in text
        assert "None" not in text

    def test_are_not_made_for_a_step_without_one(self, session: Session, full: Case) -> None:
        rung = DEMAND.model_copy(update={"letter": None})
        assert documents.letter(session, full, rung, knowledge()) is None

    def test_name_the_day_to_answer_by(self, session: Session, full: Case) -> None:
        assert "2026年11月25日" in letter(session, full).text

    def test_list_what_is_there_and_what_is_still_coming(self, session: Session, full: Case) -> None:
        evidence.provide(session, full, "ev_order", text="有订单")
        evidence.park(session, full, "ev_chat")
        facts = fact_base(full, DEMAND, knowledge())
        assert facts["evidence"] == [knowledge().evidence["ev_order"].name]
        assert knowledge().evidence["ev_chat"].name in facts["missing"]
        assert knowledge().evidence["ev_order"].name not in facts["missing"]

    @pytest.mark.parametrize(
        "name",
        [
            pytest.param("老王 & <儿子>", id="markup"),
            pytest.param("{{ 7 * 7 }}{% raw %}", id="a template"),
        ],
    )
    def test_take_a_name_as_it_is(self, session: Session, full: Case, name: str) -> None:
        cases_.set_facts(session, full, {"merchant": name})
        assert name in letter(session, full).text


class TestVersions:
    def test_the_same_facts_make_the_same_letter(self, session: Session, full: Case) -> None:
        first = letter(session, full)
        assert letter(session, full) is first
        assert full.documents == [first]

    def test_changed_facts_make_a_new_version_and_keep_the_old(self, session: Session, full: Case) -> None:
        first = letter(session, full)
        cases_.set_facts(session, full, {"amount": 30_000})
        second = letter(session, full)
        session.flush()
        assert (first.version, second.version) == (1, 2)
        assert "200.00元" in first.text
        assert "300.00元" in second.text

    def test_the_newest_of_a_kind_is_the_current_one(self, session: Session, full: Case) -> None:
        letter(session, full)
        letter(session, full, knowledge().rungs["L3_platform"])
        cases_.set_facts(session, full, {"amount": 30_000})
        newest = letter(session, full)
        assert documents.current(full, "demand") is newest
        assert documents.current(full, "police") is None

    def test_the_facts_come_back_from_the_database_unchanged(self, session: Session, full: Case) -> None:
        first = letter(session, full)
        session.flush()
        session.expire_all()
        assert letter(session, full) is first


class TestClaims:
    def test_a_late_refund_is_claimed_as_one(self, full: Case, session: Session) -> None:
        before = claim(full, knowledge())
        cases_.set_track(session, full, "refund_delayed")
        assert claim(full, knowledge()) != before
        assert "200.00元" in claim(full, knowledge())

    def test_without_an_amount_the_claim_names_none(self, session: Session, case: Case) -> None:
        cases_.set_kind(session, case, "not_delivered")
        assert "全部款项" in claim(case, knowledge())

    def test_while_the_kind_is_open_the_money_is_claimed(self, case: Case) -> None:
        case.amount = 20_000
        assert "200.00元" in claim(case, knowledge())
