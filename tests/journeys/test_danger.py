"""Danger comes before anything else."""

from typing import Any

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，下单付给商户的，到现在还没到账"


def test_a_second_fee_stops_everything(talk: Any) -> None:
    talk.say(FIRST)
    heard = talk.say("客服说要我先交200块解冻费才能退款")
    assert heard.startswith("请先停止付款")
    assert "110" in heard
    assert talk.case.flags == ["p_second_fee"]
    assert talk.case.amount == "200.00"
    talk.tap("继续我的案子")
    assert talk.asked_about() == "step.L0_stop_loss"
    talk.tap("已经做了")
    assert talk.asked_about() == "step.L9_police"


def test_somebody_in_despair_is_heard_and_asked_nothing(talk: Any) -> None:
    talk.say(FIRST)
    heard = talk.say("钱全没了，我真的不想活了")
    assert "12356" in heard
    assert talk.buttons == {}
