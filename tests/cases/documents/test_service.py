"""Documents of a case: a version for every change, stale when a fact changes, confirmed by the person."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from cases.case import repository
from cases.case import service as cases_
from cases.case.facts import FactValue
from cases.documents import service as documents
from cases.documents.fact_base import fact_base
from cases.evidence import service as evidence
from cases.knowledge import knowledge
from cases.knowledge.procedure import Rung
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


def tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIKUAN_NOW", "2026-11-23T10:00:00")


class TestLetters:
    @pytest.mark.parametrize("rung", [pytest.param(rung, id=rung.id) for rung in WITH_LETTER])
    def test_are_the_documents_of_their_rungs(self, session: Session, full: Case, rung: Rung) -> None:
        made = letter(session, full, rung)
        assert made.kind == rung.letter
        assert knowledge().documents[made.kind].rung == rung.id
        assert "极速卡盟" in made.text

    @pytest.mark.parametrize("kind", knowledge().documents)
    def test_can_be_made_when_nothing_at_all_is_known(self, session: Session, case: Case, kind: str) -> None:
        assert "（待补充" in documents.make(session, case, kind, knowledge()).text

    def test_are_not_made_for_a_step_without_one(self, session: Session, full: Case) -> None:
        assert documents.letter(session, full, knowledge().rungs["L0_stop_loss"], knowledge()) is None

    def test_name_the_day_to_answer_by(self, session: Session, full: Case) -> None:
        assert "2026年11月25日" in letter(session, full).text

    def test_list_what_is_there_and_what_is_still_coming(self, session: Session, full: Case) -> None:
        evidence.provide(session, full, "ev_order", text="有订单")
        evidence.park(session, full, "ev_chat")
        evidence.close_unavailable(session, full, "ev_payment")
        facts = fact_base(full, knowledge().documents["demand"], knowledge())
        names = {id_: knowledge().evidence[id_].name for id_ in ("ev_order", "ev_chat", "ev_payment")}
        assert facts["evidence"] == [names["ev_order"]]
        assert names["ev_chat"] in facts["missing"]
        assert names["ev_payment"] not in facts["missing"]

    @pytest.mark.parametrize(
        ("name", "written"),
        [
            pytest.param("老王 & <儿子>", "老王 & <儿子>", id="markup"),
            pytest.param("{{ 7 * 7 }}{% raw %}", "{{ 7 * 7 }}{% raw %}", id="a template"),
            pytest.param("小李\n\n一、数码", "小李 一、数码", id="lines of its own"),
            pytest.param("小李｜数码", "小李|数码", id="a bar of a table"),
            pytest.param("小\x08李\u200b数码", "小李数码", id="what cannot be printed"),
        ],
    )
    def test_take_a_name_as_words_and_nothing_else(self, session: Session, full: Case, name: str, written: str) -> None:
        cases_.set_facts(session, full, {"merchant": name})
        assert f"商家：{written}\n" in letter(session, full).text

    @pytest.mark.parametrize("kind", knowledge().documents)
    def test_keep_within_their_length_whatever_people_say(self, session: Session, full: Case, kind: str) -> None:
        names = ("platform", "merchant", "product", "order_no", "operator", "operator_address")
        cases_.set_facts(session, full, dict.fromkeys(names, "长" * 60))
        assert len(documents.make(session, full, kind, knowledge()).text) <= knowledge().documents[kind].max_chars


class TestVersions:
    def test_the_same_facts_make_the_same_document(self, session: Session, full: Case) -> None:
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

    def test_another_day_makes_a_new_version(
        self, session: Session, full: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        letter(session, full)
        tomorrow(monkeypatch)
        assert "2026年11月23日" in letter(session, full).text

    def test_what_was_confirmed_keeps_its_day(
        self, session: Session, full: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = letter(session, full)
        documents.confirm(session, full, first)
        tomorrow(monkeypatch)
        assert letter(session, full) is first

    def test_what_was_confirmed_is_made_anew_when_a_fact_changes(self, session: Session, full: Case) -> None:
        first = letter(session, full)
        documents.confirm(session, full, first)
        cases_.set_facts(session, full, {"recovered_amount": 5_000})
        second = letter(session, full)
        assert second.version == 2
        assert second.confirmed_at is None
        assert "尚欠150.00元" in second.text

    def test_the_newest_of_a_kind_is_the_current_one(self, session: Session, full: Case) -> None:
        letter(session, full)
        letter(session, full, knowledge().rungs["L3_platform"])
        cases_.set_facts(session, full, {"amount": 30_000})
        newest = letter(session, full)
        assert documents.current(full, "demand") is newest
        assert documents.current(full, "police") is None

    @pytest.mark.parametrize("kind", knowledge().documents)
    def test_the_facts_come_back_from_the_database_unchanged(self, session: Session, full: Case, kind: str) -> None:
        first = documents.make(session, full, kind, knowledge())
        session.flush()
        session.expire_all()
        assert first.facts == fact_base(full, knowledge().documents[kind], knowledge())
        assert documents.make(session, full, kind, knowledge()) is first


class TestStaleness:
    def test_a_new_document_is_not_stale(self, session: Session, full: Case) -> None:
        assert not documents.is_stale(full, letter(session, full), knowledge())

    def test_a_fact_that_changed_makes_it_stale(self, session: Session, full: Case) -> None:
        made = letter(session, full)
        cases_.set_facts(session, full, {"amount": 30_000})
        assert documents.is_stale(full, made, knowledge())

    def test_new_evidence_makes_it_stale(self, session: Session, full: Case) -> None:
        made = letter(session, full)
        evidence.provide(session, full, "ev_order", text="有订单")
        assert documents.is_stale(full, made, knowledge())

    def test_a_fact_that_it_does_not_tell_does_not(self, session: Session, full: Case) -> None:
        made = letter(session, full)
        cases_.set_facts(session, full, {"operator_address": "某市某路1号"})
        assert not documents.is_stale(full, made, knowledge())

    def test_a_later_day_does_not(self, session: Session, full: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        made = letter(session, full)
        tomorrow(monkeypatch)
        assert not documents.is_stale(full, made, knowledge())

    def test_the_day_that_a_refund_becomes_refused_does(
        self, session: Session, full: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cases_.set_facts(session, full, {"refund_requested_at": date(2026, 11, 7)})
        made = documents.make(session, full, "final_demand", knowledge())
        tomorrow(monkeypatch)
        assert not documents.is_stale(full, made, knowledge())
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-24T00:00:00")
        assert documents.is_stale(full, made, knowledge())


class TestConfirming:
    def test_is_noted_once(self, session: Session, full: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        made = letter(session, full)
        documents.confirm(session, full, made)
        at = made.confirmed_at
        tomorrow(monkeypatch)
        documents.confirm(session, full, made)
        session.flush()
        assert at is not None
        assert made.confirmed_at == at
        assert [event.name for event in repository.events(session, full)].count("document_confirmed") == 1
