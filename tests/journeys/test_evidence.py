"""Pictures, words, 没有 and 晚点."""

from typing import Any

import pytest

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，下单付给商户的，到现在还没到账"


@pytest.fixture
def asked(talk: Any) -> Any:
    """A person who has told everything and is asked for the first piece of evidence."""
    talk.say(FIRST)
    assert talk.asked_about() == "evidence.ev_order"
    return talk


def test_what_is_not_there_is_closed_with_its_substitute(asked: Any) -> None:
    asked.say("没有")
    assert asked.evidence["ev_order"] == "unavailable"
    assert asked.asked_about() == "evidence.ev_payment"


def test_what_is_put_off_comes_back_once(asked: Any) -> None:
    asked.say("晚点发")
    assert asked.evidence["ev_order"] == "later"
    for _ in range(3):
        asked.say("没有")
    assert asked.asked_about() == "evidence.ev_order"
    asked.say("晚点发")
    assert asked.case.stage == "step", "a second 晚点 does not block the ladder"


def test_a_picture_is_kept_with_its_sha256(asked: Any) -> None:
    asked.show(b"order page")
    item = next(item for item in asked.case.evidence if item.id == "ev_order")
    assert item.status == "provided"
    assert item.sha256 is not None
    assert len(item.sha256) == 64


def test_somebody_who_keeps_the_picture_themselves_goes_on(asked: Any) -> None:
    asked.say("截图我有")
    asked.tap("我自己存好了")
    assert asked.evidence["ev_order"] == "provided"


def test_evidence_is_named_out_of_turn(asked: Any) -> None:
    asked.say("聊天记录删了")
    assert asked.evidence["ev_chat"] == "unavailable"
    assert asked.asked_about() == "evidence.ev_order"


def test_facts_said_with_the_evidence_are_taken_too(talk: Any) -> None:
    talk.say("极速卡盟充了100块话费没到账，支付宝昨天下单付给商户的")
    talk.say("没有订单号")
    talk.say("截图没有了，订单号倒是有，2026112188776655")
    assert talk.case.order_no == "2026112188776655"


def test_a_picture_before_any_case_is_kept_for_it(talk: Any) -> None:
    talk.show(b"first of all")
    talk.say(FIRST)
    talk.show(b"and another")
    assert talk.evidence["ev_order"] == "provided"


def test_asking_whether_there_is_a_human_is_not_having_nothing(asked: Any) -> None:
    asked.say("我不会用，有没有人工")
    assert asked.evidence["ev_order"] == "asked"


def test_a_letter_does_not_announce_what_is_not_coming(asked: Any) -> None:
    asked.say("没有")
    asked.say("没有")
    asked.say("晚点发")
    asked.say("没有")
    asked.say("晚点发")
    asked.say("已经发给商家了")
    asked.say("平台没人理我，商家也不回")
    letter = next(message["text"] for message in asked.messages if "请平台介入处理的申请" in message["text"])
    assert "没到账的证明" in letter
    assert "付款凭证" not in letter


def test_what_is_there_but_cannot_be_sent_is_not_closed(asked: Any) -> None:
    asked.say("聊天记录有的，我截图了，发不上来")
    assert asked.evidence.get("ev_chat") != "unavailable"


@pytest.mark.parametrize("text", ["有没有人工", "有没有客服"])
def test_a_short_question_that_holds_a_button_title_is_not_that_button(asked: Any, text: str) -> None:
    asked.say(text)
    assert asked.evidence["ev_order"] == "asked"
