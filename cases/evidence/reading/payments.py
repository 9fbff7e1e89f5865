"""How much was paid, when and through whom, as bills, orders and a bank's messages tell it. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from cases.evidence.reading import names
from cases.evidence.reading.labels import CUT_OFF, Page
from cases.evidence.reading.messages import is_from_bank, messages
from cases.evidence.reading.values import day, has_cents, money

_T = TypeVar("_T")

HEADLINE = 1.25
"""How much larger than the lines around it the sum of a bill is printed."""
SURE = 0.8
"""Below this confidence a sum without cents may be one that lost its point."""

_TOLD = re.compile(
    r"(?:支出|消费|扣款|支付|付款)[^，。,;；\d]{0,12}(?:人民币|¥|￥)?(?P<sum>\d[\d,]*\.\d\d)元?(?![\d.])(?!.{0,4}退)"
)
_DONE = re.compile(r"\W*(?:支付|付款|转账)成功\W*")
_NOTE = re.compile(r"\s*[（(].*")
_CHANNELS = (
    ("huabei", re.compile(r"花呗")),
    ("alipay", re.compile(r"支付宝|余额宝")),
    ("qq_wallet", re.compile(r"QQ钱包", re.IGNORECASE)),
    ("wechat", re.compile(r"微信|零钱")),
    ("unionpay", re.compile(r"云闪付|银联")),
    ("paypal", re.compile(r"paypal", re.IGNORECASE)),
)
_CARD = re.compile(r"银行|储蓄卡|信用卡|借记卡")
_WECHAT_PAGE = frozenset({"当前状态"})
_ALIPAY_PAGE = frozenset({"商家订单号", "收款方全称", "账单分类", "标签和备注", "计入收支"})
_BANK_PAGE = frozenset({"对方户名", "交易卡号", "对方账号", "交易摘要", "交易渠道", "记账日期"})


def amount(page: Page) -> int | None:
    """What was paid, in 分: the sum that says so, or the headline of a bill; several that differ are none."""
    paid = _sums(page, names.PAID)
    big = _headline(page)
    if paid or big:
        return _only(paid | big)
    return _only(_sums(page, names.DEALT)) or _only(_sums(page, names.TOTAL)) or _only(_told(page))


def paid_at(page: Page, today: date) -> date | None:
    """The day of payment, else the day of the order."""
    for labels in (names.PAID_AT, names.MADE_AT):
        found = {day(value.texts[0], today) for value in page.values(labels)}
        if found:
            return _only(found)
    told = [message for message in messages(page) if _TOLD.search(message)]
    return day(told[0], today) if len(told) == 1 else None


def pay_channel(page: Page) -> str | None:
    """Through whom it was paid: by the page's look, and by what it calls the way of payment."""
    brand = _brand(page)
    said = {_channel(value.texts[0], brand) for value in page.values(names.METHOD) if value.sure}
    if said:
        return _only(said)
    return brand or _bank(page)


def _sums(page: Page, labels: Sequence[str]) -> set[int]:
    found = [(_NOTE.sub("", value.texts[0]), value.lines[0]) for value in page.values(labels)]
    sure = (text for text, line in found if has_cents(text) or line.confidence >= SURE)
    return {abs(fen) for text in sure if (fen := money(text))}


def _headline(page: Page) -> set[int]:
    """Sums alone on their line, with cents and larger than the text around them: as bills begin.

    They have a minus, or stand under the word that the payment went through.
    """
    typical = sorted(line.height for line in page.lines)[len(page.lines) // 2] if page.lines else 0.0
    big = [line for line in page.lines if line.height >= HEADLINE * typical and line.right < CUT_OFF]
    sums = {fen for line in big if has_cents(line.text) and "+" not in line.text and (fen := money(line.text))}
    done = any(_DONE.fullmatch(line.text) for line in page.lines)
    return {abs(fen) for fen in sums if fen < 0 or (done and len(sums) == 1)}


def _told(page: Page) -> set[int]:
    """The sums that messages say were paid."""
    found = [match for message in messages(page) for match in _TOLD.finditer(message)]
    return {fen for match in found if (fen := money(match["sum"]))}


def _brand(page: Page) -> str | None:
    if page.names & _WECHAT_PAGE and page.names & {*names.MERCHANT_NO, *names.TRADE_NO, "商户全称"}:
        return "wechat"
    return "alipay" if page.names & _ALIPAY_PAGE else None


def _channel(method: str, brand: str | None) -> str | None:
    named = next((channel for channel, pattern in _CHANNELS if pattern.search(method)), None)
    return named or brand or ("bank_card" if _CARD.search(method) else None)


def _bank(page: Page) -> str | None:
    """A bank's page or message, which may itself name whom it paid through."""
    texts = [message for message in messages(page) if is_from_bank(message)]
    if len(page.names & _BANK_PAGE) > 1:
        texts.append("".join(line.text for line in page.lines))
    if not texts:
        return None
    through = {channel for channel, pattern in _CHANNELS for text in texts if pattern.search(text)}
    return _only(through) if through or any("财付通" in text for text in texts) else "bank_card"


def _only(found: Iterable[_T]) -> _T | None:
    kinds = set(found)
    return kinds.pop() if len(kinds) == 1 else None
