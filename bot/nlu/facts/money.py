"""Amounts of money, by the part each plays: what was paid, what arrived, or neither.

A figure's part is told by the last telling word before it in its clause ("付了", "到账", "退") and by what
follows it. A figure whose part is in doubt is left out: a wrong amount in a complaint is worse than none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.nlu.facts import numerals
from bot.nlu.facts.span import Span, mask

_COUNTERS = (
    "次个天月年号日点分秒小周星期张笔单条名位回遍倍折级第钻积币页字岁楼版人款种件部"
    "层刻钟颗枚区段抽家台里米斤份朵兆度把比趟美港欧英刀蚊档金%％"
)
_HAN = "零一二两三四五六七八九十百千万几"
_FIGURE = re.compile(
    rf"""
    (?: (?P<sign>[¥$]) \s? | (?<![\d.,_/\-a-z第度])(?<!\d[:：比\s]) )
    (?P<number> {numerals.NUMBER} ) (?P<about> 多 | 来 | 余 )?+ \s?
    (?: (?P<unit> 块钱 | 块(?![链头儿]) | 元(?![旦宝]) | 圆 | rmb | 人民币 | 大洋 )
        (?P<tail> 半 | [1-9一二三四五六七八九] (?= [毛角] | (?![\d.a-z百千万十{_COUNTERS}]) ) )? [毛角]?
      | (?P<dime> [毛角] ) 钱?
      | (?! [\da-z_:：/{_COUNTERS}{_HAN}] | [-.,\s]\d )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"20[0-3]\d")

