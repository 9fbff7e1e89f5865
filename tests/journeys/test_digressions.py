"""Questions in the middle are answered, then the thread goes on where it was."""

from typing import Any

import pytest

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，下单付给商户的，到现在还没到账"


@pytest.fixture
def asked(talk: Any) -> Any:
    talk.say(FIRST)
    return talk


@pytest.mark.parametrize(
    "digression",
    [
        pytest.param("为什么要这个", id="why"),
        pytest.param("怎么截图", id="how"),
        pytest.param("12315多久有结果", id="law"),
        pytest.param("现在到哪一步了", id="progress"),
        pytest.param("你是机器人吗", id="capabilities"),
        pytest.param("谢谢你啊", id="thanks"),
        pytest.param("气死我了，什么垃圾平台", id="anger"),
        pytest.param("今天天气怎么样", id="out of scope"),
    ],
)
def test_a_digression_is_answered_and_the_question_stands(asked: Any, digression: str) -> None:
    heard = asked.say(digression)
    assert heard
    assert asked.asked_about() == "evidence.ev_order"
    assert asked.evidence["ev_order"] == "asked"


def test_the_law_is_quoted_with_its_nature(asked: Any) -> None:
    heard = asked.say("12315多久给结果")
    assert "7个工作日" in heard
    assert "60日" in heard
    assert "45" not in heard


def test_a_question_without_a_reviewed_answer_is_not_improvised(asked: Any) -> None:
    assert "不乱说" in asked.say("请问火星上买的卡密适用哪国法律啊")


def test_three_misunderstandings_lead_to_a_human(talk: Any) -> None:
    talk.say("话费没到账")
    first = talk.question
    talk.say("？？？")
    assert talk.question != first
    talk.say("。。。")
    assert "转人工" in talk.buttons
