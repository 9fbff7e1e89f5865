"""Speaking first: a reminder becomes a message, once, with buttons that work."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.reminding import send_due
from cases import clock
from cases.case import repository as case_repository
from cases.case import service as cases_
from cases.clock import SHANGHAI
from cases.database import engine, reading, transaction
from cases.dialogue import Bubble, Understood, answer
from cases.knowledge import knowledge
from cases.models import Author, Case, Conversation, Message, Person, Reminder, Stage, Step
from cases.people import service as people
from cases.reminders import service as reminders
from cases.steps import service as steps
from cases.transcript import service as transcript

Clock = Callable[[str], None]
FACTS: dict[str, Any] = {
    "amount": 50_000,
    "platform": "极速卡盟",
    "paid_at": date(2026, 11, 18),
    "pay_channel": "wechat",
    "pay_method": "order",
    "order_no": "20261118001",
    "product": "话费",
}
BEFORE_DUE, WHEN_DUE, LATER = "2026-11-25T09:59", "2026-11-25T10:00", "2026-11-28T10:00"


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock."""
    return lambda moment: monkeypatch.setenv("TUIKUAN_NOW", moment)


class Somebody:
    """A person and their case, in transactions of their own: reminders are sent by another process."""

    def __init__(self, name: str = "somebody") -> None:
        with transaction() as session:
            person = people.by_channel(session, "wechat", name)
            self.id = person.id
            case = self.another_case(session)
            conversation = transcript.conversation_of(session, person)
            conversation.case = case
            transcript.record_person(
                session, conversation, channel="wechat", text="充值没到账", intent=None, confidence=None
            )
        self.case_id = case.id

    def another_case(self, session: Session) -> Case:
        case = cases_.open_case(session, session.get_one(Person, self.id))
        cases_.set_kind(session, case, "not_delivered")
        cases_.set_facts(session, case, FACTS)
        return case

    def case(self, session: Session) -> Case:
        return session.get_one(Case, self.case_id)

    def conversation(self, session: Session) -> Conversation:
        return session.scalars(select(Conversation).where(Conversation.person_id == self.id)).one()

    def propose(self, rung: str = "L2_demand") -> None:
        with transaction() as session:
            case = self.case(session)
            reminders.plan(session, case, steps.propose(session, case, knowledge().rungs[rung]))

    def submit(self, rung: str = "L2_demand", *, promised: date | None = None) -> None:
        with transaction() as session:
            case = self.case(session)
            step = steps.propose(session, case, knowledge().rungs[rung])
            steps.submit(session, case, step, knowledge())
            if promised:
                steps.promise(session, case, step, promised)
            reminders.plan(session, case, step)

    def tap(self, session: Session, title: str) -> list[Bubble]:
        """Tap a button of the last message, as the channel sends it: by its token."""
        [payload] = [button["payload"] for button in self.told()[-1].buttons if button["title"] == title]
        return answer(session, session.get_one(Person, self.id), "choice", Understood(payload, "choose"))

    def told(self) -> list[Message]:
        """What the assistant has said so far."""
        with reading() as session:
            said = select(Message).where(Message.conversation_id == self.conversation(session).id)
            return list(session.scalars(said.where(Message.author == Author.BOT).order_by(Message.id)))

    def worded(self, kind: str, rung: str = "L2_demand") -> str:
        """What a reminder of this kind says."""
        step = knowledge().rungs[rung]
        with reading() as session:
            number = self.case(session).number
        return knowledge().wording[f"remind_{kind}"].format(number=number, name=step.name, addressee=step.addressee)

    def titles(self) -> list[str]:
        return [button["title"] for button in self.told()[-1].buttons]

    def reminders(self) -> list[tuple[str, str]]:
        """Kind and fate of each reminder."""
        with reading() as session:
            found = session.scalars(select(Reminder).where(Reminder.case_id == self.case_id).order_by(Reminder.id))
            return [(it.kind, "sent" if it.sent_at else "dropped" if it.dropped_at else "to come") for it in found]


@pytest.fixture
def somebody(database: str) -> Somebody:
    """Somebody with a case, on each kind of database."""
    return Somebody()


def restart() -> None:
    """This process forgets its database and connects anew."""
    engine().dispose()
    engine.cache_clear()


