"""Numbers as Chinese people write them: 1,280.50 · 1.2万 · 2千5 · 三百 · 一千二 · 两百五十."""

import re
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "〇": 0}
_UNITS = {"百": 100, "千": 1000, "万": 10_000, "k": 1000, "w": 10_000}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_D = "[一二两俩三四五六七八九]"

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d{1,2}(?!\d))?"
_MIXED = rf"{_ARABIC}(?:[百千]|万(?!能|一)|[wk](?![a-z]))(?:[1-9](?!\d)千?)?"
_HAN = r"[零〇一二两俩三四五六七八九十百千万几壹贰叁肆伍陆柒捌玖拾佰仟]+"

NUMBER = rf"(?:{_MIXED}|{_ARABIC}|{_HAN})"
"""A pattern, without groups, for everything `parse` may understand; write it case-insensitive."""

_MIXED_PARTS = re.compile(rf"({_ARABIC})([百千万wk])([1-9])?(千)?")
_BELOW_TEN_THOUSAND = re.compile(rf"(?:({_D})千)?(?:[零〇]?({_D})百)?(?:[零〇]?({_D}?)(十))?([零〇]?)({_D})?")


def parse(text: str) -> Decimal | None:
    """The value of a number, or None for what is no definite one: "几百", "三四百", "百千"."""
    text = text.lower().translate(_FORMAL)
    if mixed := _MIXED_PARTS.fullmatch(text):
        return _mixed(*mixed.groups())
    if text[0].isdigit():
        return Decimal(re.sub("[,，]", "", text))
    value = _han(text)
    return None if value is None else Decimal(value)


def spelled(text: str) -> int:
    """A number whose digits are said one by one: 二零二六 is 2026, as is 2026. Raises KeyError for another."""
    return int("".join(char if char.isdigit() and char.isascii() else str(_DIGITS[char]) for char in text))


def _mixed(number: str, unit: str, tail: str | None, tail_unit: str | None) -> Decimal:
    """`2千5` is 2500: a lone digit counts in the unit below, unless it says its own (`1万2千`)."""
    scale = _UNITS[unit]
    below = _UNITS[tail_unit] if tail_unit else scale // 10
    return Decimal(number.replace(",", "")) * scale + int(tail or 0) * below


def _han(text: str) -> int | None:
    high, ten_thousands, low = text.rpartition("万")
    if not ten_thousands:
        return _below_ten_thousand(low)
    upper = _below_ten_thousand(high)
    if upper is None or not low:
        return upper and upper * 10_000
    lower = _DIGITS[low] * 1000 if low in _DIGITS else _below_ten_thousand(low)
    return None if lower is None else upper * 10_000 + lower


def _below_ten_thousand(text: str) -> int | None:
    match = _BELOW_TEN_THOUSAND.fullmatch(text)
    if not text or not match:
        return None
    thousands, hundreds, tens, ten, zero, ones = match.groups()
    total = 1000 * _DIGITS.get(thousands, 0) + 100 * _DIGITS.get(hundreds, 0)
    total += 10 * _DIGITS.get(tens, 1) if ten else 0
    return total + _DIGITS.get(ones, 0) * _last_unit(thousands, hundreds, bool(ten or zero))


def _last_unit(thousands: str | None, hundreds: str | None, spelled_out: bool) -> int:
    """What a last digit counts: ones, but tens in 三百五 and hundreds in 一千二."""
    if spelled_out or not (thousands or hundreds):
        return 1
    return 10 if hundreds else 100
