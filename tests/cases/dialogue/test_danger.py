"""Danger first, whatever was being talked about."""

from typing import Any

import pytest

from cases.knowledge import knowledge

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any
PITFALLS = knowledge().pitfalls

SITUATIONS = [
    pytest.param("danger", "客服让我先交解冻费才退款", "p_second_fee", id="another fee"),
    pytest.param("danger", "我的银行卡被盗刷了", "p_unauthorized", id="a stolen card"),
    pytest.param("self_harm", "我不想活了", "p_self_harm", id="self-harm"),
]


@pytest.mark.parametrize(("intent", "text", "pitfall"), SITUATIONS)
def test_its_script_is_said_before_anything_else(talk: Talk, intent: str, text: str, pitfall: str) -> None:
    talk.tell_all()
    talk.say(intent, text)
    assert talk.bubbles[0].text == PITFALLS[pitfall].say.strip()
    assert talk.case.flags == [pitfall]


@pytest.mark.parametrize(("intent", "text", "pitfall"), SITUATIONS)
def test_it_is_said_to_somebody_without_a_case_too(talk: Talk, intent: str, text: str, pitfall: str) -> None:
    assert PITFALLS[pitfall].say.strip() in talk.say(intent, text)


def test_it_comes_before_the_answer_to_a_question(talk: Talk) -> None:
    talk.say("not_delivered", "没到账")
    talk.say("danger", "他们让我再付200保证金", number="200", amount=20_000)
    assert talk.case.flags == ["p_second_fee"]
    assert talk.case.amount is None


def test_nobody_who_may_hurt_themselves_is_asked_for_papers(talk: Talk) -> None:
    talk.tell_all()
    talk.say("self_harm", "我不想活了")
    assert talk.questions == 0


def test_afterwards_the_case_goes_on_where_it_was(talk: Talk) -> None:
    talk.tell_all()
    before = talk.asked
    talk.say("danger", "客服让我先交解冻费才退款")
    assert talk.asked == "danger"
    talk.tap("continue")
    assert talk.asked == before


def test_a_human_can_be_had_at_once(talk: Talk) -> None:
    talk.tell_all()
    talk.say("danger", "客服让我先交解冻费才退款")
    talk.tap("human")
    assert talk.conversation.wants_human_at is not None


def test_words_that_mean_danger_are_enough_whatever_the_nlu_made_of_them(talk: Talk) -> None:
    heard = talk.say("refund_delayed", "客服说再交50块解冻费才能退款")
    assert heard.startswith("请先停止付款")
