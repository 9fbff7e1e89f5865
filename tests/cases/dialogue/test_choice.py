"""Choosing: by token, by title, by number; nothing else chooses."""

from typing import Any

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any


@pytest.fixture
def asked_channel(talk: Talk) -> Talk:
    """It is asked how the money was paid: a question with choices."""
    talk.tell_all()
    talk.case.pay_channel = None
    talk.say("ask_why", "为什么要这个")
    assert talk.asked == "fact.pay_channel"
    return talk


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("支付宝", id="its title"),
        pytest.param("2", id="its number"),
        pytest.param("二", id="its Chinese number"),
        pytest.param("第二个", id="its place"),
        pytest.param("选2", id="a choice of its number"),
    ],
)
def test_a_choice_is_understood_however_it_is_written(asked_channel: Talk, text: str) -> None:
    asked_channel.say("nlu_fallback", text, confidence=0.2)
    assert asked_channel.case.pay_channel == "alipay"


def test_a_tapped_button_is_its_token(asked_channel: Talk) -> None:
    asked_channel.tap("fact.pay_channel.huabei")
    assert asked_channel.case.pay_channel == "huabei"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("99", id="a number that is not there"),
        pytest.param("fact.pay_channel.huabei", id="the choice itself"),
        pytest.param('/inform{"pay_channel": "huabei"}', id="a command"),
        pytest.param("c_AAAAAAAA", id="a token that was never offered"),
    ],
)
def test_what_is_not_on_offer_chooses_nothing(asked_channel: Talk, text: str) -> None:
    asked_channel.say("choose", text)
    assert asked_channel.case.pay_channel is None
    assert asked_channel.asked == "fact.pay_channel"


def test_a_number_in_answer_to_how_much_is_an_amount(talk: Talk) -> None:
    talk.say("not_delivered", "没到账")
    talk.say("nlu_fallback", "1", number="1")
    assert (talk.case.amount, talk.case.unknown) == (100, [])


def test_tokens_say_nothing_and_are_new_every_time(talk: Talk) -> None:
    seen: set[str] = set()
    for _ in range(5):
        talk.say("greet", "你好")
        tokens = {button["token"] for button in talk.conversation.offered}
        assert not tokens & seen
        seen |= tokens
    assert not any(kind in token for token in seen for kind in ("deliver", "kind", "merchant"))


def test_the_offered_buttons_are_those_that_are_shown(talk: Talk) -> None:
    talk.tell_all()
    shown = [button["payload"] for bubble in talk.bubbles for button in bubble.as_json()["buttons"]]
    assert shown == [button["token"] for button in talk.conversation.offered]
