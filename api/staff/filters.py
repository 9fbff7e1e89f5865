"""How the console writes times, money and what is masked: the filters of its templates.

Times are those of Shanghai. A future moment is read as well as a past one.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from cases import clock
from cases.case.facts import yuan
from cases.documents.masking import ACCOUNT, mask_numbers, mask_person

MINUTE = 60
HOUR = 60 * MINUTE
SOON_DAYS = 3
NOTHING = "—"
# As they are read, and by what they give themselves away; many say the names of others after their own.
BROWSERS = (
    ("微信", "MicroMessenger"),
    ("Edge", "Edg"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("安卓", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac", "Mac OS"),
    ("Linux", "Linux"),
)


def money(fen: int | None) -> str:
    """分 as `12,345.60 元`, `200 元`; a dash if not known."""
    if fen is None:
        return NOTHING
    whole, cents = yuan(fen).split(".")
    return f"{int(whole):,}{'' if cents == '00' else '.' + cents} 元"


def masked(text: str | None) -> str:
    """A text without numbers that lead to somebody: telephone, identity, bank card, QQ, WeChat."""
    return ACCOUNT.sub(r"\1****", mask_numbers(text or ""))


def masked_name(name: str | None) -> str:
    """`王某` for what looks like a person's name; shops as they are."""
    return mask_person(name or "")


def tail(number: str | None) -> str:
    """All but the last four places starred: `****3344`; nothing of a number that has no more."""
    return f"****{number[-4:] if len(number) > 4 else ''}" if number else ""


def day(value: date | datetime | None) -> str:
    """`11月22日`; with its year if that is another."""
    if value is None:
        return NOTHING
    local = _day_of(value)
    this_year = local.year == clock.today().year
    return f"{'' if this_year else f'{local.year}年'}{local.month}月{local.day}日"


def hour(value: datetime) -> str:
    """`09:30`."""
    return value.astimezone(clock.SHANGHAI).strftime("%H:%M")


def moment(value: datetime | None) -> str:
    """`11月22日 09:30`."""
    return NOTHING if value is None else f"{day(value)} {hour(value)}"


def ago(value: datetime | None) -> str:
    """How far away a moment is: `刚刚`, `5 分钟前`, `2 小时前`, `昨天 09:30`, `11月20日`, `25 分钟后`."""
    if value is None:
        return NOTHING
    seconds = (clock.now() - value).total_seconds()
    side = "前" if seconds >= 0 else "后"
    distance = abs(seconds)
    if distance < MINUTE:
        return "刚刚" if seconds >= 0 else "马上"
    if distance < HOUR:
        return f"{distance // MINUTE:.0f} 分钟{side}"
    if distance < 6 * HOUR:
        return f"{distance // HOUR:.0f} 小时{side}"
    return _near_day(value)


def _near_day(value: datetime) -> str:
    names = {0: "今天", -1: "昨天", 1: "明天"}
    name = names.get(_days_until(value))
    return f"{name} {hour(value)}" if name else day(value)


def due(value: date | datetime | None) -> str:
    """How long is left: `今天到期`, `还有 2 天`, `超期 3 天`."""
    if value is None:
        return NOTHING
    days = _days_until(value)
    if days == 0:
        return "今天到期"
    return f"还有 {days} 天" if days > 0 else f"超期 {-days} 天"


def due_tone(value: date | datetime | None) -> str:
    """The tone of a badge for it: `bad` when it is today or past, `warn` within three days."""
    if value is None:
        return ""
    days = _days_until(value)
    return "bad" if days <= 0 else "warn" if days <= SOON_DAYS else ""


def share(part: float) -> str:
    """0.8731 as `87%`."""
    return f"{part:.0%}"


def span(seconds: float | timedelta | None) -> str:
    """A length of time: `40 秒`, `12 分钟`, `3.5 小时`, `6 天`."""
    if seconds is None:
        return NOTHING
    length = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
    if length < MINUTE:
        return f"{length:.0f} 秒"
    if length < HOUR:
        return f"{length / MINUTE:.0f} 分钟"
    if length < 48 * HOUR:
        return f"{f'{length / HOUR:.1f}'.removesuffix('.0')} 小时"
    return f"{length / 24 / HOUR:.0f} 天"


def browser(agent: str) -> str:
    """What a browser calls itself, in words: `Chrome，Windows`; an unknown one's first word."""
    name = next((said for said, sign in BROWSERS if sign in agent), agent.split("/")[0])
    system = next((said for said, sign in SYSTEMS if sign in agent), "")
    return "，".join(filter(None, (name, system))) or "没有说明"


def iso(value: date | datetime) -> str:
    """For `<time datetime>`."""
    return value.astimezone(clock.SHANGHAI).isoformat("T", "minutes") if isinstance(value, datetime) else str(value)


def _day_of(value: date | datetime) -> date:
    return value.astimezone(clock.SHANGHAI).date() if isinstance(value, datetime) else value


def _days_until(value: date | datetime) -> int:
    return (_day_of(value) - clock.today()).days


ALL: Mapping[str, Callable[..., str]] = {
    filter_.__name__: filter_
    for filter_ in (money, masked, masked_name, tail, day, hour, moment, ago, due, due_tone, share, span, browser, iso)
}
