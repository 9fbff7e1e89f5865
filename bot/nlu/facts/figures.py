"""Figures that may be sums of money, with what they are worth; what part they play is for `roles`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.nlu.facts import numerals

_COUNTERS = (
    "次个天月年号日点分秒小周星期张笔单条名位回遍倍折级第钻积币页字岁楼版人款种件部"
    "层刻钟颗枚区段抽家台里米斤份朵兆度把根瓶盒套组比趟通封美港欧英刀档金寸方节课户集晚期排座斤升吨%％"
)
_HAN = "零一二两三四五六七八九十百千万几"
_PIECES = "[一二两三四五六七八九十]{1,2}[盒瓶箱袋件套双包斤张]"  # 198三盒
# A full-width comma ends clauses; it groups thousands only where one sum is plainly begun.
_WIDE = r"(?:(?<=¥)\d{1,3}(?:，\d{3})+(?:\.\d\d?)?|(?<=[了:：是])[1-9](?:，\d{3})+(?:\.\d\d?)?(?=\s?[元块]))"
_FIGURE = re.compile(
    rf"""
    (?: (?P<sign> -?¥ | rmb | 人民币 | (?<![\da-z\-])-(?=\d+(?:\.\d\d(?!\d)|(?:\.\d)?[元块])) ) \s?
      | (?<![\d.,_/+$\-a-z第度])(?<!\d[:：比\s、]) )
    (?P<number> {_WIDE} | {numerals.NUMBER} ) (?P<about> 多 | 来 | 余 )?+ \s?+
    (?: (?P<unit> 块钱 | 块(?![链头儿表板砖]) | 元(?![旦宝购]) | 圆 | rmb | 人民币 | 个?大洋 | 蚊(?!子)
          | 整(?=[，。！,!\s的]|$) )
        (?P<tail> 半 | 零?[1-9一二三四五六七八九] (?=[毛角])
                | [1-9一二三四五六七八九] (?![\d.a-z百千万十{_COUNTERS}]) )? [毛角]?
      | (?P<dime> [毛角] ) 钱?
      | (?= {_PIECES} ) | (?! [\da-z_:：/$+{_COUNTERS}{_HAN}] | [-.,、\s]\d )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT = re.compile(r"[\d零〇一二两俩三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]")
_YEAR = re.compile(r"20[0-3]\d")
_SPENT = re.compile(
    r"(?:预存|付|转|花|充|扣|交|给|骗|收|打|投|到账|收到|退|回来)(?:款|账|帐|值|钱|进去)?[了的过是我他她]*\s?$"
)
_IDIOM = re.compile(r"一[块毛角元](?:钱)?(?:都|也)?(?:没|不|未)|一块(?!钱|\d|[一-九])|(?<=[加放合])一块")


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum in the text; `money` says that it carries a sign or unit, `role` which part it plays."""

    start: int
    end: int
    yuan: Decimal
    money: bool
    role: str = "none"

    @property
    def fen(self) -> int:
        """The sum in 分."""
        return int(self.yuan * 100)


def find(text: str) -> Iterator[Figure]:
    """Every definite sum above nothing: no 几百, no 一块钱都没, no years, nothing counted in other things."""
    if not _DIGIT.search(text):
        return
    for match in _FIGURE.finditer(text):
        figure = _read(text, match)
        if figure and figure.yuan > 0:
            yield figure


def _read(text: str, match: re.Match[str]) -> Figure | None:
    value = numerals.parse(match["number"])
    money = bool(match["sign"] or match["unit"] or match["dime"])
    if value is None or _IDIOM.match(text, match.start()) or not (money or _stands_alone(text, match)):
        return None
    end = match.start() + len(match[0].rstrip())
    return Figure(match.start(), end, value / 10 if match["dime"] else value + _tail(match["tail"]), money)


def _tail(text: str | None) -> Decimal:
    """What follows the unit, in yuan: 3块5, 两块半."""
    if not text:
        return Decimal(0)
    return Decimal("0.5") if text == "半" else (numerals.parse(text) or Decimal(0)) / 10


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """May a number without a unit be a sum? Not years, long digit strings, nor Han numerals inside words."""
    number = match["number"]
    spent = bool(_SPENT.search(text, 0, match.start()))
    if number[0].isdigit():
        whole = re.sub("[,，]", "", number.split(".")[0])
        return len(whole) <= 5 and not (_YEAR.fullmatch(whole) and len(text) > 4 and not spent)
    if number == text.strip():
        return True
    return len(number) > 1 and (spent or number[-1] not in "万千") and number[0] not in "十百千万零"
