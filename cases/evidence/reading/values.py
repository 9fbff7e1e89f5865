"""Sums, days and numbers as screens print them and readers misread them. Pure; `None` for whatever is not sure."""

import re
from datetime import date, timedelta

MAX_AGE_DAYS = 5 * 366

# What a reader sees in place of a digit or a point, where a number is certain.
_SLIPS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "。": ".", "·": ".", "．": ".", "，": ","})
_CURRENCY = r"(?:[¥￥]|RMB|CNY|人民币)"
_MONEY = re.compile(
    rf"(?P<sign>[-+−–—]?){_CURRENCY}?(?P<late>[-+−–—]?)(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}})(?:[.,](?P<part>\d{{1,2}}))?元?"
)
_DIGIT = r"[\dOolI|]"
_DAY = re.compile(
    rf"(?P<year>2{_DIGIT}{{3}})\s?[-/.年]\s?(?P<month>{_DIGIT}{{1,2}})\s?[-/.月]\s?(?P<day>{_DIGIT}{{1,2}})"
    rf"(?=日|\s|$|[^\dOolI|]|{_DIGIT}{{2}}\s?[:：.]{_DIGIT}{{2}})"
)
_SHORT_DAY = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})(?:月|(?=-\d{1,2}\s?\d\d[:：])-)(?P<day>\d{1,2})(?=日|\s?\d\d[:：]\d\d)"
)
_NUMBER = re.compile(r"[A-Za-z\d](?:[A-Za-z\d_-]{4,62})[A-Za-z\d]")
_COPY_BUTTON = re.compile(r"[\s|丨]*(?:复制|[口回凸□>›〉])\s*$")
_MISREAD_DIGITS = re.compile(rf"\d{_DIGIT}+\d")
_WECHAT_TRADE = re.compile(r"4200\d{6,}")
WECHAT_TRADE_PLACES = 28
MIN_DIGITS = 4


def money(text: str) -> int | None:
    """A sum that is all there is in `text`, in 分 and negative where a minus says so: `-￥1,234.50` → -123450."""
    found = _MONEY.fullmatch("".join(text.translate(_SLIPS).split()))
    if not found:
        return None
    fen = int(found["whole"].replace(",", "")) * 100 + int((found["part"] or "0").ljust(2, "0"))
    return -fen if (found["sign"] or found["late"]) not in {"", "+"} else fen


def has_cents(text: str) -> bool:
    """Whether the sum is printed with two places, as bills do; without them a lost point would not show."""
    return re.search(r"\.\d\d元?$", "".join(text.translate(_SLIPS).replace(",", ".").split())) is not None


def day(text: str, today: date) -> date | None:
    """The one day that `text` names, if it has been and is not years ago; without a year the last such day."""
    days = {_whole_day(found) for found in _DAY.finditer(text)} or {
        _last_day(found, today) for found in _SHORT_DAY.finditer(text)
    }
    only = days.pop() if len(days) == 1 else None
    return only if only and today - timedelta(days=MAX_AGE_DAYS) <= only <= today else None


def _whole_day(found: re.Match[str]) -> date | None:
    return _date(*(int(found[part].translate(_SLIPS)) for part in ("year", "month", "day")))


def _last_day(found: re.Match[str], today: date) -> date | None:
    this_year = _date(today.year, int(found["month"]), int(found["day"]))
    if this_year and this_year > today:
        return _date(today.year - 1, this_year.month, this_year.day)
    return this_year


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def number(text: str) -> str | None:
    """An order's or a transaction's number that is all there is in `text`, but for a button to copy it."""
    bare = "".join(_COPY_BUTTON.sub("", text).split()).strip(":：")
    if not _NUMBER.fullmatch(bare) or _DAY.fullmatch(bare) or sum(map(str.isdigit, bare)) < MIN_DIGITS:
        return None
    if _MISREAD_DIGITS.fullmatch(bare):
        bare = bare.translate(_SLIPS)
    return None if _WECHAT_TRADE.fullmatch(bare) and len(bare) != WECHAT_TRADE_PLACES else bare
