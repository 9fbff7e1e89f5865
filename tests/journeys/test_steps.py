"""After the first step: only what is done is done, deadlines run, outcomes lead on."""

from typing import Any

import pytest

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，下单付给商户的，到现在还没到账"


@pytest.fixture
def at_first_step(talk: Any) -> Any:
    talk.say(FIRST)
    while talk.case.stage != "step":
        talk.say("没有")
    return talk


def test_a_wish_is_not_a_finished_step(at_first_step: Any) -> None:
    at_first_step.say("我就想让他们把钱退给我")
    assert at_first_step.case.steps[0].status == "proposed"


def test_a_fact_corrected_after_the_letter_makes_a_new_letter(at_first_step: Any) -> None:
    heard = at_first_step.say("不对，金额写错了，是180块")
    assert "180.00元" in heard
    assert [document.version for document in at_first_step.case.documents] == [2]


def test_a_step_that_was_taken_gets_its_deadline(at_first_step: Any) -> None:
    heard = at_first_step.say("已经发给商家了")
    step = at_first_step.case.steps[0]
    assert (step.status, step.due_type) == ("submitted", "practice")
    assert step.due_at is not None
    assert step.due_at.isoformat() == "2026-11-25T02:00:00+00:00"
    assert "不是法定期限" in heard


def test_no_reply_leads_to_the_platform(at_first_step: Any) -> None:
    at_first_step.say("已经发给商家了")
    at_first_step.say("三天了没人理我")
    assert [step.outcome for step in at_first_step.case.steps] == ["no_reply", None]
    assert at_first_step.asked_about() == "step.L3_platform"


def test_a_promise_keeps_the_step_open(at_first_step: Any) -> None:
    at_first_step.say("已经发给商家了")
    at_first_step.say("商家答应明天退")
    assert at_first_step.case.steps[0].outcome is None


def test_money_that_came_closes_the_case_after_a_look_at_the_account(at_first_step: Any) -> None:
    at_first_step.say("已经发给商家了")
    at_first_step.say("钱到了")
    assert at_first_step.asked_about() == "confirm.close_refunded"
    at_first_step.tap("全部到账了")
    assert (at_first_step.case.stage, at_first_step.case.outcome) == ("closed", "refunded")
