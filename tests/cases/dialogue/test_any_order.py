"""Whatever people say, in whatever order: there is an answer, at most one question, and nothing told is lost."""

from datetime import date
from random import Random
from typing import Any

import pytest
import yaml

from cases.case.facts import known
from cases.models import Stage
from cases.settings import ROOT

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Talk = Any

SAYINGS: list[tuple[str, str, dict[str, Any]]] = [
    ("not_delivered", "话费一直没到账", {}),
    ("not_as_described", "到了但是少了一半", {"delivered_amount": 10_000}),
    ("merchant_gone", "商家把我拉黑了", {}),
    ("refund_delayed", "退款还是没到", {}),
    ("give_facts", "付了200块，微信付的", {"amount": 20_000, "pay_channel": "wechat"}),
    ("give_facts", "18号在极速卡盟下的单", {"platform": "极速卡盟", "paid_at": date(2026, 11, 18)}),
    ("give_facts", "广州星跃网络科技有限公司", {"merchant": "广州星跃网络科技有限公司"}),
    ("give_facts", "广州市天河区体育西路101号", {}),
    ("give_facts", "自己用的", {}),
    ("give_facts", "100", {"number": "100"}),
    ("give_facts", "20号", {"paid_at": date(2026, 11, 20), "days": (date(2026, 11, 20), date(2026, 12, 20))}),
    ("give_facts", "工单号3347021", {"reference": "3347021"}),
    ("correct", "不对，是180", {"amount": 18_000}),
    ("correct", "不是微信，是支付宝", {"pay_channel": "alipay"}),
    ("correct", "不对", {}),
    ("evidence_given", "有的，我截图了", {}),
    ("evidence_unavailable", "没有", {}),
    ("evidence_later", "晚点发", {}),
    ("step_done", "已经发了", {}),
    ("step_done", "12315也投诉了，编号20261122001", {"reference": "20261122001"}),
    ("outcome_refused", "他们拒绝了", {}),
    ("outcome_refused", "平台驳回了", {}),
    ("outcome_no_reply", "三天没人理", {}),
    ("outcome_promised", "说周五退", {"days": (date(2026, 11, 27),)}),
    ("outcome_partial", "退了50", {"returned": 5_000}),
    ("outcome_partial", "退了一半", {}),
    ("outcome_refunded", "钱到了", {}),
    ("nlu_fallback", "12315受理了", {}),
    ("nlu_fallback", "说材料不全，不予受理", {}),
    ("nlu_fallback", "派出所给立案了", {}),
    ("nlu_fallback", "点错了，还没发", {}),
    ("nlu_fallback", "嘟嘟嘟", {"confidence": 0.2}),
    ("ask_question", "12315多久给结果", {"answer_id": "a_12315_time"}),
    ("ask_question", "月亮上能起诉吗", {}),
    ("ask_progress", "到哪一步了", {}),
    ("ask_how", "怎么弄", {}),
    ("ask_why", "为什么要这个", {}),
    ("danger", "客服让我先交解冻费才退款", {}),
    ("minor", "是我家孩子偷偷充的", {}),
    ("threat", "不退我就上门砸了他的店", {}),
    ("self_harm", "我不想活了", {}),
    ("ask_human", "转人工", {}),
    ("stop_reminders", "别提醒我了", {}),
    ("new_case", "我还有另外一笔", {}),
    ("cancel", "算了不弄了", {}),
    ("affirm", "是的", {}),
    ("deny", "不是", {}),
    ("thank", "谢谢", {}),
    ("vent", "气死我了", {}),
    ("greet", "在吗", {}),
]
INTENTS = [
    name
    for entry in yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"]
    for name in (entry if isinstance(entry, dict) else [entry])
]
MAY_BE_FORGOTTEN = {"operator", "operator_address", "recovered_amount"}
LENGTH = 40


def say_something(talk: Talk, chance: Random) -> None:
    """A button as often as a message; now and then a picture."""
    if talk.choices and chance.random() < 0.45:
        talk.tap(chance.choice(talk.choices))
    elif chance.random() < 0.05:
        talk.send()
    else:
        intent, text, understood = chance.choice(SAYINGS)
        talk.say(intent, text, **understood)


def told(talk: Talk) -> tuple[str | None, dict[str, Any]]:
    """The open case and its facts."""
    case = talk.conversation.case
    return (case.number, known(case)) if case is not None and case.stage != Stage.CLOSED else (None, {})


@pytest.mark.parametrize("seed", range(30))
def test_every_turn_answers_and_loses_nothing(talk: Talk, seed: int) -> None:
    chance = Random(seed)
    for _ in range(LENGTH):
        number, before = told(talk)
        say_something(talk, chance)
        assert talk.bubbles
        assert all(bubble.text.strip() for bubble in talk.bubbles)
        assert talk.questions <= 1
        after_number, after = told(talk)
        if number == after_number:
            assert set(before) - set(after) <= MAY_BE_FORGOTTEN


@pytest.mark.parametrize("confidence", [0.3, 0.5, 0.9])
@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_answered_however_sure_the_nlu_is_of_it(talk: Talk, intent: str, confidence: float) -> None:
    talk.say(intent, "等一下", confidence=confidence)
    assert talk.bubbles
    talk.tell_all()
    talk.say(intent, "等一下", confidence=confidence)
    assert talk.bubbles


@pytest.mark.parametrize("seed", range(30, 40))
def test_nothing_is_said_twice_in_one_answer(talk: Talk, seed: int) -> None:
    chance = Random(seed)
    for _ in range(LENGTH):
        say_something(talk, chance)
        pages = [bubble.text for bubble in talk.bubbles]
        assert len(pages) == len(set(pages))
        remarks = pages[0].split("\n")
        assert len(remarks) == len(set(remarks))
