"""Days people mention, told from now: 11月18日, 上周三, 四天前, 双十一."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.nlu.facts import numerals

_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_CLOCK = (
    r"(?:的?(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|晚|早))?"
    rf"(?:\s?(?:\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?|{_N}点(?:半|钟|{_N}分?)?))?(?:左右|多)?"
)
_OF_DAY = "号|日|那天|当天|凌晨|早|上午|中午|下午|晚"
_MONTH = r"(?P<m>1[0-2]|0?[1-9])"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_WEEKDAYS = {char: index for index, char in enumerate("一二三四五六")} | {
    "日": 6, "天": 6, **{str(index + 1): index for index in range(7)}
}  # fmt: skip
_DAYS_BACK = {"今": 0, "昨": 1, "前": 2, "大前": 3, "大大前": 4}
_FESTIVALS = {"双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12), "国庆": (10, 1),
              "元旦": (1, 1), "五一": (5, 1), "618": (6, 18), "圣诞": (12, 25)}  # fmt: skip

_HOURS = {"分钟": 0, "小时": 1, "钟头": 1, "天": 24, "日": 24, "周": 168, "星期": 168, "礼拜": 168, "月": 720}

Reader = Callable[[re.Match[str], datetime], date | None]


def _full(match: re.Match[str], now: datetime) -> date | None:
    """`2026-11-18`, 26年11月18日, 二零二六年十一月十八日."""
    year = numerals.spelled(match["y"])
    return _day(year if year > 100 else year + 2000, _number(match["m"]), _number(match["d"]))


def _month_day(match: re.Match[str], now: datetime) -> date | None:
    return _of_year(match.groupdict().get("y"), _number(match["m"]), _number(match["d"]), now)


def _day_of_month(match: re.Match[str], now: datetime) -> date | None:
    """`5号`: of the month said, or the last such day."""
    day, said = _number(match["d"]), match["month"] or ""
    this = _day(now.year, now.month, day)
    last = now.date().replace(day=1) - timedelta(days=1)
    if said.startswith("上") or (not said and (this is None or this > now.date())):
        return _day(last.year, last.month, day)
    return this


def _relative_day(match: re.Match[str], now: datetime) -> date | None:
    return now.date() - timedelta(days=_DAYS_BACK[match["back"]])


def _just_now(match: re.Match[str], now: datetime) -> date | None:
    return now.date()


def _weekday(match: re.Match[str], now: datetime) -> date | None:
    """Weeks begin on Monday; a bare 周三 is the last one."""
    monday, said = now.date() - timedelta(days=now.weekday()), match["week"] or ""
    day = monday + timedelta(days=_WEEKDAYS[match["wd"]] - 7 * said.count("上"))
    return day - timedelta(days=7) if not said and day > now.date() else day


def _ago(match: re.Match[str], now: datetime) -> date | None:
    """三天前, 两小时前, 半个月前 (15 days)."""
    half, unit = match["n"] == "半", match["unit"]
    if unit.endswith("月") and not half:
        return _months_back(now.date(), _number(match["n"]))
    return (now - timedelta(hours=_HOURS[unit] * (0.5 if half else _number(match["n"])))).date()


def _festival(match: re.Match[str], now: datetime) -> date | None:
    return _of_year(match["y"], *_FESTIVALS[match["name"]], now)


def _of_year(said: str | None, month: int, day: int, now: datetime) -> date | None:
    """Of 今年, 去年 or 前年; without a year it is the last such day."""
    back = {"今年": 0, "去年": 1, "前年": 2}.get(said or "")
    return _last_time(month, day, now.date()) if back is None else _day(now.year - back, month, day)


_GRAMMAR: tuple[tuple[str, Reader], ...] = (
    (r"(?<!\d)(?P<y>20\d\d)\s?[-/.年]\s?(?P<m>\d\d?)\s?[-/.月]\s?(?P<d>\d\d?)(?!\d)[日号]?\s?", _full),
    (
        rf"(?<![\d零〇一二三四五六七八九十])(?P<y>(?:20)?\d\d|(?:二[零〇])?[零〇一二三四五六七八九]{{2}})年的?"
        rf"(?P<m>{_N})月(?P<d>{_N})[日号]?",
        _full,
    ),
    (rf"(?:(?P<y>[今去前]年)的?|(?<![\d上个这年]))(?P<m>{_N})月(?P<d>{_N})(?:[日号]|(?![\d个元块]))", _month_day),
    (rf"(?<![\d/.]){_MONTH}/{_DAY}(?![\d/])[日号]?", _month_day),
    # 11.18 is a price as well, 11-18 a range
    (rf"(?<![\d\-.¥]){_MONTH}\.{_DAY}(?=\s?(?:{_OF_DAY}))[日号]?", _month_day),
    (
        rf"(?<![\d\-.¥]){_MONTH}-{_DAY}(?![\d.\-块元])(?=\s?(?:{_OF_DAY}|付|买|充|下|拍|在|的|\d+[:：]|$))[日号]?",
        _month_day,
    ),
    (
        r"(?:(?P<month>上个?月|这个?月|本月|当月)|(?<![\d月第近满共每前后过整一二三四五六七八九十])(?<!\d[、~\-]))"
        rf"(?P<d>{_N})[号日](?![店楼线客机码卡服群库院桌内后前无门台窗])",
        _day_of_month,
    ),
    (rf"(?P<month>上个?月|这个?月|本月)(?P<d>{_N})(?![\d号日个天块元次多几来])", _day_of_month),
    (r"(?P<back>大大前|大前|[今昨前])(?:天|日(?!子)|晚|儿|早)刚?", _relative_day),
    (r"刚才|刚刚|刚(?=在|用|付|充|买|转|下单)(?![^，。]{0,8}[天周月年])", _just_now),
    (
        r"(?:(?P<week>(?<!大)上+个?|这个?|本)|(?<![上下每个至到]))(?:周|星期|礼拜)"
        r"(?P<wd>[一二三四五六日天]|[1-7](?!\d|天))(?![至到\-])",
        _weekday,
    ),
    (
        rf"(?<![几\d两三四五六七八九十第])(?P<n>半|{_N})个?"
        r"(?P<unit>月|星期|礼拜|周|天|日|小时|钟头|分钟)(?:之|以)?前",
        _ago,
    ),
    (
        r"(?P<y>[今去前]年)?(?P<name>双十一|双11|双十二|双12|元旦|五一|国庆|618|圣诞)(?:节)?(?:那天|当天|当日)",
        _festival,
    ),
    (r"(?P<y>[今去前]年)?(?P<name>双十一|双11|双十二|双12)", _festival),
)
_COMPILED = tuple((re.compile(pattern + _CLOCK), reader) for pattern, reader in _GRAMMAR)
_APPOSITION = re.compile(r"[，,（(]?\s?")


def find(text: str, now: datetime) -> list[tuple[re.Match[str], date | None]]:
    """Every day said, in order, or None for one that does not exist; `now` is aware and in the speaker's zone.

    Of overlapping readings the one listed first in the grammar counts, of "11月14，星期六" the first.
    """
    found: list[tuple[re.Match[str], date | None]] = []
    for pattern, reader in _COMPILED:
        for match in pattern.finditer(text):
            if all(match.end() <= taken.start() or taken.end() <= match.start() for taken, _ in found):
                found.append((match, reader(match, now)))
    found.sort(key=lambda pair: pair[0].start())
    return [pair for index, pair in enumerate(found) if not (index and _repeats(pair[0], found[index - 1][0]))]


def _repeats(match: re.Match[str], before: re.Match[str]) -> bool:
    """Is it only the weekday of the day right before it?"""
    weekday = match.groupdict().get("wd") and not match["week"]
    return bool(weekday and _APPOSITION.fullmatch(match.string, before.end(), match.start()))


def _number(text: str) -> int:
    return int(numerals.parse(text) or 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_time(month: int, day: int, today: date) -> date | None:
    """The last such day that is not in the future."""
    this_year = _day(today.year, month, day)
    return this_year if this_year and this_year <= today else _day(today.year - 1, month, day)


def _months_back(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
