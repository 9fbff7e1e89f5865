"""What day a phrase means, told from now: the last such day, or for what is still to come (`ahead`) the next."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.nlu.facts import numerals

Reader = Callable[[re.Match[str], datetime, bool], date | None]
"""From a match, now (aware, in the speaker's zone) and `ahead` to the day, or None for one that does not exist."""

_WEEKDAYS = {char: index for index, char in enumerate("一二三四五六")} | {
    "日": 6, "天": 6, **{str(index + 1): index for index in range(7)}
}  # fmt: skip
_DAYS_FROM_NOW = {"大大前": -4, "大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_FESTIVALS = {"双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12), "国庆": (10, 1),
              "元旦": (1, 1), "五一": (5, 1), "618": (6, 18), "圣诞": (12, 25)}  # fmt: skip
_YEARS_FROM_NOW = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
_HOURS = {"分钟": 0, "小时": 1, "钟头": 1, "天": 24, "日": 24, "周": 168, "星期": 168, "礼拜": 168, "月": 720}
_BROKEN_LATELY = 180  # days for which "11月20日前退" is a promise that has run out rather than one for next year


def full(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`2026-11-18`, 26年11月18日, 二零二六年十一月十八日."""
    year = numerals.spelled(match["y"])
    return _day(year if year > 100 else year + 2000, _number(match["m"]), _number(match["d"]))


def month_day(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`11月18日`, 去年11月18日."""
    return _of_year(match.groupdict().get("y"), _number(match["m"]), _number(match["d"]), now.date(), ahead)


def day_of_month(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`5号`, 上个月5号, 下月5号."""
    today, day, said = now.date(), _number(match["d"]), match["month"]
    if said:
        return _in_month(today, _up_down(said), day)
    this = _in_month(today, 0, day)
    if ahead:
        return this if this and this >= today else _in_month(today, 1, day) or _in_month(today, 2, day)
    return this if this and this <= today else _in_month(today, -1, day)


def month_end(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`月底`, 下个月底, 12月底: its last day as a limit; told of, it is no day."""
    if not ahead:
        return None
    if match["m"] is None:
        return _in_month(now.date(), _up_down(match["month"] or ""), 31, shorten=True)
    month = _number(match["m"])
    return _next_time(month, monthrange(now.year, month)[1], now.date()) if 1 <= month <= 12 else None


def year_end(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`年底`: its last day as a limit; told of, it is no day."""
    return date(now.year, 12, 31) if ahead else None


def from_today(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`昨天`, 大后天."""
    return now.date() + timedelta(days=_DAYS_FROM_NOW[match["rel"]])


def just_now(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`刚才`."""
    return now.date()


def weekday(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`周三`, 上周三, 下下周三. Weeks begin on Monday."""
    today, said = now.date(), match["week"]
    day = today + timedelta(days=_WEEKDAYS[match["wd"]] - today.weekday() + 7 * _up_down(said or ""))
    if said:
        return day
    if ahead:
        return day if day >= today else day + timedelta(days=7)
    return day if day <= today else day - timedelta(days=7)


def ago(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`三天前`, 两小时前, 半个月前 (15 days)."""
    half, unit = match["n"] == "半", match["unit"]
    if unit.endswith("月") and not half:
        return _in_month(now.date(), -_number(match["n"]), now.day, shorten=True)
    return (now - timedelta(hours=_HOURS[unit] * (0.5 if half else _number(match["n"])))).date()


def festival(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`双十一`, 去年国庆那天."""
    return _of_year(match["y"], *_FESTIVALS[match["name"]], now.date(), ahead)


def before_festival(match: re.Match[str], now: datetime, ahead: bool) -> date | None:
    """`元旦` of 元旦前: a limit that is still to come; told of, it is no day."""
    day = festival(match, now, ahead)
    return day if ahead and day and day >= now.date() else None


def _of_year(said: str | None, month: int, day: int, today: date, ahead: bool) -> date | None:
    if said is not None:
        return _day(today.year + _YEARS_FROM_NOW[said], month, day)
    last = _last_time(month, day, today)
    if not ahead or (last and (today - last).days < _BROKEN_LATELY):
        return last
    return _next_time(month, day, today)


def _last_time(month: int, day: int, today: date) -> date | None:
    this_year = _day(today.year, month, day)
    return this_year if this_year and this_year <= today else _day(today.year - 1, month, day)


def _next_time(month: int, day: int, today: date) -> date | None:
    this_year = _day(today.year, month, day)
    return this_year if this_year and this_year >= today else _day(today.year + 1, month, day)


def _in_month(today: date, months: int, day: int, *, shorten: bool = False) -> date | None:
    """Day `day` of the month `months` from now, or the last of a shorter one."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return _day(year, month + 1, min(day, monthrange(year, month + 1)[1]) if shorten else day)


def _up_down(said: str) -> int:
    return said.count("下") - said.count("上")


def _number(text: str) -> int:
    return int(numerals.parse(text) or 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