class TestSending:
    def test_waits_for_its_time(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        it_is(BEFORE_DUE)
        assert send_due() == 0
        it_is(WHEN_DUE)
        assert send_due() == 1
        assert somebody.told()[0].text == somebody.worded("due")

    def test_happens_once(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        it_is(WHEN_DUE)
        assert [send_due() for _ in range(3)] == [1, 0, 0]
        assert len(somebody.told()) == 2

    def test_happens_once_across_a_restart(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        restart()
        it_is(WHEN_DUE)
        assert send_due() == 1
        restart()
        assert send_due() == 0
        assert len(somebody.told()) == 2

    def test_happens_once_though_several_processes_are_at_it(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        it_is(WHEN_DUE)
        sent, together = [], Barrier(4)

        def process() -> None:
            together.wait()
            sent.append(send_due())

        threads = [Thread(target=process) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(sent) == [0, 0, 0, 1]
        assert len(somebody.told()) == 2

    def test_gives_way_to_a_person_who_is_just_saying_how_it_went(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        it_is(WHEN_DUE)
        begun, sent = Event(), []

        def other_process() -> None:
            begun.set()
            sent.append(send_due())

        thread = Thread(target=other_process)
        with transaction() as session:
            transcript.order(session, session.get_one(Person, somebody.id))
            case = somebody.case(session)
            steps.finish(session, case, case.steps[0], "refused")
            session.flush()
            thread.start()
            begun.wait()
        thread.join()
        assert sent == [0]
        assert somebody.reminders() == [("due", "dropped")]
        assert somebody.told() == []

    def test_rests_by_night_however_late_a_reminder_is(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        for night in ("2026-11-25T22:00", "2026-11-26T03:00", "2026-11-26T07:59"):
            it_is(night)
            assert send_due() == 0
        it_is("2026-11-26T08:00")
        assert send_due() == 1

    def test_reaches_everybody_whose_time_has_come(self, somebody: Somebody, it_is: Clock) -> None:
        others = [Somebody(f"other {number}") for number in range(3)]
        for each in (somebody, *others):
            each.submit()
        it_is(WHEN_DUE)
        assert send_due() == 4
        assert all(len(each.told()) == 2 for each in (somebody, *others))

    def test_goes_on_after_one_that_cannot_be_sent(
        self, somebody: Somebody, it_is: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        somebody.submit()
        other = Somebody("another")
        other.submit()
        with transaction() as session:
            of_a_rung_of_old = Step.case_id == somebody.case_id
            session.execute(update(Step).where(of_a_rung_of_old).values(rung_id="L99_of_an_older_ladder"))
        it_is(WHEN_DUE)
        with caplog.at_level(logging.CRITICAL):
            assert send_due() == 1
        assert somebody.told() == []
        assert len(other.told()) == 2


class TestWhatIsSaid:
    def test_names_the_case_the_step_and_asks_how_it_went(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        it_is(WHEN_DUE)
        send_due()
        remark, question = somebody.told()
        with reading() as session:
            case, conversation = somebody.case(session), somebody.conversation(session)
            assert case.number in remark.text
            assert "书面要求商家退款" in remark.text
            assert conversation.asked == "outcome.L2_demand"
            assert (question.case_id, question.channel, question.author) == (case.id, "wechat", "bot")
        assert somebody.titles() == [
            *(knowledge().outcomes[id_].title for id_ in knowledge().rungs["L2_demand"].outcomes),
            "还能做什么",
        ]

    def test_of_a_step_not_taken_asks_whether_it_is(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.propose()
        it_is("2026-11-24T10:00")
        assert send_due() == 1
        assert somebody.told()[0].text == somebody.worded("untaken")
        assert somebody.titles() == ["已经做了", "怎么做", "还能做什么"]

    def test_of_a_promise_asks_for_the_money(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit("CLOSE_WATCH", promised=date(2026, 11, 24))
        it_is("2026-11-25T08:00")
        assert send_due() == 1
        assert somebody.told()[0].text == somebody.worded("promised", "CLOSE_WATCH")
        assert knowledge().outcomes["refunded"].title in somebody.titles()

    def test_of_a_second_period_asks_only_for_its_own_outcomes(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit("L6_12315")
        with transaction() as session:
            case = somebody.case(session)
            steps.run(case.steps[0], "d_12315_mediation", clock.now(), knowledge())
            reminders.plan(session, case, case.steps[0])
        it_is("2027-01-22T08:00")
        assert send_due() == 1
        outcomes = knowledge().outcomes
        assert outcomes["mediation_failed"].title in somebody.titles()
        assert outcomes["accepted"].title not in somebody.titles()

    def test_without_a_due_asks_after_three_days_and_then_no_more(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit("L9_police")
        it_is("2026-11-25T10:00")
        assert send_due() == 1
        assert somebody.told()[0].text == somebody.worded("follow_up", "L9_police")
        it_is("2027-11-25T10:00")
        assert send_due() == 0

    def test_is_followed_up_once_and_then_no_more(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        it_is(WHEN_DUE)
        send_due()
        assert somebody.reminders() == [("due", "sent"), ("follow_up", "to come")]
        it_is("2026-11-28T09:59")
        assert send_due() == 0
        it_is(LATER)
        assert send_due() == 1
        assert somebody.told()[-2].text == somebody.worded("follow_up")
        it_is("2027-11-25T10:00")
        assert send_due() == 0

    def test_is_an_event_of_the_case(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        it_is(WHEN_DUE)
        send_due()
        with reading() as session:
            last = case_repository.events(session, somebody.case(session))[-1]
            assert (last.name, last.data) == ("reminded", {"rung": "L2_demand", "kind": "due"})

    def test_goes_on_talking_of_another_case_only_if_the_person_wants(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        with transaction() as session:
            other = somebody.another_case(session)
            somebody.conversation(session).case = other
            somebody.conversation(session).asked = "evidence.ev_order"
        it_is(WHEN_DUE)
        assert send_due() == 1
        with reading() as session:
            number = somebody.case(session).number
            assert somebody.conversation(session).case_id == other.id
        assert number in somebody.told()[0].text
        assert somebody.titles() == [number]
        with transaction() as session:
            somebody.tap(session, number)
            conversation = somebody.conversation(session)
            assert (conversation.case_id, conversation.asked) == (somebody.case_id, "outcome.L2_demand")


class TestItsButtons:
    @pytest.mark.parametrize(
        "outcome", [id_ for id_ in knowledge().rungs["L2_demand"].outcomes if id_ not in ("refunded", "partial")]
    )
    def test_tell_how_it_went(self, somebody: Somebody, it_is: Clock, outcome: str) -> None:
        somebody.submit()
        it_is(WHEN_DUE)
        send_due()
        with transaction() as session:
            somebody.tap(session, knowledge().outcomes[outcome].title)
            [step, *_] = somebody.case(session).steps
            assert (step.rung_id, step.outcome, step.outcome_at) == ("L2_demand", outcome, clock.now())
        assert ("follow_up", "dropped") in somebody.reminders()

    def test_ask_back_before_the_case_is_closed(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        it_is(WHEN_DUE)
        send_due()
        with transaction() as session:
            somebody.tap(session, knowledge().outcomes["refunded"].title)
            assert somebody.conversation(session).asked == "confirm.close_refunded"

    def test_tell_that_a_step_is_taken_and_the_time_begins_to_run(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.propose()
        it_is("2026-11-24T10:00")
        send_due()
        with transaction() as session:
            somebody.tap(session, "已经做了")
            [step] = somebody.case(session).steps
            assert step.submitted_at == clock.now()
            assert step.due_at == datetime(2026, 11, 27, 10, tzinfo=SHANGHAI)
        assert somebody.reminders() == [("untaken", "sent"), ("due", "to come")]

    @pytest.mark.parametrize(
        ("title", "part"),
        [
            pytest.param("怎么做", knowledge().rungs["L2_demand"].do[0], id="how to do it"),
            pytest.param("还能做什么", knowledge().rungs["L8_public"].name, id="what else could be done"),
        ],
    )
    def test_explain_and_offer_something_else(self, somebody: Somebody, it_is: Clock, title: str, part: str) -> None:
        somebody.propose()
        it_is("2026-11-24T10:00")
        send_due()
        with transaction() as session:
            heard = "\n".join(bubble.text for bubble in somebody.tap(session, title))
        assert part in heard


class TestNothingIsSent:
    def test_once_the_person_wants_no_reminders(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        with transaction() as session:
            somebody.conversation(session).reminders_off_at = clock.now()
        it_is(WHEN_DUE)
        assert send_due() == 0
        assert somebody.reminders() == [("due", "dropped")]

    def test_about_a_closed_case(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        with transaction() as session:
            cases_.close(session, somebody.case(session), "refunded")
        it_is(WHEN_DUE)
        assert send_due() == 0
        assert (somebody.reminders(), somebody.told()) == ([("due", "dropped")], [])

    def test_about_a_step_that_has_ended(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        with transaction() as session:
            case = somebody.case(session)
            steps.finish(session, case, case.steps[0], "refused")
        it_is(WHEN_DUE)
        assert send_due() == 0
        assert somebody.reminders() == [("due", "dropped")]

    @pytest.mark.parametrize(
        ("rung", "change"),
        [
            pytest.param("L4_payment", {"pay_method": "personal"}, id="has closed since"),
            pytest.param("L2_demand", {"dispute_kind": "merchant_gone"}, id="is off the way now"),
        ],
    )
    def test_about_a_step_not_taken_that(
        self, somebody: Somebody, it_is: Clock, rung: str, change: dict[str, str]
    ) -> None:
        somebody.propose(rung)
        with transaction() as session:
            for name, value in change.items():
                setattr(somebody.case(session), name, value)
        it_is("2026-11-24T10:00")
        assert send_due() == 0
        assert somebody.reminders() == [("untaken", "dropped")]

    def test_that_was_dropped_when_its_time_came(self, somebody: Somebody, it_is: Clock) -> None:
        somebody.submit()
        with transaction() as session:
            somebody.case(session).stage = Stage.CLOSED
        it_is(WHEN_DUE)
        send_due()
        with transaction() as session:
            somebody.case(session).stage = Stage.WAITING
        assert send_due() == 0
