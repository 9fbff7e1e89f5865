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


def test_a_promise_is_watched_until_its_day(at_first_step: Any) -> None:
    at_first_step.say("已经发给商家了")
    at_first_step.say("商家答应明天退")
    assert at_first_step.steps == ["L2_demand promised", "CLOSE_WATCH submitted"]
    assert at_first_step.step("CLOSE_WATCH").promised_for.isoformat() == "2026-11-23"
    assert at_first_step.asked_about() == "outcome.CLOSE_WATCH"


def test_money_that_came_closes_the_case_after_a_look_at_the_account(at_first_step: Any) -> None:
    at_first_step.say("已经发给商家了")
    at_first_step.say("钱到了")
    assert at_first_step.asked_about() == "confirm.close_refunded"
    at_first_step.tap("全部到账了")
    assert (at_first_step.case.stage, at_first_step.case.outcome) == ("closed", "refunded")


@pytest.mark.parametrize(
    "text",
    ["信我发过去了", "在极速卡盟的店铺消息里发给商家了", "已经发给卖家了", "挂号信寄出去了"],
)
def test_sent_in_any_words_is_sent(at_first_step: Any, text: str) -> None:
    at_first_step.say(text)
    assert at_first_step.steps == ["L2_demand submitted"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("卖家不肯退，让我找平台", "refused"),
        ("客服拒绝了，说虚拟商品不退", "refused"),
        ("商家不理我", "no_reply"),
        ("一直没动静", "no_reply"),
        ("商家把我拉黑了", "gone"),
        ("退了一半，100块", "partial"),
        ("补发了一张新的", "redelivered"),
    ],
)
def test_what_people_say_of_the_merchant_is_its_outcome(at_first_step: Any, text: str, outcome: str) -> None:
    at_first_step.say("已经发给商家了")
    at_first_step.say(text)
    assert at_first_step.steps[0] == f"L2_demand {outcome}"


@pytest.mark.parametrize("text", ["钱到账了", "200块退到微信了", "钱已经原路退回来了", "退款到了"])
def test_money_that_came_is_never_heard_as_the_opposite(at_first_step: Any, text: str) -> None:
    at_first_step.say("已经发给商家了")
    at_first_step.say("商家答应明天退")
    at_first_step.say(text)
    assert at_first_step.asked_about() == "confirm.close_refunded"
    assert at_first_step.case.amount == "200.00"


def test_what_was_refused_before_anything_was_sent_is_not_the_answer_to_the_letter(at_first_step: Any) -> None:
    at_first_step.say("商家就是不肯退")
    assert at_first_step.steps == ["L2_demand proposed"]
