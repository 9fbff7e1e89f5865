"""Changing one's mind: the kind of dispute, a second purchase, giving up, a human."""

from typing import Any

import pytest

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，下单付给商户的，到现在还没到账"


@pytest.fixture
def asked(talk: Any) -> Any:
    talk.say(FIRST)
    return talk


def test_a_change_of_kind_is_asked_back_and_then_made(asked: Any) -> None:
    asked.say("商家跑路了，网站也打不开，群也解散了")
    assert asked.asked_about() == "confirm.change_kind"
    assert asked.case.dispute_kind == "not_delivered"
    asked.say("是的")
    assert asked.case.dispute_kind == "merchant_gone"
    assert asked.case.amount == "200.00"


def test_a_change_of_kind_that_is_refused_changes_nothing(asked: Any) -> None:
    asked.say("商家跑路了，网站也打不开，群也解散了")
    asked.say("不是")
    assert asked.case.dispute_kind == "not_delivered"


def test_a_second_purchase_gets_a_case_of_its_own(asked: Any) -> None:
    first = asked.case.number
    asked.say("我还有另外一笔也没到")
    assert asked.asked_about() == "confirm.new_case"
    asked.say("是的")
    assert asked.case.number != first
    assert asked.case.amount is None


def test_another_order_number_is_asked_back(asked: Any) -> None:
    first = asked.case.number
    asked.say("订单号20261101777777那个50块的Q币也没到账")
    assert asked.asked_about() == "confirm.new_case"
    asked.tap("是另一笔")
    assert asked.case.number != first
    assert (asked.case.order_no, asked.case.amount) == ("20261101777777", "50.00")


def test_one_can_go_back_to_the_first_case(asked: Any) -> None:
    first = asked.case.number
    asked.say("还有另外一笔")
    asked.say("对")
    asked.say("我的案子到哪一步了")
    asked.tap(first)
    assert asked.case.number == first


def test_cancelling_is_asked_back(asked: Any) -> None:
    asked.say("算了，不弄了")
    assert asked.asked_about() == "confirm.cancel"
    asked.say("不是，继续")
    assert asked.case.stage == "evidence"
    asked.say("算了，不弄了")
    asked.say("对")
    assert (asked.case.stage, asked.case.outcome) == ("closed", "cancelled")


def test_asking_for_a_human_is_noted_and_the_case_goes_on(asked: Any) -> None:
    asked.say("转人工")
    assert asked.asked_about() == "evidence.ev_order"


def test_what_was_said_of_the_same_purchase_is_kept(asked: Any) -> None:
    asked.say("订单号20261101777777那个也没到账")
    asked.tap("还是原来那笔")
    assert asked.case.order_no == "20261101777777"


def test_a_digression_does_not_drop_a_confirmation(asked: Any) -> None:
    asked.say("算了，不弄了")
    asked.say("12315多久给结果")
    assert asked.asked_about() == "confirm.cancel"
    asked.say("是的")
    assert asked.case.stage == "closed"


def test_after_one_case_ends_the_other_is_offered(asked: Any) -> None:
    first = asked.case.number
    asked.say("还有另外一笔")
    asked.say("对")
    asked.say("算了，不弄了")
    asked.say("是的")
    asked.tap(first)
    assert asked.case.number == first


def test_somebody_who_cannot_say_which_kind_still_gets_a_letter(talk: Any) -> None:
    talk.say("在飞鸟卡盟付了66块钱")
    assert talk.asked_about() == "fact.dispute_kind"
    while talk.case.stage != "step":
        talk.say("不清楚")
    assert talk.case.dispute_kind is None
    assert "66.00元" in talk.heard
