"""The day of the payment, seen from Sunday 2026-11-22, 14:30."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("今天下单的，商家现在不回", ["2026-11-22"], id="today"),
        pytest.param("刚才付的", ["2026-11-22"], id="just-now"),
        pytest.param("两小时前付的款", ["2026-11-22"], id="hours-ago"),
        pytest.param("15小时前充的", ["2026-11-21"], id="hours-ago-yesterday"),
        pytest.param("我昨天在极速卡盟充的", ["2026-11-21"], id="yesterday"),
        pytest.param("昨晚付了30", ["2026-11-21"], id="yesterday-evening"),
        pytest.param("前天晚上转给他个人的", ["2026-11-20"], id="two-days"),
        pytest.param("大前天充的", ["2026-11-19"], id="three-days"),
        pytest.param("三天前买的", ["2026-11-19"], id="days-ago"),
        pytest.param("一周前下的单", ["2026-11-15"], id="week-ago"),
        pytest.param("半个月前充的", ["2026-11-07"], id="fortnight"),
        pytest.param("四个月前买的年卡", ["2026-07-22"], id="months-ago"),
        pytest.param("上周三充的", ["2026-11-11"], id="last-weekday"),
        pytest.param("上上周五买的", ["2026-11-06"], id="weekday-before-last"),
        pytest.param("这周一买的", ["2026-11-16"], id="this-weekday"),
        pytest.param("周三付的款", ["2026-11-18"], id="bare-weekday"),
        pytest.param("上个月5号付的", ["2026-10-05"], id="day-of-last-month"),
        pytest.param("上上个月5号付的", ["2026-09-05"], id="day-of-the-month-before"),
        pytest.param("3号我充的话费，卖家说5号到账", ["2026-11-03"], id="day-of-this-month"),
        pytest.param("28号充的", ["2026-10-28"], id="day-later-than-today"),
        pytest.param("11月3号付的", ["2026-11-03"], id="month-and-day"),
        pytest.param("十一月十八号买的", ["2026-11-18"], id="han-month-and-day"),
        pytest.param("12月3号付的", ["2025-12-03"], id="later-in-the-year"),
        pytest.param("去年11月3号买的", ["2025-11-03"], id="said-last-year"),
        pytest.param("2026-11-03 支付宝付款", ["2026-11-03"], id="iso"),
        pytest.param("2026年11月3日 15:20 支付宝付款128.5元", ["2026-11-03"], id="written-out"),
        pytest.param("付款时间：2026-11-18 12:33:05 金额：50元", ["2026-11-18"], id="label"),
        pytest.param("付款时间：11-18 20:15", ["2026-11-18"], id="label-short"),
        pytest.param("11.18号付的", ["2026-11-18"], id="dotted-day"),
        pytest.param("双十一抢的年卡", ["2026-11-11"], id="singles-day"),
        pytest.param("国庆那天买的", ["2026-10-01"], id="national-day"),
        pytest.param("我是11月18号买的，19号联系客服，20号就拉黑了我", ["2026-11-18"], id="payment-then-contact"),
        pytest.param("昨天充的今天还没到账", ["2026-11-21"], id="payment-then-today"),
        pytest.param("10月30号，快达卡盟，28块，支付宝", ["2026-10-30"], id="listed"),
        pytest.param("其实是昨天付的，不是前天", ["2026-11-21"], id="corrected"),
    ],
)
def test_day_of_payment(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "paid_at") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("今天", ["2026-11-22"], id="today"),
        pytest.param("昨天下午", ["2026-11-21"], id="yesterday-afternoon"),
        pytest.param("11月18号", ["2026-11-18"], id="month-day"),
        pytest.param("11月18", ["2026-11-18"], id="month-day-short"),
        pytest.param("11/3", ["2026-11-03"], id="slash"),
        pytest.param("11-18", ["2026-11-18"], id="dash"),
        pytest.param("3号", ["2026-11-03"], id="day"),
        pytest.param("星期三", ["2026-11-18"], id="weekday"),
        pytest.param("差不多半个月前了", ["2026-11-07"], id="roughly"),
        pytest.param("上周五晚上8点半左右", ["2026-11-13"], id="with-clock"),
        pytest.param("应该是前天吧", ["2026-11-20"], id="doubt"),
    ],
)
def test_bare_answers(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "paid_at") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("3天了", [], id="duration"),
        pytest.param("三天没到", [], id="duration-waiting"),
        pytest.param("明天", [], id="future"),
        pytest.param("卖家说下周一退", [], id="promise"),
        pytest.param("客服说昨天退", [], id="promise-past-day"),
        pytest.param("卖家说昨天已经充了", [], id="promise-of-seller"),
        pytest.param("老板说三天内到账", [], id="promise-within"),
        pytest.param("商家说5号之前到账", [], id="deadline"),
        pytest.param("昨天联系客服没人理", [], id="contact"),
        pytest.param("三天前说给我处理", [], id="promise-ago"),
        pytest.param("到今天还没到账", [], id="until-today"),
        pytest.param("月初", [], id="vague-month"),
        pytest.param("上周末", [], id="vague-weekend"),
        pytest.param("国庆期间", [], id="vague-holiday"),
        pytest.param("9.9买的会员", [], id="price"),
        pytest.param("13月45号付的", [], id="impossible-day"),
        pytest.param("2027年1月3日付的", [], id="future-year"),
        pytest.param("周一到周五客服在线", [], id="service-hours"),
        pytest.param("店铺昨天关了", [], id="vanished"),
        pytest.param("给店家发过四条消息，最后一条是周二", [], id="last-message"),
        pytest.param("今天弄不了，周末搞", [], id="later-evidence"),
        pytest.param("1号店", [], id="shop-name"),
        pytest.param("上周三交给平台的", [], id="handed-in"),
        pytest.param("12月8号开庭", [], id="hearing"),
        pytest.param("平台昨天赔付了100", [], id="paid-back"),
        pytest.param("他说十五号之前，今天二十二号了", [], id="the-clock"),
        pytest.param("这礼拜一定给", [], id="this-week-for-certain"),
        pytest.param("须在5月前激活", [], id="before-may"),
    ],
)
def test_not_the_day_of_payment(read: Read, text: str, expected: list[Any]) -> None:
    assert read(text, "paid_at") == expected
