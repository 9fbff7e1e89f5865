"""Order numbers, and the numbers that must not be taken for one."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("订单号20261118093344", ["20261118093344"], id="named"),
        pytest.param("订单编号：3902118273645000123", ["3902118273645000123"], id="named-colon"),
        pytest.param("订单号是KM8830217", ["KM8830217"], id="named-is"),
        pytest.param("订单 TK2026A118", ["TK2026A118"], id="named-space"),
        pytest.param("单号55038271", ["55038271"], id="short"),
        pytest.param("流水号是4200002512202611184567891234", ["4200002512202611184567891234"], id="serial"),
        pytest.param("交易单号：4200001234202611181234567890 金额 99", ["4200001234202611181234567890"], id="trade"),
        pytest.param("交易号4200002391202611046675", ["4200002391202611046675"], id="trade-short"),
        pytest.param("商户单号 WX20261118A0093", ["WX20261118A0093"], id="merchant"),
        pytest.param("编号A20261118", ["A20261118"], id="number"),
        pytest.param("order no 66120-8843-AZ", ["66120-8843-AZ"], id="english"),
        pytest.param("20261118093344", ["20261118093344"], id="bare-digits"),
        pytest.param("4200001234202611181234567890", ["4200001234202611181234567890"], id="bare-wechat"),
        pytest.param("2026111822001412345678901234", ["2026111822001412345678901234"], id="bare-alipay"),
        pytest.param("WX20261118A0093", ["WX20261118A0093"], id="bare-mixed"),
        pytest.param("我的是20261118093344这个", ["20261118093344"], id="in-sentence"),
        pytest.param("订单号KM20261103887214和KM20261103887215", ["KM20261103887214", "KM20261103887215"], id="two"),
        pytest.param("订单号不是20261118093344，是20261118093355", ["20261118093355"], id="corrected"),
        pytest.param("订单号km20261103887214", ["km20261103887214"], id="lower-case"),
        pytest.param("淘宝订单3902118273645000123", ["3902118273645000123"], id="taobao"),
    ],
)
def test_order_numbers(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "order_no") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("13812345678", [], id="phone"),
        pytest.param("+8613812345678", [], id="phone-country"),
        pytest.param("订单手机13812345678", [], id="phone-after-order"),
        pytest.param("身份证110101199003071234", [], id="identity-card"),
        pytest.param("110101199003071234", [], id="identity-card-bare"),
        pytest.param("11010119900307123X", [], id="identity-card-x"),
        pytest.param("6222021234567890123", [], id="bank-card"),
        pytest.param("卡密是ABCD1234EFGH", [], id="card-secret"),
        pytest.param("我卡密XYZ12345ABCD用不了", [], id="card-secret-bare"),
        pytest.param("卡号202611180933445566", [], id="card-number"),
        pytest.param("密码abc123456789", [], id="password"),
        pytest.param("激活码A1B2C3D4E5F6", [], id="code"),
        pytest.param("微信号abc1234567", [], id="wechat-id"),
        pytest.param("QQ 1234567890", [], id="qq"),
        pytest.param("kami20261118.com", [], id="domain"),
        pytest.param("abc20261118xyz@qq.com", [], id="e-mail"),
        pytest.param("订单200块", [], id="amount"),
        pytest.param("订单3个", [], id="short-digits"),
        pytest.param("20261118", [], id="too-short"),
        pytest.param("快递单号SF1234567890123", [], id="parcel"),
        pytest.param("steamwallet", [], id="word"),
        pytest.param("12315", [], id="hotline"),
    ],
)
def test_other_numbers(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "order_no") == expected
