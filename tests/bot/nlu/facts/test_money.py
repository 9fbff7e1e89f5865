"""Sums of money by the part they play, in 分."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("30块", [3000], id="yuan-kuai"),
        pytest.param("100元", [10000], id="yuan-yuan"),
        pytest.param("三百块钱", [30000], id="yuan-kuaiqian"),
        pytest.param("¥1,280.50", [128050], id="sign-and-thousands"),
        pytest.param("花了1.2万", [1200000], id="ten-thousands"),
        pytest.param("转了1万2", [1200000], id="mixed-ten-thousands"),
        pytest.param("5毛", [50], id="jiao"),
        pytest.param("3块5", [350], id="kuai-and-jiao"),
        pytest.param("两块半", [250], id="half-yuan"),
        pytest.param("人民币四十九块九", [4990], id="han-with-jiao"),
        pytest.param("付了两百多", [20000], id="approximate"),
        pytest.param("二十来块", [2000], id="roughly-twenty"),
        pytest.param("一共花了三百五", [35000], id="short-hundreds"),
        pytest.param("花了一千二", [120000], id="short-thousands"),
        pytest.param("付了1280", [128000], id="bare-after-pay"),
        pytest.param("我充了两百到现在没到", [20000], id="bare-after-top-up"),
        pytest.param("9.9买的百度网盘会员月卡", [990], id="bare-before-buy"),
        pytest.param("我付了 200 块", [20000], id="spaces"),
        pytest.param("微信转账200给个人", [20000], id="transfer"),
        pytest.param("被骗了3000块", [300000], id="cheated"),
        pytest.param("花呗付的 30", [3000], id="huabei-then-figure"),
        pytest.param("付款金额：68元", [6800], id="label"),
        pytest.param("100元话费卡卖95", [9500], id="face-value-not-price"),
        pytest.param("花98买的100元话费", [9800], id="face-value-bought-cheaper"),
        pytest.param("充了100元话费", [10000], id="face-value-alone"),
        pytest.param("充值金额：100元，实付金额：98.5元", [9850], id="paid-beats-listed"),
        pytest.param("一共300块钱，退了100", [30000], id="refund-beside-payment"),
        pytest.param("余额300，付了100", [10000], id="balance-beside-payment"),
        pytest.param("充100送10", [10000], id="gift-beside-payment"),
        pytest.param("没退我付的200块", [20000], id="not-yet-refunded"),
        pytest.param("200块没到账", [20000], id="not-arrived"),
        pytest.param("金额应该是300不是200", [30000], id="corrected-price"),
        pytest.param("一次付了100块，两次", [10000], id="counts-beside"),
        pytest.param("充了两百块一个月的会员", [20000], id="period-beside"),
    ],
)
def test_what_was_paid(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "amount") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("大几百", [], id="vague-hundreds"),
        pytest.param("三四百块", [], id="range-of-digits"),
        pytest.param("100-200块", [], id="range"),
        pytest.param("一百到两百块", [], id="range-said"),
        pytest.param("3天了", [], id="duration"),
        pytest.param("三百二十天", [], id="long-duration"),
        pytest.param("两次都没到", [], id="times"),
        pytest.param("200多次", [], id="many-times"),
        pytest.param("买了3张100的卡", [], id="pieces"),
        pytest.param("一共充了3笔，每笔100", [], id="each"),
        pytest.param("卡号后四位8891", [], id="card-tail"),
        pytest.param("打12315", [], id="hotline"),
        pytest.param("7天无理由", [], id="law"),
        pytest.param("全年会员", [], id="whole-year"),
        pytest.param("13812345678", [], id="phone"),
        pytest.param("电话138 0013 8000", [], id="phone-said"),
        pytest.param("客服QQ 123456789", [], id="qq-number"),
        pytest.param("还要交解冻费200", [], id="unfreezing-fee"),
        pytest.param("200手续费", [], id="fee-after"),
        pytest.param("卖家要我先交500保证金", [], id="deposit"),
        pytest.param("让我再交300", [], id="demanded-again"),
        pytest.param("卖家让我再打100块激活", [], id="demanded-by-seller"),
        pytest.param("退了50", [], id="refunded"),
        pytest.param("他退了我80还差120", [], id="refund-and-missing"),
        pytest.param("要赔500", [], id="claimed"),
        pytest.param("一分钱没到", [], id="idiom"),
        pytest.param("一块钱都没退", [], id="idiom-kuai"),
        pytest.param("页面404了", [], id="error-code"),
        pytest.param("原神6480点券", [], id="points"),
        pytest.param("一百美金那种", [], id="foreign"),
        pytest.param("说好10:30到", [], id="clock"),
        pytest.param("人家1比10", [], id="ratio"),
        pytest.param("订单号：2026 1118 0933", [], id="broken-order-number"),
        pytest.param("我只有100块", [], id="own-purse"),
    ],
)
def test_what_is_no_payment(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "amount", "delivered_amount", "number") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("只到了50", [5000], id="only"),
        pytest.param("到账一百", [10000], id="arrived"),
        pytest.param("实际到了80", [8000], id="actually"),
        pytest.param("充100到50", [10000, 5000], id="paid-and-arrived"),
        pytest.param("充200实际到了80", [20000, 8000], id="paid-and-arrived-said"),
        pytest.param("充值100元实际到账仅50元", [10000, 5000], id="only-in-fact"),
        pytest.param("我花了50块买的100元移动话费，到账才30", [5000, 3000], id="arrived-last"),
        pytest.param("话费只到了30块，少了70", [3000], id="missing-rest"),
        pytest.param("说好到账300只到200", [20000], id="promised-and-arrived"),
        pytest.param("老板给我充了20", [2000], id="given"),
        pytest.param("只有50到账了", [5000], id="arrived-after"),
    ],
)
def test_what_arrived(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "amount", "delivered_amount") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("200", ["200"], id="digits"),
        pytest.param("两百", ["200"], id="han"),
        pytest.param("三百", ["300"], id="hundreds"),
        pytest.param("12.5", ["12.5"], id="decimal"),
        pytest.param("我才不给他那200", ["200"], id="defiant"),
        pytest.param("不是200是100", ["100"], id="denied-then-given"),
        pytest.param("200写错了是300", ["300"], id="miswritten"),
        pytest.param("选2", ["2"], id="option"),
    ],
)
def test_bare_numbers(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "amount", "number") == expected
