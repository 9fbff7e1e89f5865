"""What leaves on its own: in order, once, within what the platform allows, and what becomes of the rest."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.wechat import pushing
from api.wechat.client import Client
from cases import clock
from cases.case import service as cases_
from cases.database import reading, transaction
from cases.knowledge import knowledge
from cases.models import ChannelIdentity, Outbox, OutboxState, Person, Reminder
from cases.outbox import reach
from cases.outbox import service as outbox
from cases.people import service as people
from cases.settings import settings
from cases.steps import service as steps
from cases.transcript import service as transcript
from tests.api.wechat.fake_platform import SEND, TEMPLATE, FakePlatform

OPENID = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12"
SHORT, LONG = "好。", "长。" * 700


def say(*texts: str, openid: str = OPENID) -> int:
    """The assistant says something first to somebody in WeChat; returns who."""
    with transaction() as session:
        person = people.by_channel(session, reach.WECHAT, openid)
        talk = transcript.conversation_of(session, person)
        lines = [{"text": text} for text in texts]
        transcript.record_bot(session, talk, channel=reach.WECHAT, messages=lines, latency_ms=0)
        session.flush()
        return person.id


def wrote(account: FakePlatform, messages: int = 5, openid: str = OPENID) -> None:
    """They have written a moment ago."""
    account.allow(openid, messages)
    with transaction() as session:
        identity = people.met(session, reach.WECHAT, openid)
        reach.opened(identity, messages, timedelta(hours=48))


def states() -> list[str]:
    """Where everything is, in the order in which it was said."""
    with reading() as session:
        return list(session.scalars(select(Outbox.state).order_by(Outbox.id)))


def make_due(session: Session) -> None:
    """What waits for its moment waits no longer."""
    for row in session.scalars(select(Outbox)):
        row.not_before = row.made_at


async def push(times: int = 1) -> None:
    """Send whatever may be sent."""
    async with Client(settings().wechat) as client:
        for _ in range(times):
            with transaction() as session:
                make_due(session)
            await pushing.push_due(client)


@pytest.fixture
def run(account_on_both: FakePlatform) -> Callable[[int], None]:
    """Send so many times, on each kind of database."""

    return lambda times=1: asyncio.run(push(times))


Run = Callable[..., None]


class TestInTheWindow:
    def test_what_is_said_first_is_sent_once(self, run: Run, account_on_both: FakePlatform) -> None:
        say(SHORT)
        wrote(account_on_both)
        run(3)
        assert (account_on_both.texts, states()) == ([SHORT], [OutboxState.SENT])

    def test_lines_that_fit_go_in_one_message(self, run: Run, account_on_both: FakePlatform) -> None:
        say("一", "二", "三")
        wrote(account_on_both)
        run()
        assert account_on_both.texts == ["一\n\n二\n\n三"]

    def test_a_long_one_goes_in_parts_in_order(self, run: Run, account_on_both: FakePlatform) -> None:
        say(LONG, SHORT)
        wrote(account_on_both)
        run(4)
        assert "".join(account_on_both.texts).replace("\n", "") == LONG + SHORT
        assert all(len(text.encode()) <= 2048 for text in account_on_both.texts)

    def test_no_more_is_sent_than_may_be(self, run: Run, account_on_both: FakePlatform) -> None:
        say(LONG, LONG)
        wrote(account_on_both, messages=1)
        run(4)
        assert len(account_on_both.texts) == 1
        assert states() == [OutboxState.KEPT, OutboxState.KEPT]

    def test_somebody_elses_trouble_holds_up_nobody(self, run: Run, account_on_both: FakePlatform) -> None:
        say("甲")
        wrote(account_on_both)
        say("乙", openid="oother")
        wrote(account_on_both, openid="oother")
        account_on_both.fail(SEND, 45047)
        run(2)
        assert len(account_on_both.texts) == 1


class TestOutsideIt:
    def test_everything_is_kept(self, run: Run, account_on_both: FakePlatform) -> None:
        say(SHORT)
        run()
        assert (account_on_both.texts, states()) == ([], [OutboxState.KEPT])

    def test_it_closes_after_48_hours(
        self, run: Run, account_on_both: FakePlatform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wrote(account_on_both)
        say(SHORT)
        monkeypatch.setenv("TUIKUAN_NOW", "2026-11-24T10:00:01")
        run()
        assert (account_on_both.texts, states()) == ([], [OutboxState.KEPT])

    def test_who_is_gone_from_there_is_sent_nothing(self, run: Run, account_on_both: FakePlatform) -> None:
        say(SHORT)
        with transaction() as session:
            session.delete(session.scalars(select(ChannelIdentity)).one())
        run()
        assert states() == [OutboxState.DROPPED]


class TestWhatThePlatformRefuses:
    @pytest.mark.parametrize(
        ("errcode", "state"),
        [
            pytest.param(45015, OutboxState.KEPT, id="the window is closed"),
            pytest.param(45047, OutboxState.KEPT, id="the quota is used"),
            pytest.param(48001, OutboxState.KEPT, id="the account may not"),
            pytest.param(43004, OutboxState.DROPPED, id="they do not follow any more"),
            pytest.param(45011, OutboxState.WAITING, id="too many in this minute"),
        ],
    )
    def test_is_treated_as_its_code_says(
        self, run: Run, account_on_both: FakePlatform, errcode: int, state: OutboxState
    ) -> None:
        say(SHORT)
        wrote(account_on_both)
        account_on_both.fail(SEND, errcode)
        run()
        assert (account_on_both.texts, states()) == ([], [state])

    def test_a_token_that_has_expired_is_fetched_anew(self, run: Run, account_on_both: FakePlatform) -> None:
        wrote(account_on_both)
        say("一")
        run()
        account_on_both.expire_tokens()
        say("二")
        run()
        assert account_on_both.texts == ["一", "二"]

    def test_what_may_have_arrived_is_not_sent_again_but_kept(self, run: Run, account_on_both: FakePlatform) -> None:
        wrote(account_on_both)
        say(SHORT)
        account_on_both.drop(SEND)
        run(3)
        assert (account_on_both.texts, states()) == ([SHORT], [OutboxState.KEPT])

    def test_what_was_on_its_way_when_a_process_died_is_kept(self, run: Run, account_on_both: FakePlatform) -> None:
        say(SHORT)
        with transaction() as session:
            row = session.scalars(select(Outbox)).one()
            outbox.begin(row)
            row.not_before -= timedelta(minutes=2)
        with transaction() as session:
            outbox.tidy(session)
        assert states() == [OutboxState.KEPT]


class TestReminders:
    @pytest.fixture
    def reminded(self, account_on_both: FakePlatform) -> int:
        """Somebody in WeChat is reminded of a step."""
        with transaction() as session:
            person = people.by_channel(session, reach.WECHAT, OPENID)
            case = cases_.open_case(session, person)
            rungs = knowledge().rungs
            step = steps.propose(session, case, rungs["L2_demand"])
            session.flush()
            reminder = Reminder(case_id=case.id, step_id=step.id, kind="due", send_at=clock.now())
            session.add(reminder)
            session.flush()
            talk = transcript.conversation_of(session, person)
            lines = [{"text": "日子到了。"}]
            transcript.record_bot(session, talk, channel=reach.WECHAT, messages=lines, latency_ms=0, reminder=reminder)
            session.flush()
            return person.id

    @pytest.fixture
    def template(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The account has a 模板消息."""
        monkeypatch.setenv("TUIKUAN_WECHAT__TEMPLATE_ID", "T1")
        monkeypatch.setenv("TUIKUAN_WECHAT__REMINDER_FIELDS", '{"thing1": "what", "time2": "day"}')
        settings.cache_clear()

    def test_go_as_a_notice_outside_the_window(
        self, reminded: int, template: None, run: Run, account_on_both: FakePlatform
    ) -> None:
        run()
        [sent] = account_on_both.sent
        assert (sent.to, sent.kind) == (OPENID, "template")
        assert sent.body["data"]["time2"]["value"].startswith("2026年11月22日")
        assert states() == [OutboxState.SENT]

    def test_go_as_a_message_within_it(
        self, reminded: int, template: None, run: Run, account_on_both: FakePlatform
    ) -> None:
        wrote(account_on_both)
        run()
        assert account_on_both.texts == ["日子到了。"]

    def test_use_up_an_agreement_where_there_is_one(
        self, reminded: int, run: Run, account_on_both: FakePlatform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TUIKUAN_WECHAT__SUBSCRIPTION_ID", "S1")
        monkeypatch.setenv("TUIKUAN_WECHAT__REMINDER_FIELDS", '{"thing1": "what"}')
        settings.cache_clear()
        account_on_both.agree(OPENID)
        with transaction() as session:
            reach.agreed(session.get_one(Person, reminded), 1)
        run(2)
        assert [sent.kind for sent in account_on_both.sent] == ["subscription"]
        with reading() as session:
            assert session.scalars(select(ChannelIdentity.opt_ins)).one() == 0

    def test_wait_for_the_next_message_where_there_is_no_other_way(
        self, reminded: int, run: Run, account_on_both: FakePlatform
    ) -> None:
        run()
        assert (account_on_both.sent, states()) == ([], [OutboxState.KEPT])
        assert account_on_both.asked[TEMPLATE] == 0


def test_what_was_said_on_the_page_does_not_leave(sqlite: None) -> None:
    with transaction() as session:
        identity, _ = people.start_web_session(session)
        talk = transcript.conversation_of(session, identity.person)
        transcript.record_bot(session, talk, channel="web", messages=[{"text": SHORT}], latency_ms=0)
    assert states() == []
