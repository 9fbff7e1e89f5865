"""Order numbers: named ones ("订单号…"), and bare ones too long to be anything else."""

import re
from collections.abc import Iterator

from bot.nlu.facts.span import Span, mask

# Numbers of parcels, complaints and support tickets.
_ELSEWHERE = ("快递", "物流", "投诉", "登记", "受理", "举报", "案件", "报警", "回执", "退款", "工")
_NAME = (
    "".join(f"(?<!{word})" for word in _ELSEWHERE)
    + r"""
    (?: 订单(?:编号|号码|号|id)? | (?:交易|商户|支付|转账|付款|充值)?单号 | 流水号? | 交易号 | 编号
      | order\s?(?:no|id)?\.? )
    (?: 不?是 | 为 | 叫 | 应该 | [:：#\s“"「] ){0,4}
    """
)
_NAMED = re.compile(
    _NAME + r"(?P<id> (?=(?:[a-z_-]*\d){4}) [a-z\d][a-z\d_-]{5,63} ) (?![\w.@])",
    re.VERBOSE | re.IGNORECASE,
)
# As people talk, with no break after it: "没发货的单子E7730912", "订单号KM883021还没发". Not a day, not a 运单.
_SPOKEN = re.compile(
    rf"""
    (?: {_NAME} | (?<![下快递运面保账清菜回传])单子(?:号?是|[:：\s])? | (?<=[这那的])[个一]?单[:：\s]? )
    (?P<id> [a-z]{{1,4}}\d{{6,20}} | (?!20[0-3]\d[01]\d[0-3]\d(?!\d))\d{{8,40}} )
    (?! [a-z\d_.@-] | \s?[元块年月日号] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Copied from a screen in groups of four; of a sum or a day after it no group is taken.
_GROUPED = re.compile(
    _NAME + r"(?P<id> \d{4} (?P<gap>[ -]) \d{4} (?:(?P=gap)\d{4})* (?:(?P=gap)\d{1,4})? )"
    r"(?! \d | [.\-/:] | \s?[元块年月号日] )",
    re.VERBOSE | re.IGNORECASE,
)
_BARE = re.compile(
    r"""
    (?<![a-z\d_./@:=-]) (?!0x)
    (?P<id> \d{12,40} | (?=[a-z]*\d)(?=\d*[a-z])(?=(?:[a-z]*\d){4}) [a-z\d]{10,40} )
    (?![a-z\d_/@=-]|\.[a-z\d])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(r"(?:\d.*?){4}")
_IDENTITY_CARD = re.compile(r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_BANK_CARD = re.compile(r"62\d{14,17}")
_SECRET_BEFORE = re.compile(
    r"(?:卡密|激活码|兑换码|密钥|卡号|密码|验证码|账号|身份证|银行卡|卡|uid|id|设备号|户号|机器码|序列号"
    rf"|(?:{'|'.join(_ELSEWHERE)})[单编]?号码?)[^，。,；;\d]{{0,6}}$",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """Order numbers of `text`. A number that may be an identity or bank card is left alone."""
    if not _FOUR_DIGITS.search(text):
        return []
    grouped = [(*match.span("id"), re.sub("[ -]", "", match["id"])) for match in _GROUPED.finditer(text)]
    whole = [(*match.span("id"), match["id"]) for match in _whole(mask(text, (place[:2] for place in grouped)))]
    return [Span("order_no", number, start, end, text[start:end]) for start, end, number in grouped + whole]


def _whole(text: str) -> Iterator[re.Match[str]]:
    named = list(_NAMED.finditer(text))
    places = {match.span("id") for match in named}
    named += [match for match in _SPOKEN.finditer(text) if match.span("id") not in places]
    yield from named
    taken = {match.span("id") for match in named}
    for match in _BARE.finditer(text):
        if match.span("id") not in taken and not _private(text, match):
            yield match


def _private(text: str, match: re.Match[str]) -> bool:
    """Is this bare number a secret or a personal number rather than an order's?"""
    number = match["id"]
    return bool(
        _IDENTITY_CARD.fullmatch(number)
        or _BANK_CARD.fullmatch(number)
        or _SECRET_BEFORE.search(text, 0, match.start())
    )
