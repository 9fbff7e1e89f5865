"""From the first message to the first step, once for each dispute."""

from typing import Any

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"


def test_one_sentence_fills_every_fact_and_none_is_asked_again(talk: Any) -> None:
    talk.say(FIRST)
    case = talk.case
    assert (case.dispute_kind, case.amount, str(case.paid_at)) == ("not_delivered", "200.00", "2026-11-18")
    assert (case.pay_channel, case.platform, case.order_no) == ("wechat", "极速卡盟", "20261118093344")
    assert case.product == "话费"
    assert talk.asked_about() == "fact.pay_method"


def test_not_delivered_leads_to_a_letter_to_the_merchant(talk: Any) -> None:
    talk.say(FIRST)
    talk.tap("下单付给商户")
    for number in range(4):
        assert talk.case.stage == "evidence"
        talk.show(bytes([number]))
    assert set(talk.evidence.values()) == {"provided"}
    assert talk.case.stage == "step"
    assert talk.asked_about() == "step.L2_demand"
    letter = next(message["text"] for message in talk.messages if "致：" in message["text"])
    for fact in ("极速卡盟", "200.00元", "2026年11月18日", "20261118093344", "2026年11月25日"):
        assert fact in letter
    assert "买了什么 2/2" in talk.heard


def test_not_as_described_leads_to_a_letter_with_what_came(talk: Any) -> None:
    talk.say("我在星河卡盟充了100元话费，支付宝付的，结果只到账50元")
    assert (talk.case.dispute_kind, talk.case.amount, talk.case.delivered_amount) == (
        "not_as_described",
        "100.00",
        "50.00",
    )
    talk.say("昨天下单付给商户的")
    assert str(talk.case.paid_at) == "2026-11-21"
    talk.say("没有订单号")
    while talk.case.stage != "step":
        talk.say("没有")
    assert talk.asked_about() == "step.L2_demand"
    assert "实际到账50.00元" in talk.heard


def test_merchant_gone_paid_to_a_shop_goes_to_the_payment_channel_first(talk: Any) -> None:
    talk.say("王八蛋商家跑路了，我在飞鸟卡盟微信付的500块没了，群也解散了，店也关了")
    assert talk.case.dispute_kind == "merchant_gone"
    talk.say("11月3号")
    talk.tap("下单付给商户")
    while talk.case.stage != "step":
        talk.say("没有")
    assert talk.asked_about() == "step.L4_payment"


def test_merchant_gone_paid_to_a_person_goes_to_the_police_first(talk: Any) -> None:
    talk.say("卖家收了钱就把我拉黑了，人也找不到了")
    while talk.asked_about() != "fact.pay_method":
        talk.say("不知道")
    talk.tap("转账给个人")
    while talk.case.stage != "step":
        talk.say("没有")
    assert talk.asked_about() == "step.L9_police"


def test_a_late_refund_is_a_track_beside_the_kind(talk: Any) -> None:
    talk.say("申请退款都半个月了还一直显示处理中，钱到现在没退回来")
    assert (talk.case.track, talk.case.dispute_kind) == ("refund_delayed", None)
    talk.tap("没到账")
    assert (talk.case.track, talk.case.dispute_kind) == ("refund_delayed", "not_delivered")
    assert "ev_refund_state" in talk.evidence
