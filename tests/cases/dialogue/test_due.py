"""What a step waits for is said, moves with a fact, and is not announced to somebody who wants no reminders."""

from datetime import datetime
from typing import Any

import pytest

from cases.clock import SHANGHAI
from cases.reminders import repository as reminders

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any
IN_72_HOURS = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)


class TestAChangedFact:
    def test_moves_what_is_waited_for_and_says_so(self, talk: Talk) -> None:
        talk.wait_for("L4_payment")
        assert talk.step("L4_payment").due_at == IN_72_HOURS
        heard = talk.say("correct", "说错了，是支付宝付的", pay_channel="alipay")
        assert talk.step("L4_payment").due_at is None
        assert "「向支付机构投诉商户」多久有答复，我没有核对到" in heard

    def test_moves_it_back(self, talk: Talk) -> None:
        talk.tell_all(pay_channel="alipay")
        talk.do_without_evidence()
        talk.wait_for("L4_payment")
        assert talk.step("L4_payment").due_at is None
        heard = talk.say("correct", "说错了，是微信付的", pay_channel="wechat")
        assert talk.step("L4_payment").due_at == IN_72_HOURS
        assert "11月25日 10:00（平台规则）" in heard

    def test_moves_the_reminder_too(self, talk: Talk) -> None:
        talk.wait_for("L4_payment")
        talk.say("correct", "说错了，是支付宝付的", pay_channel="alipay")
        [reminder] = reminders.pending(talk.session, talk.step("L4_payment"))
        assert reminder.kind == "follow_up"

    def test_that_changes_nothing_is_not_told(self, talk: Talk) -> None:
        talk.wait_for("L4_payment")
        assert "重新算了" not in talk.say("correct", "金额是180", amount=18_000)


class TestReminders:
    def test_one_is_set_when_a_step_is_taken(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        [reminder] = reminders.pending_of_case(talk.session, talk.case)
        assert (reminder.kind, reminder.send_at) == ("due", IN_72_HOURS)

    def test_none_are_left_for_somebody_who_wants_none(self, talk: Talk) -> None:
        talk.wait_for_merchant()
        before = talk.asked
        heard = talk.say("stop_reminders", "别提醒我了")
        assert "不再提醒" in heard
        assert talk.conversation.reminders_off_at is not None
        assert reminders.pending_of_case(talk.session, talk.case) == []
        assert talk.asked == before

    def test_nobody_who_wants_none_is_told_that_one_will_come(self, talk: Talk) -> None:
        talk.reach_first_step()
        talk.say("stop_reminders", "别提醒我了")
        heard = talk.tap("step.done")
        assert "11月25日 10:00" in heard
        assert "我会来问你" not in heard
