"""Every change of a case leaves an event."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository
from cases.case import service as cases_
from cases.models import Actor, Case, Person, Stage
from cases.people import service as people


def events(session: Session, case: Case) -> list[tuple[str, dict[str, Any]]]:
    session.flush()
    return [(event.name, event.data) for event in repository.events(session, case)]


class TestOpening:
    def test_a_new_case_knows_nothing_and_is_in_intake(self, session: Session, case: Case) -> None:
        assert (case.dispute_kind, case.amount, case.unknown) == (None, None, [])
        assert case.stage == Stage.INTAKE
        assert case.opened_at == clock.now()
        assert events(session, case) == [("opened", {})]

    def test_numbers_differ(self, session: Session, person: Person) -> None:
        assert len({cases_.open_case(session, person).number for _ in range(20)}) == 20


class TestFacts:
    def test_are_taken_with_who_said_them(self, session: Session, case: Case) -> None:
        cases_.set_facts(session, case, {"amount": 20_000, "paid_at": date(2026, 11, 18)})
        assert (case.amount, case.paid_at) == (20_000, date(2026, 11, 18))
        assert events(session, case)[1:] == [
            ("fact_set", {"fact": "amount", "value": 20_000, "before": None}),
            ("fact_set", {"fact": "paid_at", "value": "2026-11-18", "before": None}),
        ]
        assert {event.actor for event in repository.events(session, case)[1:]} == {Actor.PERSON}

    def test_that_change_leave_what_they_were(self, session: Session, case: Case) -> None:
        cases_.set_facts(session, case, {"paid_at": date(2026, 11, 18)})
        cases_.set_facts(session, case, {"paid_at": date(2026, 11, 17)}, actor=Actor.STAFF)
        assert events(session, case)[-1][1]["before"] == "2026-11-18"
        assert repository.events(session, case)[-1].actor == Actor.STAFF

    def test_only_what_is_new_or_different_is_a_change(self, session: Session, case: Case) -> None:
        cases_.set_facts(session, case, {"amount": 20_000, "platform": "极速卡盟"})
        before = events(session, case)
        assert cases_.set_facts(session, case, {"amount": 20_000}) == {}
        assert events(session, case) == before
        changed = cases_.set_facts(session, case, {"amount": 20_000, "platform": "飞速卡盟"})
        assert changed == {"platform": "飞速卡盟"}

    def test_that_nobody_knows_are_noted_once(self, session: Session, case: Case) -> None:
        cases_.set_unknown(session, case, "order_no")
        cases_.set_unknown(session, case, "order_no")
        assert case.unknown == ["order_no"]
        assert [name for name, _ in events(session, case)] == ["opened", "fact_unknown"]

    def test_that_come_to_mind_later_are_known_again(self, session: Session, case: Case) -> None:
        cases_.set_unknown(session, case, "order_no")
        cases_.set_unknown(session, case, "platform")
        cases_.set_facts(session, case, {"order_no": "20261118001"})
        assert case.unknown == ["platform"]


class TestKind:
    def test_is_noted_with_what_it_was(self, session: Session, case: Case) -> None:
        cases_.set_kind(session, case, "not_delivered", "ci_used")
        cases_.set_kind(session, case, "merchant_gone")
        assert (case.dispute_kind, case.subkind) == ("merchant_gone", None)
        assert events(session, case)[-1] == (
            "kind_set",
            {"kind": "merchant_gone", "subkind": None, "before": "not_delivered"},
        )

    def test_set_again_is_no_change(self, session: Session, case: Case) -> None:
        cases_.set_kind(session, case, "not_delivered", "ci_used")
        before = events(session, case)
        cases_.set_kind(session, case, "not_delivered", "ci_used")
        assert events(session, case) == before

    def test_that_was_unknown_is_known_now(self, session: Session, case: Case) -> None:
        cases_.set_unknown(session, case, "dispute_kind")
        cases_.set_kind(session, case, "not_delivered")
        assert case.unknown == []

    def test_a_track_stands_beside_it(self, session: Session, case: Case) -> None:
        cases_.set_kind(session, case, "not_delivered")
        cases_.set_track(session, case, "refund_delayed")
        cases_.set_track(session, case, "refund_delayed")
        assert (case.dispute_kind, case.track) == ("not_delivered", "refund_delayed")
        assert [name for name, _ in events(session, case)].count("track_set") == 1


class TestStage:
    def test_moving_is_an_event_and_staying_is_none(self, session: Session, case: Case) -> None:
        cases_.set_stage(session, case, Stage.INTAKE)
        cases_.set_stage(session, case, Stage.EVIDENCE)
        assert events(session, case)[1:] == [("stage_set", {"stage": "evidence", "before": "intake"})]

    def test_closing_says_how_and_when(self, session: Session, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TUIKUAN_NOW", "2026-12-24T18:00:00")
        cases_.close(session, case, "refunded")
        assert (case.stage, case.outcome, case.closed_at) == (Stage.CLOSED, "refunded", clock.now())

    def test_a_flag_is_raised_once(self, session: Session, case: Case) -> None:
        cases_.flag(session, case, "p_second_fee")
        cases_.flag(session, case, "p_second_fee")
        assert case.flags == ["p_second_fee"]


class TestRepository:
    def test_open_cases_are_the_persons_own_oldest_first(self, session: Session, person: Person) -> None:
        stranger = people.by_channel(session, "test", "stranger")
        first, closed, last = (cases_.open_case(session, person) for _ in range(3))
        cases_.open_case(session, stranger)
        cases_.close(session, closed, "cancelled")
        session.flush()
        assert repository.open_cases(session, person) == [first, last]

    def test_a_number_finds_only_ones_own_case(self, session: Session, case: Case, person: Person) -> None:
        stranger = people.by_channel(session, "test", "stranger")
        assert repository.by_number(session, person, case.number) is case
        assert repository.by_number(session, stranger, case.number) is None

    def test_a_change_of_a_list_is_kept(self, session: Session, case: Case) -> None:
        cases_.set_unknown(session, case, "order_no")
        cases_.flag(session, case, "p_second_fee")
        session.flush()
        session.refresh(case)
        assert (case.unknown, case.flags) == (["order_no"], ["p_second_fee"])
