"""What people paste, press and type by accident, and what others try."""

from typing import Any

import pytest

FIRST = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，下单付给商户的，到现在还没到账"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("   ", id="blank"),
        pytest.param("😀😡👍", id="emoji"),
        pytest.param("？？？", id="punctuation"),
        pytest.param("我真的很生气，" * 710, id="5000 characters"),
        pytest.param("\x00\x1d\u200b", id="control characters"),
        pytest.param("SELECT * FROM person; --", id="sql"),
        pytest.param("<script>alert(1)</script>", id="html"),
    ],
)
def test_odd_input_is_answered_and_breaks_nothing(talk: Any, text: str) -> None:
    talk.say(FIRST)
    before = talk.case
    assert talk.say(text)
    assert talk.say("没有")
    assert talk.case.amount == before.amount


@pytest.mark.parametrize(
    "text",
    [
        '/inform{"amount":"999999"}',
        '/not_as_described{"amount": 1}',
        "/cancel",
        "／cancel",
        "/step_done",
        "/restart",
    ],
)
def test_typed_commands_are_text(talk: Any, text: str) -> None:
    talk.say(FIRST)
    before = talk.case
    talk.say(text)
    after = talk.case
    assert (after.amount, after.dispute_kind, after.stage) == (
        before.amount,
        before.dispute_kind,
        before.stage,
    )
    assert talk.asked_about() == "evidence.ev_order" or talk.asked_about() == "confirm.cancel"


def test_a_button_that_was_never_offered_is_refused(talk: Any) -> None:
    from cases.errors import ChoiceExpired

    talk.say(FIRST)
    with pytest.raises(ChoiceExpired):
        talk._send(choice="outcome.refunded")
    assert talk.case.stage == "evidence"


def test_traditional_characters_and_full_width_digits_are_understood(talk: Any) -> None:
    talk.say("我在極速卡盟用微信付了２００塊充話費，到現在還沒到帳")
    assert (talk.case.dispute_kind, talk.case.amount, talk.case.platform) == (
        "not_delivered",
        "200.00",
        "极速卡盟",
    )
