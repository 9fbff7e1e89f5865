"""What is planned to be said first, when, and when it is dropped again."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cases import clock
from cases.case import service as cases_
from cases.clock import SHANGHAI
from cases.database import transaction
from cases.knowledge import knowledge
from cases.models import Case, Person, Reminder, ReminderKind, Step
from cases.people import service as people
from cases.quiet_hours import next_send_time
from cases.reminders import repository
from cases.reminders import service as reminders
from cases.steps import service as steps

Clock = Callable[[str], None]
Planned = list[tuple[str, datetime]]


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock."""
    return lambda moment: monkeypatch.setenv("TUIKUAN_NOW", moment)


def shanghai(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)


def pending(session: Session, case: Case) -> Planned:
    session.flush()
    return [(reminder.kind, reminder.send_at) for reminder in repository.pending_of_case(session, case)]


def all_of(session: Session, case: Case) -> list[Reminder]:
    session.flush()
    return list(session.scalars(select(Reminder).where(Reminder.case_id == case.id).order_by(Reminder.id)))


def propose(session: Session, case: Case, rung: str = "L2_demand") -> Step:
    step = steps.propose(session, case, knowledge().rungs[rung])
    reminders.plan(session, case, step)
    return step


def submit(session: Session, case: Case, rung: str = "L2_demand", on: date | None = None) -> Step:
    step = steps.propose(session, case, knowledge().rungs[rung])
    steps.submit(session, case, step, knowledge(), on)
    reminders.plan(session, case, step)
    return step


class TestPlanned:
    def test_for_a_step_not_taken_is_to_ask_two_days_after_it_was_proposed(self, session: Session, case: Case) -> None:
        propose(session, case)
        assert pending(session, case) == [(ReminderKind.UNTAKEN, shanghai("2026-11-24T10:00"))]

    def test_for_a_step_with_a_due_is_the_moment_it_is_due(self, session: Session, case: Case) -> None:
        submit(session, case)
        assert pending(session, case) == [(ReminderKind.DUE, shanghai("2026-11-25T10:00"))]

    @pytest.mark.parametrize(
        ("now", "rung", "send_at"),
        [
            pytest.param("2026-11-22T21:59", "L2_demand", "2026-11-25T21:59", id="a minute to ten"),
            pytest.param("2026-11-22T22:00", "L2_demand", "2026-11-26T08:00", id="at ten the next morning"),
            pytest.param("2026-11-22T03:00", "L2_demand", "2026-11-25T08:00", id="at three the same morning"),
            pytest.param("2026-11-22T10:00", "L6_12315", "2026-12-02T08:00", id="at a day's end the next morning"),
            pytest.param("2026-12-22T10:00", "L6_12315", "2027-01-01T08:00", id="at the year's end in the next"),
        ],
    )
    def test_never_for_the_night(
        self, session: Session, case: Case, it_is: Clock, now: str, rung: str, send_at: str
    ) -> None:
        it_is(now)
        submit(session, case, rung)
        assert pending(session, case) == [(ReminderKind.DUE, shanghai(send_at))]

    def test_for_a_promise_is_the_morning_after_its_day(self, session: Session, case: Case) -> None:
        step = submit(session, case, "CLOSE_WATCH")
        steps.promise(session, case, step, date(2026, 11, 30))
        reminders.plan(session, case, step)
        assert pending(session, case) == [(ReminderKind.PROMISED, shanghai("2026-12-01T08:00"))]

    def test_for_a_step_that_nothing_limits_is_to_ask_after_three_days(self, session: Session, case: Case) -> None:
        submit(session, case, "L9_police")
        assert pending(session, case) == [(ReminderKind.FOLLOW_UP, shanghai("2026-11-25T10:00"))]

    def test_for_a_second_period_is_its_own_due(self, session: Session, case: Case) -> None:
        step = submit(session, case, "L6_12315")
        steps.run(step, "d_12315_mediation", clock.now(), knowledge())
        reminders.plan(session, case, step)
        assert pending(session, case) == [(ReminderKind.DUE, shanghai("2027-01-22T08:00"))]

    @pytest.mark.parametrize("rung", ["L2_demand", "L9_police"], ids=["with a due", "without"])
    def test_not_at_once_for_what_was_over_when_it_was_told(self, session: Session, case: Case, rung: str) -> None:
        submit(session, case, rung, on=date(2026, 11, 10))
        assert pending(session, case) == [(ReminderKind.FOLLOW_UP, shanghai("2026-11-25T10:00"))]

    def test_not_at_all_for_what_is_done_by_doing_it(self, session: Session, case: Case) -> None:
        submit(session, case, "L8_public")
        assert pending(session, case) == []

    def test_for_each_step_that_is_under_way(self, session: Session, case: Case) -> None:
        submit(session, case, "L2_demand")
        submit(session, case, "L3_platform")
        propose(session, case, "L8_public")
        assert [kind for kind, _ in pending(session, case)] == ["untaken", "due", "due"]


