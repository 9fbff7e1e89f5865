"""Order numbers: named ones ("订单号…"), and bare ones too long to be anything else."""

import re
from collections.abc import Iterator

from bot.nlu.facts.span import Span

_NAMED = re.compile(
    r"""
    (?<!快递) (?<!物流) (?<!工)
    (?: 订单(?:编号|号码|号|id)? | (?:交易|商户|支付|转账|付款|充值)?单号 | 流水号? | 交易号 | 编号
      | order\s?(?:no|id)?\.? )
    (?: 不?是 | 为 | 叫 | 应该 | [:：#\s“"「] ){0,4}
    (?P<id> (?=(?:[a-z_-]*\d){4}) [a-z\d][a-z\d_-]{5,63} ) (?![\w.@])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE = re.compile(
    r"""
    (?<![a-z\d_./@:=-])
    (?P<id> \d{12,40} | (?=[a-z]*\d)(?=\d*[a-z])(?=(?:[a-z]*\d){4}) [a-z\d]{10,40} )
    (?![a-z\d_/@=-]|\.[a-z\d])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IDENTITY_CARD = re.compile(r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_BANK_CARD = re.compile(r"62\d{14,17}")
_SECRET_BEFORE = re.compile(r"(?:卡密|激活码|兑换码|卡号|密码|验证码|账号|身份证|银行卡|卡)[^，。,；;\d]{0,6}$")


def find(text: str) -> list[Span]:
    """Order numbers of `text`. A number that may be an identity or bank card is left alone."""
    return [Span.cut("order_no", text[start:end], text, start, end) for start, end in _places(text)]


def _places(text: str) -> Iterator[tuple[int, int]]:
    named = [match.span("id") for match in _NAMED.finditer(text)]
    yield from named
    for match in _BARE.finditer(text):
        if match.span("id") not in named and not _private(text, match):
            yield match.span("id")


def _private(text: str, match: re.Match[str]) -> bool:
    """Is this bare number a secret or a personal number rather than an order's?"""
    number = match["id"]
    return bool(
        _IDENTITY_CARD.fullmatch(number)
        or _BANK_CARD.fullmatch(number)
        or _SECRET_BEFORE.search(text, 0, match.start())
    )
