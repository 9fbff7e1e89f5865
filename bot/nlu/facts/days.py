"""Days people mention: 11月18日, 上周三, 四天前, 双十一, 下周五, 月底."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from bot.nlu.facts import day_readings as read
from bot.nlu.facts.day_readings import Reader

_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_CLOCK = (
    r"(?:的?(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|晚|早))?"
    rf"(?:\s?(?:\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?|{_N}点(?:半|钟|{_N}分?)?))?(?:左右|多)?"
)
_OF_DAY = "号|日|那天|当天|凌晨|早|上午|中午|下午|晚"
_MONTH = r"(?P<m>1[0-2]|0?[1-9])"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_NTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"  # 两号 is a size, 两日 a span
_DOWN = r"(?<![以线底乡留拍买剩天当之余一])下+个?"

# Each form with the characters of which it has at least one, so that most texts are spared most patterns.
_GRAMMAR: tuple[tuple[str, str, Reader], ...] = (
    ("-/.年", r"(?<!\d)(?P<y>20\d\d)\s?[-/.年]\s?(?P<m>\d\d?)\s?[-/.月]\s?(?P<d>\d\d?)(?!\d)[日号]?\s?", read.full),
    (
        "年",
        rf"(?<![\d零〇一二三四五六七八九十])(?P<y>(?:20)?\d\d|(?:二[零〇])?[零〇一二三四五六七八九]{{2}})年的?"
        rf"(?P<m>{_N})月(?P<d>{_N})[日号]?",
        read.full,
    ),
    (
        "月",
        rf"(?:(?P<y>[今去前明]年)的?|(?<![\d上下个这年]))(?P<m>{_N})月(?P<d>{_N})(?:[日号]|(?![\d个元块]))",
        read.month_day,
    ),
    ("/", rf"(?<![\d/.]){_MONTH}/{_DAY}(?![\d/])[日号]?", read.month_day),
    # 11.18 is a price as well, 11-18 a range
    (".", rf"(?<![\d\-.¥]){_MONTH}\.{_DAY}(?=\s?(?:{_OF_DAY}))[日号]?", read.month_day),
    (
        "-",
        rf"(?<![\d\-.¥]){_MONTH}-{_DAY}(?![\d.\-块元])(?=\s?(?:{_OF_DAY}|付|买|充|下|拍|在|的|提|投|申|受|寄|发|\d+[:：]|$))[日号]?",
        read.month_day,
    ),
    (
        "号日",
        r"(?:(?P<month>[上下]+个?月|这个?月|本月|当月)"
        r"|(?<![\d月第近满共每前后过逾整几数服迟周期拜一二三四五六七八九十])(?<!\d[、~\-到至])(?<![大小]了))"
        rf"(?P<d>{_NTH})[号日](?![店楼线客机码卡服群库院桌内后无门台窗人]|前台|之内|以[内上]|电池)",
        read.day_of_month,
    ),
    (
        "月",
        r"(?P<month>[上下]+个?月|这个?月|本月)(?P<d>\d{1,2}|[二三]?十[一二三四五六七八九]?)"
        r"(?![\d号日个天块元次多几来单笔张条回遍千百万])",
        read.day_of_month,
    ),
    ("今昨前", r"(?P<rel>大大前|大前|今|昨|(?<![以之天目])前)(?:天|日(?!子|头条)|晚|儿|早)刚?", read.from_today),
    ("明", r"(?P<rel>(?<![聪证声明])明)(?:天(?!然气)|日(?!方舟|之后|期)|晚(?!了)|早|儿)", read.from_today),
    ("后", r"(?P<rel>大后|(?<![以之然最今往先随前])后)天(?!天|性)", read.from_today),
    (
        "刚",
        r"(?:刚才|刚刚)(?![^，。]{0,6}[说写讲填])|刚(?=在|用|付|充|买|转|下单)(?![^，。]{0,8}[天周月年])",
        read.just_now,
    ),
    (
        "周期拜",
        rf"(?:(?P<week>(?<!大)上+个?|{_DOWN}|[这今]个?|本)|(?<![上下每个至到\d一二两三四五六七八九十半几]))(?:周|星期|礼拜)"
        r"(?P<wd>一(?![定直共样般])|[二三四五日]|六(?!日)|天(?!天)|[1-7](?!\d|天))(?![至\-]|到(?![账帐了]))",
        read.weekday,
    ),
    (
        "前",
        rf"(?<![几\d两三四五六七八九十第])(?P<n>半|{_N})个?"
        r"(?P<unit>(?<=[个半])月|星期|礼拜|周|天|日|小时|钟头|分钟)(?:之|以)?前",
        read.ago,
    ),
    (
        "底末",
        rf"(?:(?P<month>{_DOWN}|这个?|本|当)月|(?<!\d)(?P<m>{_N})月|(?<![上个半几份\d])月)[底末]",
        read.month_end,
    ),
    ("底", r"(?<![去每前\d])(?:今年)?年底", read.year_end),
    (
        "那当",
        r"(?P<y>[今去前]年)?(?P<name>双十一|双11|双十二|双12|元旦|五一|国庆|618|圣诞)节?(?:那天|当天|当日)",
        read.festival,
    ),
    ("前", r"(?P<y>明年)?(?P<name>双十二|双12|元旦|五一|国庆|618|圣诞)节?(?=(?:之|以)?前)", read.before_festival),
    ("双", r"(?P<y>[今去前]年)?(?P<name>双十一|双11|双十二|双12)", read.festival),
)
_COMPILED = tuple((frozenset(signs), re.compile(pattern + _CLOCK), reader) for signs, pattern, reader in _GRAMMAR)
_MOST = 40  # days of one form that a message is read for
_APPOSITION = re.compile(r"[，,（(]?\s?")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as said. Which one it is may depend on whether it is told of or promised: 30号."""

    match: re.Match[str]
    now: datetime
    reader: Reader

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where it ends, with its time of day but no space after it."""
        return self.start + len(self.match[0].rstrip())

    @property
    def told(self) -> date | None:
        """The day if it is told of: the last such one. None for one that does not exist or is only a limit."""
        return self.reader(self.match, self.now, False)

    @property
    def promised(self) -> date | None:
        """The day if it is still to come: the next such one."""
        return self.reader(self.match, self.now, True)


def find(text: str, now: datetime) -> list[Day]:
    """Every day said, in order; `now` is aware and in the speaker's zone.

    Of overlapping readings the one listed first in the grammar counts, of "11月14，星期六" the first.
    """
    found: list[Day] = []
    for pattern, reader in _forms(text):
        for match in islice(pattern.finditer(text), _MOST):
            if all(match.end() <= taken.match.start() or taken.match.end() <= match.start() for taken in found):
                found.append(Day(match, now, reader))
    found.sort(key=lambda day: day.start)
    return [day for index, day in enumerate(found) if not (index and _repeats(day.match, found[index - 1].match))]


def _forms(text: str) -> Iterator[tuple[re.Pattern[str], Reader]]:
    """The forms that `text` may have."""
    characters = set(text)
    return ((pattern, reader) for signs, pattern, reader in _COMPILED if signs & characters)


def _repeats(match: re.Match[str], before: re.Match[str]) -> bool:
    """Is it only the weekday of the day right before it?"""
    weekday = match.groupdict().get("wd") and not match["week"]
    return bool(weekday and _APPOSITION.fullmatch(match.string, before.end(), match.start()))