# The telling words. At one place the first alternative that fits wins, so the longer come first.
_ROLES = re.compile(
    r"""
    (?P<none> (?:没有?|未|不|还没)(?:到|收到|到账|给) | 到(?:现在|今天|目前|期|底|处|时候|店|家|哪)
        | [等找拖遇看直得达感提]到 )
  | (?P<other> 退 | 赔 | 补偿 | 索要? | 返 | 送 | 赠 | 优惠 | 满 | 减 | 便宜 | 差(?!不多) | 少 | 罚 | 税
        | 运费 | 手续费 | [解激]\w费 | 服务费 | 保证金 | 押金 | 余额 | [剩还只][剩有] | 限额 | 额度
        | (?:再|还要|要我|让我|叫我|需要?我?|先|补|必须|得)(?:先|再|多|去|给他?)*
          (?:支付|充值|转账|付款|交|付|充|转|打|缴)(?!了|的|过)
        | (?:说好|承诺|答应|保证)(?:是|会|要|到账|到帐|到|给)*
        | (?:本来|应该?|本该)(?:是|会|要)*(?:到账|到帐|到|给)
        | 想?要(?!买|充) | 原价 | 标价 | 面值 | 市场价 | 官方价 | 官网 | 每 | 各 | 单价
        | 超过 | 不到 | 低于 | 以[上下] | [升加涨降改变缩]到 | 给了?我(?=了?\s?$)
        | 今年 | 得到? | 抵 | 版本? | qq | 群 | 客服 | 第 )
  | (?P<delivered> (?:只|才|就|仅|实际|实)*(?:到账|到帐|到手|收到|拿到)(?:了|的)?(?:[只才]有|是)?
        | 实到 | [只才](?:给|发)我?(?:充|发|冲)?了? | 给我(?:充|发|冲)了? | 到(?=了?\s?$) )
  | (?P<net> 实(?:际)?(?:付|支付|花|扣)(?:款|了|金额)* )
  | (?P<paid> 付 | 支付 | 花 | 卖 | 售价 | 价格 | 金额 | 价钱 | 总共 | 一共 | 总价 | 费用
        | 转 | 打款 | 打给 | 打过去 | 汇 | 扣 | 收 | 骗 | 坑 )
  | (?P<bought> 充 | 冲 | 买 | 拍 | 下单 | 交 | 订 | 购 | 办 | 开通? | 刷 | 扫 | 投 | 发[了给] | 给 )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[，。！？；,!?;\n、]|\s(?!\d|$)")

# Right after a figure: it was taken back, is a fee, a gift or a value printed on a card, or one of several.
_DISOWNED = re.compile(
    r"(?:的)?(?:手续费|[解激]\w费|保证金|押金|服务费|税|运费|赔偿|补偿|优惠|折扣|券|代金|面值|余额|额度"
    r"|没了都|都不[退给]|(?:已经|都)?退(?:了|回来了|给我了)|(?:起|以[上下内]|[开打]头|结尾)|[x*×]\d|\s?[-~至]\s?\d)",
)
_ARRIVED = re.compile(r"(?:已经)?(?:到账|到帐|到了)")
_ONLY = re.compile(r"[只才就仅](?:有|是)?\s*$")
_BOUGHT = re.compile(r"\s?(?:买|拍|购|充的|下的?单)")
_PRINTED_VALUE = re.compile(r"(?:的|面值)?(?:\w{0,3})(?:话费|点券|点卡|充值卡|e卡|卡|q币|流量|油卡)", re.IGNORECASE)
_PIECES_BEFORE = re.compile(r"(?:(?:[2-9两二三四五六七八九十]|\d\d)[张个份次笔单][各的]?|一[次笔])$")
_NUMBER_ENDS = re.compile(r"[^\w]|$|[的了吧吗呢啊呀哦呗嘛没还都也就才只不是给到送退卖付转钱那他她我你]")
_IDIOM = re.compile(r"一[块毛角元](?:钱)?(?:都|也)?(?:没|不|未)|一块(?!钱|\d|[一-九])")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A sum in the text; `money` says that it carries a sign or unit."""

    start: int
    end: int
    yuan: Decimal
    money: bool
    role: str = "none"

    @property
    def fen(self) -> int:
        return int(self.yuan * 100)


def find(text: str, hidden: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """`amount` and `delivered_amount` in 分; `number` (digits as a string) where no part can be told.

    In `hidden` places no figure is looked for, but they tell the part of their neighbours ("100元" + "话费").
    """
    figures: list[_Figure] = []
    for match in _FIGURE.finditer(mask(text, hidden)):
        figure = _read(text, match, figures)
        if figure and figure.role == "range":
            figures[-1:] = []
        elif figure:
            figures.append(figure)
    return [_span(text, figure) for figure in _told_paid(text, figures) if figure.role != "other"]


def _read(text: str, match: re.Match[str], before: Sequence[_Figure]) -> _Figure | None:
    """The figure at `match` with its part, or None if it is no definite sum."""
    value = numerals.parse(match["number"])
    money = bool(match["sign"] or match["unit"] or match["dime"])
    if value is None or _IDIOM.match(text, match.start()) or not (money or _stands_alone(text, match)):
        return None
    end = match.start() + len(match[0].rstrip())
    figure = _Figure(match.start(), end, value / 10 if match["dime"] else value + _tail(match["tail"]), money)
    figure = replace(figure, role=_role(text, figure, before))
    known = money or figure.role != "none" or _NUMBER_ENDS.match(text, end)
    return figure if known and figure.yuan > 0 else None


def _tail(text: str | None) -> Decimal:
    """What follows the unit, in yuan: 3块5, 两块半."""
    if not text:
        return Decimal(0)
    return Decimal("0.5") if text == "半" else (numerals.parse(text) or Decimal(0)) / 10


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """May a number without a unit be a sum? Not years, long digit strings, nor Han numerals inside words."""
    number = match["number"]
    if number[0].isdigit():
        whole = number.split(".")[0].replace(",", "")
        return len(whole) <= 5 and not (_YEAR.fullmatch(whole) and len(text) > 4)
    if number == text.strip():
        return True
    return len(number) > 1 and number[-1] not in "万千" and number[0] not in "十百千万零"


def _role(text: str, figure: _Figure, before: Sequence[_Figure]) -> str:
    """Which part the figure plays: none, other, delivered, net, paid, bought; or range ("100到200")."""
    clause = text[_clause_start(text, figure, before) : figure.start]
    if _DISOWNED.match(text, figure.end) or _PIECES_BEFORE.search(clause):
        return "other"
    if _ONLY.search(clause) and _ARRIVED.match(text, figure.end):
        return "delivered"
    if clause == "到" and before:
        return "delivered" if figure.yuan < before[-1].yuan else "range"
    role = _last_role(clause)
    return "bought" if role == "none" and _BOUGHT.match(text, figure.end) else role


def _clause_start(text: str, figure: _Figure, before: Sequence[_Figure]) -> int:
    start = before[-1].end if before else 0
    breaks = [match.end() for match in _CLAUSE_END.finditer(text, start, figure.start)]
    return breaks[-1] if breaks else start


def _last_role(clause: str) -> str:
    roles = [match.lastgroup or "none" for match in _ROLES.finditer(clause)]
    return roles[-1] if roles else "none"


def _told_paid(text: str, figures: Sequence[_Figure]) -> Iterator[_Figure]:
    """Leave out what the text says was not paid in the end: "100元话费卡卖95", "金额100，实付98"."""
    roles = {figure.role for figure in figures}
    for figure in figures:
        listed = figure.role in {"none", "bought", "paid"}
        printed = figure.role != "paid" and _PRINTED_VALUE.match(text, figure.end)
        if not listed or not ("net" in roles or ("paid" in roles and printed)):
            yield figure


def _span(text: str, figure: _Figure) -> Span:
    start, end = figure.start, figure.end
    if figure.role == "delivered":
        return Span.cut("delivered_amount", figure.fen, text, start, end)
    if figure.money or figure.role in {"net", "paid", "bought"}:
        return Span.cut("amount", figure.fen, text, start, end)
    return Span.cut("number", format(figure.yuan.normalize(), "f"), text, start, end)