class TestDropped:
    def test_is_what_was_planned_for_a_step_before_it_moved_on(self, session: Session, case: Case) -> None:
        propose(session, case)
        submit(session, case)
        assert pending(session, case) == [(ReminderKind.DUE, shanghai("2026-11-25T10:00"))]
        untaken, _ = all_of(session, case)
        assert (untaken.kind, untaken.dropped_at, untaken.sent_at) == ("untaken", clock.now(), None)

    def test_is_everything_about_a_step_that_has_ended(self, session: Session, case: Case) -> None:
        step, other = submit(session, case, "L2_demand"), submit(session, case, "L3_platform")
        steps.finish(session, case, step, "refused")
        reminders.plan(session, case, step)
        assert [reminder.step_id for reminder in repository.pending_of_case(session, case)] == [other.id]

    def test_is_everything_about_a_case_that_is_closed(self, session: Session, case: Case, person: Person) -> None:
        other = cases_.open_case(session, person)
        for each in (case, other):
            submit(session, each, "L2_demand")
            propose(session, each, "L8_public")
        reminders.drop_all(session, case)
        assert pending(session, case) == []
        assert len(pending(session, other)) == 2

    def test_is_the_old_moment_when_a_due_changes(self, session: Session, case: Case, it_is: Clock) -> None:
        cases_.set_facts(session, case, {"pay_channel": "alipay", "pay_method": "order"})
        step = submit(session, case, "L4_payment")
        assert pending(session, case) == [(ReminderKind.FOLLOW_UP, shanghai("2026-11-25T10:00"))]
        it_is("2026-11-23T09:00")
        cases_.set_facts(session, case, {"pay_channel": "wechat"})
        for moved in steps.reschedule(session, case, knowledge()):
            reminders.plan(session, case, moved)
        assert pending(session, case) == [(ReminderKind.DUE, shanghai("2026-11-25T10:00"))]
        assert step.deadline_id == "d_wechat_finish"


class TestPlannedAgain:
    def test_it_is_still_to_come(self, session: Session, case: Case) -> None:
        """Coming back to a step after a digression plans for it once more."""
        step = propose(session, case)
        reminders.plan(session, case, step)
        assert pending(session, case) == [(ReminderKind.UNTAKEN, shanghai("2026-11-24T10:00"))]
        assert len(all_of(session, case)) == 1

    def test_it_comes_at_the_moment_it_had_before_it_was_moved_away(self, session: Session, case: Case) -> None:
        step = submit(session, case, "CLOSE_WATCH")
        before = pending(session, case)
        steps.promise(session, case, step, date(2026, 11, 25))
        reminders.plan(session, case, step)
        step.promised_for = None
        steps.run(step, "d_close_watch", clock.now(), knowledge())
        reminders.plan(session, case, step)
        assert pending(session, case) == before

    def test_it_does_not_come_while_one_is_speaking_of_it(self, session: Session, case: Case, it_is: Clock) -> None:
        step = propose(session, case)
        reminders.drop(session, step)
        it_is("2026-11-25T10:00")
        reminders.plan(session, case, step)
        assert pending(session, case) == []

    def test_it_does_not_come_again_once_it_was_sent(self, session: Session, case: Case) -> None:
        step = propose(session, case)
        [reminder] = all_of(session, case)
        reminder.sent_at = clock.now()
        reminders.plan(session, case, step)
        assert pending(session, case) == []
        assert reminder.dropped_at is None


