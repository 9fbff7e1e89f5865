"""Small talk: a short answer, and never a dead end."""

from typing import Any

import pytest

from cases.knowledge import knowledge

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any

INTENTS = [
    pytest.param("greet", "你好", id="greeting"),
    pytest.param("vent", "太气人了", id="anger"),
    pytest.param("ask_capabilities", "你能干什么", id="what can you do"),
    pytest.param("out_of_scope", "今天天气怎么样", id="the weather"),
    pytest.param("nlu_fallback", "嘟嘟嘟", id="nonsense"),
]
PARTINGS = [pytest.param("thank", "谢谢", id="thanks"), pytest.param("goodbye", "再见", id="goodbye")]


@pytest.mark.parametrize(("intent", "text"), INTENTS)
def test_is_answered_and_the_thread_goes_on(talk: Talk, intent: str, text: str) -> None:
    talk.tell_all()
    before = talk.asked
    talk.say(intent, text)
    assert talk.asked == before
    assert talk.questions == 1
    assert len(talk.bubbles) > 1


@pytest.mark.parametrize(("intent", "text"), INTENTS + PARTINGS)
def test_before_any_case_it_leads_to_what_happened(talk: Talk, intent: str, text: str) -> None:
    talk.say(intent, text)
    assert talk.asked == "opening"
    assert talk.conversation.case is None


@pytest.mark.parametrize(("intent", "text"), PARTINGS)
def test_somebody_who_leaves_is_let_go_and_finds_everything_again(talk: Talk, intent: str, text: str) -> None:
    talk.tell_all()
    before = talk.asked
    talk.say(intent, text)
    assert talk.questions == 0
    assert talk.bubbles
    talk.say("greet", "我回来了")
    assert talk.asked == before


@pytest.mark.parametrize("text", ["说是渠道延迟", "客服说要等到月底", "他讲系统在维护", "平台让我再等等"])
def test_what_the_others_say_is_noted(talk: Talk, text: str) -> None:
    talk.tell_all()
    before = talk.asked
    assert knowledge().wording["reaction_noted"] in talk.say("nlu_fallback", text)
    assert talk.asked == before


def test_facts_in_it_are_taken(talk: Talk) -> None:
    talk.say("not_delivered", "没到账")
    talk.say("vent", "气死我了，200块呢", amount=20_000)
    assert talk.case.amount == 20_000
