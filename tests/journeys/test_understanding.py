"""What real messages hold: doubt, a second grievance, a question, a correction, a danger."""

from typing import Any

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，下单付给商户的，到现在还没到账"


def test_a_grievance_and_a_question_are_both_served(talk: Any) -> None:
    heard = talk.say("会员充了三天没到账，12315多久给结果")
    assert talk.case.dispute_kind == "not_delivered"
    assert "7个工作日" in heard


def test_the_main_grievance_leads_and_the_other_is_remembered(talk: Any) -> None:
    heard = talk.say("会员没到账，客服也把我拉黑了")
    assert (talk.case.dispute_kind, talk.case.also) == ("merchant_gone", ["not_delivered"])
    assert "你还提到" in heard


def test_evidence_and_a_correction_are_both_served(talk: Any) -> None:
    talk.say(FIRST)
    talk.say("截图晚点再发给你，刚才金额说错了，应该是150块")
    assert talk.case.amount == "150.00"
    assert talk.evidence["ev_order"] == "later"


def test_what_hangs_between_two_is_asked_back(talk: Any) -> None:
    talk.say("三天没人理我")
    assert talk.asked_about() == "clarification"
    talk.tap("商家联系不上")
    assert talk.case.dispute_kind == "merchant_gone"


def test_a_fee_before_the_refund_is_a_danger_whatever_else_is_said(talk: Any) -> None:
    assert talk.say("退款一直没到，客服说让我再交50块解冻费").startswith("请先停止付款")


def test_a_question_about_paying_opens_no_case(talk: Any) -> None:
    talk.say("能用花呗付吗")
    assert talk.number_of_cases() == 0


def test_a_traditional_and_full_width_sentence_is_read_like_any_other(talk: Any) -> None:
    talk.say("我喺極速卡盟充值１００蚊話費，到而家都未到帳")
    assert (talk.case.dispute_kind, talk.case.amount, talk.case.platform) == ("not_delivered", "100.00", "极速卡盟")