class TestFollowingUp:
    def test_is_three_days_after_the_time_was_up(self, session: Session, case: Case, it_is: Clock) -> None:
        step = submit(session, case)
        it_is("2026-11-25T10:00")
        [due] = all_of(session, case)
        due.sent_at = clock.now()
        reminders.follow_up(session, case, step)
        assert pending(session, case) == [(ReminderKind.FOLLOW_UP, shanghai("2026-11-28T10:00"))]

    def test_is_not_about_what_has_ended(self, session: Session, case: Case) -> None:
        step = submit(session, case)
        reminders.drop(session, step)
        steps.finish(session, case, step, "refused")
        reminders.follow_up(session, case, step)
        assert pending(session, case) == []


class TestWhatIsDue:
    def test_is_what_should_have_been_sent_by_now_earliest_first(
        self, session: Session, case: Case, it_is: Clock
    ) -> None:
        submit(session, case, "L6_12315")  # 2 December, 8:00
        submit(session, case, "L2_demand")  # 25 November, 10:00
        propose(session, case, "L8_public")  # 24 November, 10:00
        session.flush()
        kinds = {reminder.id: reminder.kind for reminder in all_of(session, case)}
        for moment, due in [
            ("2026-11-24T09:59", []),
            ("2026-11-24T10:00", ["untaken"]),
            ("2026-11-25T10:00", ["untaken", "due"]),
            ("2026-12-02T08:00", ["untaken", "due", "due"]),
        ]:
            found = repository.due(session, shanghai(moment), 10)
            assert [kinds[id_] for id_ in found] == due
        assert len(repository.due(session, shanghai("2026-12-02T08:00"), 2)) == 2

    def test_is_not_what_was_sent_or_dropped(self, session: Session, case: Case) -> None:
        propose(session, case)
        submit(session, case)
        for reminder in all_of(session, case):
            reminder.sent_at = reminder.sent_at or (clock.now() if reminder.dropped_at is None else None)
        session.flush()
        assert repository.due(session, shanghai("2027-01-01T10:00"), 10) == []


MOVES = st.lists(st.sampled_from(["plan", "submit", "promise", "run", "finish", "drop"]), max_size=12)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_whatever_happens_a_step_has_at_most_one_reminder_to_come_and_an_ended_one_none(
    sqlite: None, moves: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch, transaction() as session:
        now = shanghai("2026-11-22T10:00")
        case = cases_.open_case(session, people.by_channel(session, "test", "somebody"))
        step = steps.propose(session, case, knowledge().rungs["L6_12315"])
        for move in ["plan", *moves]:
            now += timedelta(hours=7)
            patch.setenv("TUIKUAN_NOW", now.isoformat())
            _do(session, case, step, move)
            found = pending(session, case)
            is_late = step.submitted_at is None and now >= next_send_time(step.proposed_at + reminders.UNTAKEN_AFTER)
            assert len(found) == (0 if step.outcome or move == "drop" or is_late else 1)
            assert all(next_send_time(send_at) == send_at > clock.now() for _, send_at in found)
        session.rollback()


def _do(session: Session, case: Case, step: Step, move: str) -> None:
    match move:
        case "submit":
            steps.submit(session, case, step, knowledge())
        case "promise" if step.submitted_at:
            steps.promise(session, case, step, clock.today())
        case "run" if step.submitted_at:
            steps.run(step, "d_12315_mediation", clock.now(), knowledge())
        case "finish":
            steps.finish(session, case, step, "mediation_failed")
        case "drop":
            reminders.drop(session, step)
            return
    reminders.plan(session, case, step)
