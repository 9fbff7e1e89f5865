"""Between any two turns the process may die: the conversation goes on, no fact is lost, none asked twice."""

from typing import Any

import pytest

from api.turns import Turns
from bot.assistant import RasaAssistant
from bot.runtime import OwnLoop
from cases.database import engine

SCRIPT = [
    "我在极速卡盟充了200块话费，到现在还没到账",
    "11月18号",
    "微信",
    "下单付给商户",
    "订单号20261118093344",
    "没有",
    "晚点发",
    "没有",
    "没有",
    "没有",
    "已经发给商家了",
    "三天了没人理我",
]


@pytest.mark.parametrize("killed_before", range(1, len(SCRIPT)))
def test_killed_between_two_turns_and_started_again(
    talk: Any, assistant: RasaAssistant, loop: OwnLoop, killed_before: int
) -> None:
    for number, text in enumerate(SCRIPT):
        if number == killed_before:
            engine().dispose()
            talk._turns = Turns(assistant, loop)  # all that a process holds
        talk.say(text)
    case = talk.case
    assert (case.amount, case.pay_channel, case.pay_method) == ("200.00", "wechat", "order")
    assert (str(case.paid_at), case.order_no) == ("2026-11-18", "20261118093344")
    assert [step.id for step in case.steps] == ["L2_demand", "L3_platform"]


def test_days_later_the_thread_is_where_it_was(talk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.say(SCRIPT[0])
    asked = talk.asked_about()
    monkeypatch.setenv("TUIKUAN_NOW", "2026-12-05T20:00:00")
    talk.say("你好")
    assert talk.asked_about() == asked
    talk.say("11月18号")
    assert str(talk.case.paid_at) == "2026-11-18"
