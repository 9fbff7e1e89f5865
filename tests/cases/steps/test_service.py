"""A step from the day it is proposed to its outcome, and how long the other side has."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cases import clock
from cases.case import repository, snapshot
from cases.case import service as cases_
from cases.clock import SHANGHAI
from cases.knowledge import knowledge
from cases.knowledge.schema import DeadlineType
from cases.models import Actor, Case, Step
from cases.steps import service as steps

Clock = Callable[[str], None]


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock."""
    return lambda moment: monkeypatch.setenv("TUIKUAN_NOW", moment)


def shanghai(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)


def propose(session: Session, case: Case, rung: str) -> Step:
    return steps.propose(session, case, knowledge().rungs[rung])


def submit(session: Session, case: Case, rung: str, on: date | None = None) -> Step:
    step = propose(session, case, rung)
    steps.submit(session, case, step, knowledge(), on)
    return step


def events(session: Session, case: Case, *names: str) -> list[tuple[str, str, dict[str, Any]]]:
    session.flush()
    found = repository.events(session, case)
    return [(event.name, event.actor, event.data) for event in found if event.name in names]


class TestProposing:
    def test_begins_a_step_once(self, session: Session, case: Case) -> None:
        step = propose(session, case, "L2_demand")
        assert propose(session, case, "L2_demand") is step
        assert case.steps == [step]
        assert (step.attempt, step.proposed_at, step.submitted_at, step.outcome) == (1, clock.now(), None, None)

    def test_a_step_that_is_waited_for_does_not_begin_it_again(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L2_demand")
        assert propose(session, case, "L2_demand") is step

    def test_a_step_that_has_ended_begins_another_attempt(self, session: Session, case: Case) -> None:
        for attempt in (1, 2, 3):
            step = submit(session, case, "L6_12315")
            assert step.attempt == attempt
            steps.finish(session, case, step, "not_accepted_materials")
        session.flush()
        assert [(step.rung_id, step.outcome) for step in case.steps] == [("L6_12315", "not_accepted_materials")] * 3

    def test_of_several_open_steps_the_one_proposed_last_is_the_open_one(self, session: Session, case: Case) -> None:
        first, second = submit(session, case, "L2_demand"), propose(session, case, "L3_platform")
        assert steps.open_step(case) is second
        steps.finish(session, case, second, "refused")
        assert steps.open_step(case) is first
        steps.finish(session, case, first, "refused")
        assert steps.open_step(case) is None


class TestTheOtherSidesTime:
    @pytest.mark.parametrize(
        ("rung", "deadline", "due_at", "type_"),
        [
            pytest.param("L2_demand", "d_demand_reply", "2026-11-25T10:00:00", "practice", id="hours run at once"),
            pytest.param("L3_platform", "d_platform_reply", "2026-12-01T23:59:59", "practice", id="a platform"),
            pytest.param("L5_final_demand", "d_final_demand", "2026-11-27T23:59:59", "practice", id="a last demand"),
            pytest.param("L6_12315", "d_12315_accept", "2026-12-01T23:59:59", "statutory", id="12315, seven workdays"),
            pytest.param("L10_court", "d_court_docket", "2026-11-30T23:59:59", "statutory", id="a Sunday moves on"),
            pytest.param("CLOSE_WATCH", "d_close_watch", "2026-12-01T23:59:59", "practice", id="a refund on its way"),
        ],
    )
    def test_runs_from_the_moment_the_step_is_taken(
        self, session: Session, case: Case, rung: str, deadline: str, due_at: str, type_: str
    ) -> None:
        step = submit(session, case, rung)
        assert step.submitted_at == step.due_from == clock.now()
        assert (step.deadline_id, step.due_at, step.due_type) == (deadline, shanghai(due_at), type_)
        assert not step.provisional

    def test_runs_from_the_end_of_an_earlier_day_if_it_was_taken_then(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L6_12315", on=date(2026, 11, 18))
        assert step.submitted_at == shanghai("2026-11-18T23:59:59")
        assert step.due_at == shanghai("2026-11-27T23:59:59")
        assert step.proposed_at == clock.now()

    @pytest.mark.parametrize("on", ["2026-11-22", "2026-12-24"], ids=["today", "a day to come"])
    def test_runs_from_now_if_the_day_told_is_not_over(self, session: Session, case: Case, on: str) -> None:
        assert submit(session, case, "L2_demand", on=date.fromisoformat(on)).submitted_at == clock.now()

    def test_runs_from_the_day_in_shanghai_whatever_day_it_is_elsewhere(
        self, session: Session, case: Case, it_is: Clock
    ) -> None:
        it_is("2026-11-23T00:30:00")  # still the 22nd in Greenwich
        step = submit(session, case, "L2_demand", on=date(2026, 11, 22))
        assert step.submitted_at == shanghai("2026-11-22T23:59:59")

    @pytest.mark.parametrize("rung", ["L4b_unauthorized", "L7_association", "L9_police", "L11_enforce"])
    def test_is_not_made_up_where_no_rule_says_how_long_they_have(
        self, session: Session, case: Case, rung: str
    ) -> None:
        step = submit(session, case, rung)
        session.flush()
        assert (step.deadline_id, step.due_from, step.due_at, step.due_type) == (None, None, None, None)
        assert (step.outcome, step.provisional) == (None, False)

    @pytest.mark.parametrize("rung", [rung.id for rung in knowledge().rungs.values() if not rung.outcomes])
    def test_matters_not_where_nobody_answers(self, session: Session, case: Case, rung: str) -> None:
        step = submit(session, case, rung)
        assert (step.outcome, step.outcome_at, step.due_at) == (steps.DONE, clock.now(), None)

    def test_stops_when_the_step_was_not_taken_after_all(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L6_12315")
        steps.take_back(session, case, step)
        assert (step.submitted_at, step.deadline_id, step.due_from, step.due_at, step.due_type) == (None,) * 5
        assert not step.provisional
        assert steps.open_step(case) is step


class TestTheYearsEnd:
    """The holidays of 2027 are not published in November 2026: a day in 2027 may yet move."""

    def test_mediation_that_begins_now_ends_next_year_for_the_present(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L6_12315")
        assert not step.provisional
        steps.run(step, "d_12315_mediation", clock.now(), knowledge())
        assert step.due_at == shanghai("2027-01-21T23:59:59")
        assert step.provisional

    @pytest.mark.parametrize(
        ("now", "due_at", "provisional"),
        [
            pytest.param("2026-12-22T10:00", "2026-12-31T23:59:59", False, id="the last of this year"),
            pytest.param("2026-12-23T10:00", "2027-01-04T23:59:59", True, id="the first of the next, after New Year"),
            pytest.param("2026-12-31T23:30", "2027-01-12T23:59:59", True, id="from New Year's Eve"),
        ],
    )
    def test_seven_workdays(
        self, session: Session, case: Case, it_is: Clock, now: str, due_at: str, provisional: bool
    ) -> None:
        it_is(now)
        step = submit(session, case, "L6_12315")
        assert (step.due_at, step.provisional) == (shanghai(due_at), provisional)

    def test_hours_need_no_calendar(self, session: Session, case: Case, it_is: Clock) -> None:
        it_is("2026-12-30T10:00")
        step = submit(session, case, "L2_demand")
        assert (step.due_at, step.provisional) == (shanghai("2027-01-02T10:00"), False)

    def test_a_period_without_a_guess_is_not_provisional_any_more(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L10_court")
        steps.run(step, "d_summary", clock.now(), knowledge())
        assert step.provisional
        steps.run(step, "d_court_docket", clock.now(), knowledge())
        assert not step.provisional


class TestASecondPeriod:
    def test_replaces_the_first_and_runs_from_its_own_day(self, session: Session, case: Case, it_is: Clock) -> None:
        step = submit(session, case, "L6_12315")
        it_is("2026-11-30T09:00")
        steps.run(step, "d_12315_mediation", clock.end_of(date(2026, 11, 27)), knowledge())
        assert step.deadline_id == "d_12315_mediation"
        assert step.due_from == shanghai("2026-11-27T23:59:59")
        assert step.due_at == shanghai("2027-01-26T23:59:59")
        assert step.submitted_at == shanghai("2026-11-22T10:00")
        assert step.outcome is None

    def test_is_left_alone_when_a_fact_changes(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L6_12315")
        steps.run(step, "d_12315_mediation", clock.now(), knowledge())
        cases_.set_facts(session, case, {"pay_channel": "wechat", "amount": 100})
        assert steps.reschedule(session, case, knowledge()) == []
        assert step.deadline_id == "d_12315_mediation"


class TestAChangedFact:
    @pytest.fixture
    def complaint(self, session: Session, case: Case) -> Step:
        """A complaint to the payment channel, made on Sunday at ten; nobody knows how long that channel takes."""
        cases_.set_facts(session, case, {"pay_channel": "other", "pay_method": "order"})
        return submit(session, case, "L4_payment")

    def change(self, session: Session, case: Case, **facts: Any) -> list[Step]:
        cases_.set_facts(session, case, facts)
        return steps.reschedule(session, case, knowledge())

    def test_gives_a_step_the_time_that_nobody_knew_before(
        self, session: Session, case: Case, complaint: Step, it_is: Clock
    ) -> None:
        assert complaint.due_at is None
        it_is("2026-11-23T18:00")
        assert self.change(session, case, pay_channel="wechat") == [complaint]
        assert (complaint.deadline_id, complaint.due_type) == ("d_wechat_finish", DeadlineType.PLATFORM_CONTRACT)
        assert complaint.due_at == shanghai("2026-11-25T10:00")
        assert complaint.due_from == complaint.submitted_at == shanghai("2026-11-22T10:00")
        assert events(session, case, "due_changed") == [("due_changed", Actor.BOT, {"rung": "L4_payment"})]

    def test_takes_it_away_again(self, session: Session, case: Case, complaint: Step) -> None:
        self.change(session, case, pay_channel="wechat")
        assert self.change(session, case, pay_channel="alipay") == [complaint]
        assert (complaint.deadline_id, complaint.due_from, complaint.due_at, complaint.due_type) == (None,) * 4
        assert complaint.submitted_at == shanghai("2026-11-22T10:00")
        assert not complaint.provisional

    def test_that_changes_nothing_for_a_step_moves_nothing(self, session: Session, case: Case, complaint: Step) -> None:
        self.change(session, case, pay_channel="wechat")
        assert self.change(session, case, amount=9_900, order_no="1") == []
        assert self.change(session, case, pay_channel="wechat") == []
        assert len(events(session, case, "due_changed")) == 1

    def test_does_not_move_what_the_other_side_has_promised(
        self, session: Session, case: Case, complaint: Step
    ) -> None:
        steps.promise(session, case, complaint, date(2026, 12, 1))
        assert self.change(session, case, pay_channel="wechat") == []
        assert complaint.due_at == shanghai("2026-12-01T23:59:59")

    def test_does_not_move_what_was_only_proposed_or_has_ended(
        self, session: Session, case: Case, complaint: Step
    ) -> None:
        steps.finish(session, case, complaint, "refused")
        propose(session, case, "L3_platform")
        assert self.change(session, case, pay_channel="wechat") == []
        assert [step.due_at for step in case.steps] == [None, None]

    def test_moves_only_the_steps_that_it_is_about(self, session: Session, case: Case, complaint: Step) -> None:
        platform = submit(session, case, "L3_platform")
        before = platform.due_at
        assert self.change(session, case, pay_channel="wechat") == [complaint]
        assert platform.due_at == before


class TestAPromise:
    def test_is_what_the_step_waits_for(self, session: Session, case: Case) -> None:
        step = submit(session, case, "CLOSE_WATCH")
        steps.promise(session, case, step, date(2027, 1, 5))
        assert (step.promised_for, step.due_at) == (date(2027, 1, 5), shanghai("2027-01-05T23:59:59"))
        assert (step.due_type, step.provisional) == (None, False)
        assert events(session, case, "promise_dated") == [
            ("promise_dated", Actor.PERSON, {"rung": "CLOSE_WATCH", "day": "2027-01-05"})
        ]

    def test_of_a_later_day_replaces_the_earlier(self, session: Session, case: Case) -> None:
        step = submit(session, case, "CLOSE_WATCH")
        steps.promise(session, case, step, date(2026, 11, 30))
        steps.promise(session, case, step, date(2026, 12, 10))
        assert step.due_at == shanghai("2026-12-10T23:59:59")


def test_the_number_under_which_it_is_handled_is_kept(session: Session, case: Case) -> None:
    step = submit(session, case, "L6_12315")
    steps.refer(session, case, step, "TS2026112200017")
    session.flush()
    session.refresh(step)
    assert step.reference_no == "TS2026112200017"
    assert events(session, case, "reference_noted") == [
        ("reference_noted", Actor.PERSON, {"rung": "L6_12315", "number": "TS2026112200017"})
    ]


def test_the_outcome_is_what_the_person_says_and_when(session: Session, case: Case, it_is: Clock) -> None:
    step = submit(session, case, "L2_demand")
    it_is("2026-11-25T12:00:00")
    steps.finish(session, case, step, "refused")
    assert (step.outcome, step.outcome_at) == ("refused", shanghai("2026-11-25T12:00"))


def test_each_of_it_is_an_event_with_its_actor(session: Session, case: Case) -> None:
    step = submit(session, case, "L2_demand")
    steps.take_back(session, case, step)
    steps.submit(session, case, step, knowledge())
    steps.finish(session, case, step, "refused")
    session.flush()
    assert [(event.name, event.actor) for event in repository.events(session, case)[1:]] == [
        ("step_proposed", Actor.BOT),
        ("step_submitted", Actor.PERSON),
        ("step_taken_back", Actor.PERSON),
        ("step_submitted", Actor.PERSON),
        ("step_outcome", Actor.PERSON),
    ]


def test_everything_about_a_step_is_read_back_as_it_was_written(session: Session, case: Case) -> None:
    step = submit(session, case, "L6_12315", on=date(2026, 11, 18))
    steps.refer(session, case, step, "17")
    steps.promise(session, case, step, date(2026, 12, 1))
    columns = [column.key for column in Step.__table__.columns]
    before = {name: getattr(step, name) for name in columns if name != "id"}
    session.flush()
    session.expire_all()
    assert {name: getattr(case.steps[0], name) for name in before} == before


class TestWhatTheCaseWaitsFor:
    """`case.due_at`, by which staff find the cases that need them."""

    def test_is_nothing_before_a_step_is_taken(self, session: Session, case: Case) -> None:
        propose(session, case, "L2_demand")
        assert case.due_at is None

    def test_is_the_nearest_of_what_the_open_steps_wait_for(self, session: Session, case: Case) -> None:
        far, near = submit(session, case, "L6_12315"), submit(session, case, "L2_demand")
        assert case.due_at == near.due_at
        steps.finish(session, case, near, "refused")
        assert case.due_at == far.due_at
        steps.finish(session, case, far, "refused")
        assert case.due_at is None

    def test_is_nothing_where_no_rule_says_how_long(self, session: Session, case: Case) -> None:
        submit(session, case, "L9_police")
        assert case.due_at is None

    def test_is_nothing_again_when_the_step_is_taken_back(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L2_demand")
        steps.take_back(session, case, step)
        assert case.due_at is None

    def test_is_the_day_that_was_promised(self, session: Session, case: Case) -> None:
        step = submit(session, case, "CLOSE_WATCH")
        steps.promise(session, case, step, date(2026, 11, 30))
        assert case.due_at == shanghai("2026-11-30T23:59:59")

    def test_moves_when_a_step_was_taken_on_another_day(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L6_12315")
        steps.submit(session, case, step, knowledge(), on=date(2026, 11, 18))
        assert case.due_at == step.due_at == shanghai("2026-11-27T23:59:59")

    def test_is_as_before_when_the_last_message_is_taken_back(self, session: Session, case: Case) -> None:
        submit(session, case, "L6_12315")
        session.flush()
        before, stood = snapshot.take(case), case.due_at
        submit(session, case, "L2_demand")
        assert case.due_at != stood
        session.flush()
        snapshot.restore(session, case, before)
        assert case.due_at == stood
