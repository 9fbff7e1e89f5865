"""Whole sentences: all facts, and nothing but facts."""

from datetime import datetime
from itertools import pairwise

import pytest

from bot.nlu.facts import Facts

NO_FACTS = [
    "你好",
    "什么时候能退款",
    "商家跑路了怎么办",
    "😀",
    "",
    "   ",
    "？？",
    "我要投诉他们",
    "他说不给退",
]


def _values(facts: Facts, text: str, now: datetime) -> dict[str, int | str]:
    return {span.entity: span.value for span in facts.extract(text, now)}


def test_everything_in_one_sentence(facts: Facts, now: datetime) -> None:
    text = "我11月18号在极速卡盟用微信付了200块充话费，订单号20261118093344，到现在还没到账"
    assert _values(facts, text, now) == {
        "paid_at": "2026-11-18",
        "platform": "极速卡盟",
        "pay_channel": "wechat",
        "amount": 20000,
        "product": "话费",
        "order_no": "20261118093344",
    }


def test_facts_listed_without_a_verb(facts: Facts, now: datetime) -> None:
    text = "10月30号，快达卡盟，腾讯视频月卡，28块，支付宝"
    assert _values(facts, text, now) == {
        "paid_at": "2026-10-30",
        "platform": "快达卡盟",
        "product": "腾讯视频月卡",
        "amount": 2800,
        "pay_channel": "alipay",
    }


def test_shop_method_and_what_arrived(facts: Facts, now: datetime) -> None:
    text = "昨天在淘宝的小飞旗舰店转账给他300块充Q币，实际只到了100"
    assert _values(facts, text, now) == {
        "paid_at": "2026-11-21",
        "platform": "淘宝",
        "merchant": "小飞旗舰店",
        "pay_method": "personal",
        "amount": 30000,
        "product": "Q币",
        "delivered_amount": 10000,
    }


@pytest.mark.parametrize("text", NO_FACTS)
def test_nothing_is_made_up(facts: Facts, now: datetime, text: str) -> None:
    assert facts.extract(text, now) == []


def test_spans_are_places_in_the_text_in_order_and_apart(facts: Facts, now: datetime) -> None:
    text = "我11月18号在KK卡盟用微信付了200块充Q币，订单号20261118093344"
    spans = facts.extract(text, now)
    assert [text[span.start : span.end] for span in spans] == [span.text for span in spans]
    assert all(one.end <= two.start for one, two in pairwise(spans))


def test_a_fact_said_twice_is_one(facts: Facts, now: datetime) -> None:
    spans = facts.extract("付了200块，200块没到账", now)
    assert [span.value for span in spans] == [20000]


def test_a_value_denied_first_and_affirmed_later_counts(facts: Facts, now: datetime) -> None:
    assert _values(facts, "不是微信，哦不对，就是用微信付的", now) == {"pay_channel": "wechat"}
