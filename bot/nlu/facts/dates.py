"""The day of the payment, as an ISO date, told from any other day a person mentions."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from bot.nlu.facts import numerals
from bot.nlu.facts.span import Span, mask

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
    return _day(int(match["y"]), int(match["m"]), int(match["d"]))


def _month_day(match: re.Match[str], now: datetime) -> date | None:
    """Without a year it is the last such day; "去年" and "前年" say it."""
    month, day = _number(match["m"]), _number(match["d"])
    said = {"今年": 0, "去年": 1, "前年": 2}.get(match.groupdict().get("y") or "")
    return _last_time(month, day, now.date()) if said is None else _day(now.year - said, month, day)


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
    return _last_time(*_FESTIVALS[match["name"]], now.date())


_GRAMMAR: tuple[tuple[str, Reader], ...] = (
    (r"(?<!\d)(?P<y>20\d\d)\s?[-/.年]\s?(?P<m>\d\d?)\s?[-/.月]\s?(?P<d>\d\d?)(?!\d)[日号]?\s?", _full),
    (rf"(?P<y>[今去前]年)?(?<![\d上个这])(?P<m>{_N})月(?P<d>{_N})(?:[日号]|(?![\d个元块]))", _month_day),
    (rf"(?<![\d/.]){_MONTH}/{_DAY}(?![\d/])[日号]?", _month_day),
    # 11.18 is a price as well, 11-18 a range
    (rf"(?<![\d\-.¥]){_MONTH}\.{_DAY}(?=\s?(?:{_OF_DAY}))[日号]?", _month_day),
    (
        rf"(?<![\d\-.¥]){_MONTH}-{_DAY}(?![\d.\-块元])(?=\s?(?:{_OF_DAY}|付|买|充|下|拍|在|的|\d+[:：]|$))[日号]?",
        _month_day,
    ),
    (
        r"(?:(?P<month>上个?月|这个?月|本月|当月)|(?<![\d月第近满共每前后过整一二三四五六七八九十]))"
        rf"(?P<d>{_N})[号日](?![店楼线客机码卡服群库院桌内后前无])",
        _day_of_month,
    ),
    (r"(?P<back>大大前|大前|[今昨前])(?:天|日(?!子)|晚|儿|早)", _relative_day),
    (r"刚才|刚刚", _just_now),
    (
        r"(?P<week>上+个?|这个?|本)?(?<![下每个至到])(?:周|星期|礼拜)"
        r"(?P<wd>[一二三四五六日天]|[1-7](?!\d|天))(?![至到\-])",
        _weekday,
    ),
    (
        rf"(?<![几\d两三四五六七八九十第])(?P<n>半|{_N})个?"
        r"(?P<unit>月|星期|礼拜|周|天|日|小时|钟头|分钟)(?:之|以)?前",
        _ago,
    ),
    (r"(?P<name>双十一|双11|双十二|双12|元旦|五一|国庆|618|圣诞)(?:节)?(?:那天|当天|当日)", _festival),
    (r"(?P<name>双十一|双11|双十二|双12)", _festival),
)
_COMPILED = tuple((re.compile(pattern + _CLOCK), reader) for pattern, reader in _GRAMMAR)

# What a day is about is told by the first such word after it, else by the last one before it. With none at
# all it is the answer to our question, if its clause says nothing else.
_TOPIC = re.compile(
    r"""
    (?P<other> 联系 | 联络 | 问 | 找 | [说讲催退关跑看登删告诉] | 投诉 | 拉黑 | 承诺 | 答应 | 保证 | 预计
        | 回复 | 打电话 | 申请 | 举报 | 报警 | 没到 | 未到 | 没收到 | 不到 | 失效 | 封 | 到期 | 有效 | 截止
        | 到[账帐了货] | 收到 | 收货 | 客服 | 发(?!红包|了红包) | 给我 | 通知 | 提示 | 显示 | 注销 | 不能
        | [用打登](?:不了|不开|不上) | 起诉 | 受理 | 处理 | 解决 | 聊 | 之前 | 以前 | 前(?:到|退|给) )
  | (?P<pay> 付 | 充 | 冲 | 买 | 下单 | 下的 | 拍 | 转 | 打款 | 打的?钱 | 购 | 花 | 开通 | 开的? | 刷 | 办
        | 订 | 交易 | 成交 | 交了? | 扫 | 续费 | 储值 | 缴 | 给的?钱 | 给了钱 | 红包 | 骗 | 坑 | 抢 | 消费
        | 金额 | ¥ | [那这][笔单] | 的订?单 | ^的(?!事|时候) )
    """,
    re.VERBOSE,
)
_UNTIL = re.compile(r"(?:到|至|截止|等到?|拖到?|直到|预计|最[晚迟]|说|承诺|答应|保证|有效期|自|从)[^，。,；;\s]{0,3}$")
_BEFORE_IT = re.compile(r"(?:之|以)?前(?!台|面)")
_CLAUSE_END = re.compile(r"[，。！？；,!?;\n]")
_ANSWER = re.compile(
    r"(?:是|在|就|我|记得|记错|了|大概|大约|差不多|好像|应该|因该|其实|不是|那天|当天|时间|日期|左右|前后"
    r"|的|吧|哦|呢|啊|呀|嗯|快|也|\W)*"
)


def find(text: str, now: datetime, hidden: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """`paid_at` spans of `text`, said by somebody at `now` (aware, in their zone). Never in the future.

    In `hidden` places no day is looked for, but they tell what their neighbours are about.
    """
    days = _days(mask(text, hidden), now)
    starts = [match.start() for match, _ in days] + [len(text)]
    return [
        Span.cut("paid_at", day.isoformat(), text, match.start(), match.start() + len(match[0].rstrip()))
        for (match, day), until in zip(days, starts[1:], strict=True)
        if day and day <= now.date() and _is_about_paying(text, match, until)
    ]


def _days(text: str, now: datetime) -> list[tuple[re.Match[str], date | None]]:
    """Every day said, in order; of overlapping readings the one listed first in the grammar."""
    found: list[tuple[re.Match[str], date | None]] = []
    for pattern, reader in _COMPILED:
        for match in pattern.finditer(text):
            if all(match.end() <= taken.start() or taken.end() <= match.start() for taken, _ in found):
                found.append((match, reader(match, now)))
    return sorted(found, key=lambda pair: pair[0].start())


def _is_about_paying(text: str, match: re.Match[str], until: int) -> bool:
    start, end = match.span()
    if _UNTIL.search(text, 0, start) or _BEFORE_IT.match(text, end):
        return False
    if after := _TOPIC.search(text[end:until]):
        return after.lastgroup == "pay"
    before = _CLAUSE_END.split(text[:start])[-1]
    if topics := list(_TOPIC.finditer(before)):
        return topics[-1].lastgroup == "pay"
    return bool(_ANSWER.fullmatch(before + " " + _CLAUSE_END.split(text[end:until])[0]))


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
