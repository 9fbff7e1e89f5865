"""How far cases have come, counted in both databases. It is ten in the morning in Shanghai."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.models import Case, Conversation, EvidenceItem, EvidenceState, Stage, Step
from cases.numbers.period import Period
from cases.numbers.progress import repository as progress
from cases.numbers.progress.repository import CaseSum, EvidenceCount, Funnel
from cases.numbers.repository import Span

HOUR = 3_600
Talk = Callable[..., Conversation]
Opened = Callable[..., Case]


@pytest.fixture
def since() -> datetime:
    """Since when is counted: the month."""
    return Period.of(30).since


def asked_for(session: Session, case: Case, **states: EvidenceState) -> None:
    """Evidence of a case, by its requirement."""
    case.evidence.extend(
        EvidenceItem(requirement_id=requirement, state=state, changed_at=clock.now())
        for requirement, state in states.items()
    )
    session.flush()


def took(session: Session, case: Case, rung: str, after_h: float, answered_h: float | None = None, **more: Any) -> None:
    """A step, so many hours after the case was opened, and what came of it so many hours later."""
    at = case.opened_at + timedelta(hours=after_h)
    step = Step(case_id=case.id, rung_id=rung, proposed_at=case.opened_at, submitted_at=at, **more)
    if answered_h is not None:
        step.outcome, step.outcome_at = "refused", at + timedelta(hours=answered_h)
    case.steps.append(step)
    session.flush()


class TestKinds:
    def test_are_counted_by_the_day_in_shanghai(self, session: Session, case_of: Opened, since: datetime) -> None:
        case_of(opened_at=since, dispute_kind="not_delivered")
        case_of(opened_at=since + timedelta(hours=23, minutes=59), dispute_kind="not_delivered")
        case_of(opened_at=since + timedelta(days=1), dispute_kind="not_delivered")
        assert sorted(progress.kinds(session, since)) == [(0, "not_delivered", 2), (1, "not_delivered", 1)]

    def test_of_before_the_period_are_not_counted(self, session: Session, case_of: Opened, since: datetime) -> None:
        case_of(opened_at=since - timedelta(seconds=1))
        assert progress.kinds(session, since) == []

    def test_without_a_kind_are_on_a_track_or_unclear(self, session: Session, case_of: Opened, since: datetime) -> None:
        case_of(track="refund_delayed")
        case_of()
        assert {kind for _, kind, _ in progress.kinds(session, since)} == {"refund_delayed", None}


class TestFunnel:
    def test_counts_each_stage_that_was_reached(
        self, session: Session, talk: Talk, case_of: Opened, since: datetime
    ) -> None:
        talk()
        asked_for(session, case_of(), ev_order=EvidenceState.PROVIDED, ev_chat=EvidenceState.ASKED)
        asked_for(session, case_of(), ev_order=EvidenceState.PROVIDED, ev_chat=EvidenceState.UNAVAILABLE)
        took(session, case_of(), "L2_demand", 1)
        took(session, case_of(closed_at=clock.now()), "L2_demand", 1, 5)
        assert progress.funnel(session, since) == Funnel(
            begun=5, opened=4, evidenced=1, stepped=2, answered=1, closed=1
        )

    def test_counts_a_conversation_once_however_many_cases_it_has(
        self, session: Session, talk: Talk, since: datetime
    ) -> None:
        found = talk(case={})
        session.add(Case(person_id=found.person_id, opened_at=clock.now()))
        session.flush()
        assert progress.funnel(session, since).opened == 1

    def test_leaves_out_who_has_only_opened_the_page(self, session: Session, talk: Talk, since: datetime) -> None:
        talk(text="")
        talk(days=31)
        assert progress.funnel(session, since) == Funnel(0, 0, 0, 0, 0, 0)


class TestWherePeopleLeave:
    @pytest.fixture
    def left(self, session: Session, since: datetime) -> Callable[[], list[tuple[str | None, int]]]:
        """What those were asked last who left."""
        return lambda: progress.left_at(session, since, clock.now() - timedelta(days=3))

    def test_is_the_last_question_most_frequent_first(self, talk: Talk, left: Callable[[], Any]) -> None:
        for asked in ("fact.amount", "evidence.ev_order", "evidence.ev_order"):
            talk(days=4, asked=asked, case={"stage": Stage.EVIDENCE})
        assert left() == [("evidence.ev_order", 2), ("fact.amount", 1)]

    @pytest.mark.parametrize(
        "of_talk",
        [
            pytest.param({"days": 2}, id="who spoke lately"),
            pytest.param({"days": 4, "case": {"stage": Stage.WAITING}}, id="who waits"),
            pytest.param({"days": 4, "case": {"stage": Stage.CLOSED}}, id="who is done"),
            pytest.param({"days": 4, "text": ""}, id="who never spoke"),
            pytest.param({"days": 31}, id="who began earlier"),
        ],
    )
    def test_leaves_out(self, talk: Talk, left: Callable[[], Any], of_talk: dict[str, Any]) -> None:
        talk(asked="fact.amount", **of_talk)
        assert left() == []


class TestEvidence:
    def test_is_counted_by_what_came_of_it(self, session: Session, case_of: Opened, since: datetime) -> None:
        for state in EvidenceState:
            asked_for(session, case_of(), ev_order=state)
        assert progress.evidence(session, since) == [EvidenceCount("ev_order", 5, 1, 1, 1)]

    @pytest.mark.parametrize(
        ("provided", "asked", "quarters"),
        [(0, 3, 0), (1, 4, 1), (2, 3, 2), (3, 4, 3), (4, 4, 4), (1, 1, 4)],
    )
    def test_of_a_case_is_there_in_whole_quarters(
        self, session: Session, case_of: Opened, since: datetime, provided: int, asked: int, quarters: int
    ) -> None:
        states = [EvidenceState.PROVIDED] * provided + [EvidenceState.ASKED] * (asked - provided)
        asked_for(session, case_of(), **{f"ev_{number}": state for number, state in enumerate(states)})
        assert progress.completeness(session, since) == {quarters: 1}


class TestTimes:
    def test_are_the_median_and_what_one_in_ten_exceeds(
        self, session: Session, case_of: Opened, since: datetime
    ) -> None:
        for hours in (*range(1, 10), 100):
            took(session, case_of(days=10), "L2_demand", hours, answered_h=2 * hours)
        assert progress.times_to(session, since) == [Span("L2_demand", 10, 5 * HOUR, 9 * HOUR)]
        assert progress.times_waited(session, since) == [Span("L2_demand", 10, 10 * HOUR, 18 * HOUR)]

    def test_are_told_for_each_rung(self, session: Session, case_of: Opened, since: datetime) -> None:
        case = case_of(days=10)
        took(session, case, "L2_demand", 1)
        took(session, case, "L3_platform", 30)
        assert [(span.of, span.median) for span in progress.times_to(session, since)] == [
            ("L2_demand", HOUR),
            ("L3_platform", 30 * HOUR),
        ]
        assert progress.times_waited(session, since) == []

    def test_count_a_rung_that_is_taken_again_once(self, session: Session, case_of: Opened, since: datetime) -> None:
        case = case_of(days=10)
        took(session, case, "L2_demand", 1)
        took(session, case, "L2_demand", 90, attempt=2)
        assert progress.times_to(session, since) == [Span("L2_demand", 1, HOUR, HOUR)]

    def test_before_the_case_was_opened_are_none(self, session: Session, case_of: Opened, since: datetime) -> None:
        took(session, case_of(days=1), "L2_demand", -30)
        assert progress.times_to(session, since) == [Span("L2_demand", 1, 0, 0)]


class TestSums:
    def test_tell_how_much_was_paid_and_came_back(self, session: Session, case_of: Opened, since: datetime) -> None:
        case_of(outcome="refunded", amount=20_000, recovered_amount=20_000)
        case_of(outcome="refunded", amount=5_000, recovered_amount=5_000)
        case_of(amount=1_000)
        assert progress.sums(session, since, Case.outcome, 9) == [
            CaseSum("refunded", 2, 2, 25_000, 25_000),
            CaseSum(None, 1, 1, 1_000, 0),
        ]

    def test_by_name_leave_out_the_nameless_and_are_at_most_so_many(
        self, session: Session, case_of: Opened, since: datetime
    ) -> None:
        for platform in ("甲", "甲", "乙", None, None, None):
            case_of(platform=platform)
        assert [row.of for row in progress.named_sums(session, since, Case.platform, 1)] == ["甲"]
        assert [row.of for row in progress.named_sums(session, since, Case.platform, 5)] == ["甲", "乙"]
