"""How it was paid."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("微信", ["wechat"], id="bare"),
        pytest.param("vx", ["wechat"], id="bare-vx"),
        pytest.param("支付宝", ["alipay"], id="bare-alipay"),
        pytest.param("zfb", ["alipay"], id="bare-pinyin"),
        pytest.param("是支付宝付的", ["alipay"], id="answer"),
        pytest.param("用微信付了", ["wechat"], id="used"),
        pytest.param("微信付的", ["wechat"], id="paid-by"),
        pytest.param("付款方式：微信支付", ["wechat"], id="wechat-pay"),
        pytest.param("微信扫码付的款", ["wechat"], id="scan"),
        pytest.param("我微信转了200给老板", ["wechat"], id="transferred"),
        pytest.param("微信花了30", ["wechat"], id="spent"),
        pytest.param("wx转的账", ["wechat"], id="wx"),
        pytest.param("微信零钱付了19.9", ["wechat"], id="change"),
        pytest.param("余额宝扣了66.6", ["alipay"], id="yuebao"),
        pytest.param("用的支付宝，昨天", ["alipay"], id="used-alipay"),
        pytest.param("用花呗", ["huabei"], id="huabei"),
        pytest.param("花呗付的 30", ["huabei"], id="huabei-paid"),
        pytest.param("云闪付付掉的", ["unionpay"], id="union"),
        pytest.param("用银行卡充的", ["bank_card"], id="card"),
        pytest.param("工行卡付的", ["bank_card"], id="bank"),
        pytest.param("用信用卡刷的", ["bank_card"], id="credit"),
        pytest.param("QQ钱包付的", ["qq_wallet"], id="qq"),
        pytest.param("QQ红包发过去的", ["qq_wallet"], id="qq-red"),
        pytest.param("paypal付的", ["paypal"], id="paypal"),
        pytest.param("京东白条买的", ["other"], id="white-bar"),
        pytest.param("拿平台余额扣的", ["other"], id="balance"),
        pytest.param("微信和支付宝", ["wechat", "alipay"], id="both"),
        pytest.param("不是微信，是支付宝", ["alipay"], id="denied"),
        pytest.param("没用微信，用的支付宝", ["alipay"], id="denied-use"),
        pytest.param("微信里加的他，用支付宝付的", ["alipay"], id="met-and-paid"),
    ],
)
def test_pay_channel(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "pay_channel") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("微信客服说让我等", [], id="support"),
        pytest.param("微信群里买的", [], id="group"),
        pytest.param("加微信聊的", [], id="added"),
        pytest.param("老板让我加他微信", [], id="added-him"),
        pytest.param("微信聊天记录有", [], id="chat"),
        pytest.param("微信公众号里看到的", [], id="official-account"),
        pytest.param("微信小程序买的", [], id="mini-program"),
        pytest.param("他把我微信拉黑了", [], id="blocked"),
        pytest.param("他微信不回我", [], id="friends"),
        pytest.param("退到支付宝了", [], id="refund-to"),
        pytest.param("支付宝客服不管", [], id="support-alipay"),
        pytest.param("支付宝账单截图发你", [], id="bill"),
        pytest.param("是支付宝导出来的流水", [], id="exported"),
        pytest.param("他让我填银行卡密码", [], id="password"),
        pytest.param("微信号abc12345", [], id="wechat-id"),
    ],
)
def test_not_about_paying(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "pay_channel") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("转账给他的", ["personal"], id="transfer"),
        pytest.param("扫码转给他", ["personal"], id="to-him"),
        pytest.param("扫的是个人收款码", ["personal"], id="personal-code"),
        pytest.param("发红包给他的", ["personal"], id="red-packet"),
        pytest.param("打到他卡上", ["personal"], id="to-card"),
        pytest.param("私下交易的", ["personal"], id="privately"),
        pytest.param("直接下单付款的", ["order"], id="order"),
        pytest.param("在平台下单的", ["order"], id="on-platform"),
        pytest.param("通过商家收款码", ["order"], id="merchant-code"),
        pytest.param("收银台付的", ["order"], id="cashier"),
        pytest.param("是转账不是下单付款", ["personal"], id="denied"),
        pytest.param("微信转账给个人", ["personal"], id="wechat-transfer"),
    ],
)
def test_pay_method(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "pay_method") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("转账记录有", [], id="record"),
        pytest.param("转账截图发你了", [], id="receipt"),
        pytest.param("让我再转账", [], id="demanded"),
        pytest.param("让我私下转给他", [], id="private-demand"),
        pytest.param("他不走平台", [], id="not-via-platform"),
        pytest.param("领了个外卖红包", [], id="coupon"),
    ],
)
def test_no_pay_method(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "pay_method") == expected
