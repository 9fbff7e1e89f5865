"""What a picture says about the purchase. Pure.

A field whose value is in doubt is `None`: what is read is asked back, but a wrong number is easily nodded through.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cases.evidence.reading import names, payments, states
from cases.evidence.reading.labels import Page, Value
from cases.evidence.reading.lines import Line
from cases.evidence.reading.messages import messages
from cases.evidence.reading.values import money, number

_T = TypeVar("_T")

MAX_TEXT_CHARS = 60
TEXT_SURE = 0.7
"""Below this confidence words are not taken."""

_SHOP_LINE = re.compile(r"(?P<shop>[\w（）()·]{2,24}(?:旗舰店|专营店|专卖店|官方店|网店|商行|工作室))\s*[>›〉＞]?")
_TRANSFER = re.compile(r"(?:扫二维码付款|转账|付款)\s?[-—一]+\s?给(?P<payee>.{1,20})")
_TOLD_NUMBER = re.compile(
    rf"(?:{'|'.join(names.ORDER_NO)})\s*[:：是为]?\s*(?P<no>[A-Za-z\d][A-Za-z\d_-]{{7,40}})(?![A-Za-z\d_.-]|$)"
)
_TOLD_ARRIVED = re.compile(
    r"(?:成功充值|充值成功|到账)[^，。,\d余]{0,8}[¥￥]?(?P<sum>\d[\d,]*(?:\.\d\d?)?)元",
)


@dataclass(frozen=True, slots=True)
class Fields:
    """The facts of a purchase that a picture shows; sums in 分.

    `state` is one of paid, refunded, refunding, pending, delivered, failed; `pay_channel` as in a case. `numbers` are
    all numbers of the order and its payment, `order_no` among them: each page names another first.
    """

    order_no: str | None = None
    amount: int | None = None
    paid_at: date | None = None
    merchant: str | None = None
    state: str | None = None
    pay_channel: str | None = None
    product: str | None = None
    delivered_amount: int | None = None
    numbers: tuple[str, ...] = ()


def fields(lines: Sequence[Line], today: date) -> Fields:
    """What `lines` say, as of `today`."""
    page = Page(lines)
    numbers = _numbers(page)
    message = _one(messages(page)) or ""
    return Fields(
        order_no=_best(numbers),
        amount=payments.amount(page),
        paid_at=payments.paid_at(page, today),
        merchant=_merchant(page),
        state=states.state(page, message),
        pay_channel=payments.pay_channel(page),
        product=_text(page, names.PRODUCT),
        delivered_amount=_arrived(page, message),
        numbers=tuple(dict.fromkeys(no for group in numbers for no in group)),
    )


def _numbers(page: Page) -> list[list[str]]:
    """Numbers by rank: the order's, the merchant's, the payment's. What Alipay calls 订单号 is the payment's."""
    order, merchant, trade = (_of(page, labels) for labels in (names.ORDER_NO, names.MERCHANT_NO, names.TRADE_NO))
    if merchant and "商家订单号" in page.names:
        return [[], merchant, [*order, *trade]]
    return [order or _told_numbers(page), merchant, trade]


def _of(page: Page, labels: Sequence[str]) -> list[str]:
    return [no for value in page.values(labels) if (no := _whole_number(value))]


def _whole_number(value: Value) -> str | None:
    """The number with its second line, if that is one too."""
    wraps = len(value.texts) > 1 and value.texts[1].isascii() and value.texts[1].isalnum()
    return number("".join(value.texts[: 2 if wraps else 1]))


def _told_numbers(page: Page) -> list[str]:
    """Numbers that somebody wrote behind the word, and not at the end of a line, where they may go on below."""
    return [match["no"] for line in page.lines for match in _TOLD_NUMBER.finditer(line.text)]


def _best(numbers: Sequence[Sequence[str]]) -> str | None:
    """The number of the best rank there is, if it is but one."""
    return _one(next((set(group) for group in numbers if group), ()))


def _merchant(page: Page) -> str | None:
    if said := _text(page, names.PAYEE) or _text(page, names.SHOP):
        return said
    payees = {match["payee"].strip() for line in page.lines if (match := _TRANSFER.fullmatch(line.text))}
    shops = {match["shop"] for line in page.lines if (match := _SHOP_LINE.fullmatch(line.text))}
    return _one(payees or shops)


def _text(page: Page, labels: Sequence[str]) -> str | None:
    """The words at the first of `labels` that has any, unless they may be part of a sentence."""
    for value in page.values(labels):
        words = "".join(value.texts).strip(" >›〉＞:：|")
        good = value.sure and all(line.confidence >= TEXT_SURE for line in value.lines)
        if good and 1 < len(words) <= MAX_TEXT_CHARS:
            return words
    return None


def _arrived(page: Page, message: str) -> int | None:
    """What is said to have arrived, in 分."""
    sums = {money(value.texts[0]) for value in page.values(names.ARRIVED)}
    sums |= {money(match["sum"]) for match in _TOLD_ARRIVED.finditer(message)}
    only = _one(sums)
    return only if only and only > 0 else None


def _one(found: Collection[_T]) -> _T | None:
    return next(iter(found)) if len(found) == 1 else None
