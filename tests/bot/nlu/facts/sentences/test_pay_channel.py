"""Through what it was paid, as people tell it."""

from collections.abc import Callable
from typing import Any

import pytest

SENTENCES: list[tuple[str, list[str]]] = [
    ("微信付的，微信客服也不管", ["wechat"]),
    ("拿花呗垫的，利息都得我出", ["huabei"]),
    ("加了他微信，用支付宝转的", ["alipay"]),
    ("云闪付扫的码", ["unionpay"]),
    ("用我妈的银行卡刷的", ["bank_card"]),
    ("建行卡直接扣走的", ["bank_card"]),
    ("vx转了他200，转完就装死", ["wechat"]),
    ("支付宝里投诉了没用", []),
    ("微信不回，电话不接", []),
    ("他让我加vx，我没加", []),
    ("要我用微信再付一次，想得美", []),
    ("先用支付宝没付成功，后来微信付的", ["wechat"]),
    ("用Q币付的，不是钱啊", ["qq_wallet"]),
    ("招行信用卡分期付的", ["bank_card"]),
    ("走的京东白条", ["other"]),
    ("退款说是原路退到银行卡", []),
    ("银行卡号被他骗走了", []),
    ("零钱付的", ["wechat"]),
    ("QQ钱包付款后QQ把我拉黑", ["qq_wallet"]),
    ("不记得是微信还是支付宝了", []),
    ("网银转的账", ["bank_card"]),
    ("支付宝账户被冻结了", []),
    ("付款方式 支付宝", ["alipay"]),
    ("现金给的，当面", ["other"]),
    ("用usdt买的", ["other"]),
    ("没用花呗，直接余额宝付的", ["alipay"]),
    ("扫的支付宝二维码", ["alipay"]),
    ("客服微信是abc_123，加了就让转钱", []),
    ("支付宝花呗付的199", ["huabei"]),
    ("从微信零钱里转出去的", ["wechat"]),
    ("美团月付垫的", ["other"]),
    ("支付宝显示付款成功，平台说没收到", ["alipay"]),
    ("微信群里喊的，钱也是微信转的", ["wechat"]),
    ("我微信里没钱，找同学借的", []),
    ("打微信电话也不接", []),
    ("微信上骂了他一顿", []),
    ("他只收支付宝，我就支付宝付了", ["alipay"]),
    ("浦发银行的卡，扣了128", ["bank_card"]),
    ("支付宝小程序里的店", []),
    ("平台余额付的，提也提不出来", ["other"]),
    ("PayPal付的美元", ["paypal"]),
    ("客服甩给我一个微信号就没下文了", []),
    ("卖家在微信上跟我说先付一半", []),
    ("微信给他发了五条消息", []),
    ("从支付宝转到他银行卡的", ["alipay"]),
    ("他要求走支付宝，我没同意", []),
    ("分六次转的，都是微信", ["wechat"]),
    ("微信付不了，换的云闪付", ["unionpay"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_pay_channel(read: Callable[..., list[Any]], text: str, expected: list[str]) -> None:
    assert read(text, "pay_channel") == expected
