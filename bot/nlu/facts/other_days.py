"""Every day said but that of the payment: when a complaint was sent, when a refund is to come."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.nlu.facts.days import Day
from bot.nlu.facts.span import Span, mask

_ONLY_A_DAY = re.compile(
    r"(?:是|在|就|我|记得|大概|大约|差不多|好像|应该|那天|当天|时间|日期|左右|[之以]?前|的|吧|哦|呢|啊|呀|嗯|了|\W)*"
)
_CLAUSE_END = re.compile(r"[，。！？；,!?;\n]")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")

# What makes a day one to come: a limit after it, a promise before it, or what is due on it.
_LIMIT = re.compile(r"(?:下班|\s)?(?:之|以)?前(?!台|面|天|后|一|两|几)|为止|到期|截止")
_PROMISE = re.compile(
    r"说(?!了|过|的|服)|讲(?!了)|答应|应承|承诺|保证|约(?!的)|谈[好妥]|定[在于到好]|预[计期]|最[晚迟快]|同意|松口|愿意"
    r"|[让叫要请]我们?(?:[^，。]{0,3}等|$)|[等拖改延推]到|宽限|会在|将|打算|准备|计划|开庭|截止|到期|期限|发誓|改口"
)
_PLEDGE = re.compile(r"答应|应承|承诺|保证|约定|说好|同意|松口|谈[好妥]|改口|认账|欠条|协议|调解书|回复|回话|[等话]$")
_WILL = re.compile(r"[^了过的没]{0,4}?(?:会|能|再|才能?|要|准|一定|肯定|统一)")
_DUE = re.compile(
    r"[^了过的没不]{0,5}?(?:退(?!货|休)|还(?![没是不在有])|返|赔|到(?:账|帐|$)|打款|打钱|打回|转回|汇|给我|给答复|给结果"
    r"|补[发给上]|开庭|调解|到期|截止|出结果|有结果|[付结]清|兑现)"
)
_DONE = re.compile(r".*(?:(?<!为)了(?!解)|过(?![期年来去])|已经?|的$|没|未)")
_TOLD = re.compile(r"[的了过]")
_RECORDED = re.compile(r"[^退还]{0,3}(?:受理|登记|立案|提交|投诉|举报|付|充|买|下单|签收|申请|报案|报警)")
_FAR = 180  # days after which "12月5号交材料" is rather the next one

# A promise that was broken, or made in the course of the story: from when 明天 was counted is not known.
_NOT_PAID = r"没(?:退|给|打|见|动静|影|兑现|处理|还|办)"
_BROKEN = re.compile(
    rf"[^，。！？；,!?;]{{0,6}}{_NOT_PAID}|[^。！？!?]*?(?:[还都也]|一直|至今){_NOT_PAID}"
    rf"|[^。！？!?]*?[，,]\s?(?:结果|可是?|但是?|到时|也|还|都|却|就是|一直|钱|他|又)*(?:{_NOT_PAID}|没(?:收到|到|来))"
    r"|[^。！？!?]{0,14}?(?:(?<![有出给])结果|到现在|至今|到今[天日]|到目前|现在[都也还又]|早[都就]?过|都过了|[，,]过了|又[拖说推]"
    r"|说话不算|食言)"
)
_STORY = re.compile(r"第[一二三四五六七\d]天|当天|那天|当时|上次|起初|一?开始|以前|之前|原来|最早|本来")

# The clock as it stands, figures of speech, farewells, questions.
_UP_TO = re.compile(r"(?:到|至|截止|截至|等|拖)了?$")
_STANDS = re.compile(
    r"(?:都|已经?|也|还|又|就|就是|是|才|\s)*"
    r"(?:第|没|未|不|[\d一二两三四五六七八九十]+[天号日月/]|下?个?月|周|星期|礼拜|之?内|\x00|$)"
)
_NOW_IS = re.compile(r"(?:今[天儿日]|现在)(?:都|已经?|是|就|又|才|快|\s)*$")
_JUST_DID = re.compile(r"[^，。！？；,!?;]{0,6}?(?:发|提|交|投|打|寄|报|递|申请|联系|登记|填|签|收到|到账|退|回|来电)")
_SAYING = re.compile(r"(?:天天|每天|每次|次次|回回|老是?|总是?|一直|永远|又是|变成|[阴农]历)[^，。！？；,!?;]{0,6}$")
_PUT_OFF = re.compile(r"今天[^，。]{0,4}明天[，,、]?\s?明天|有今天没明天|明[天日][复又]明[天日]")
_PASSING = re.compile(
    r"[^，。！？；,!?;]*(?:吗|能不能|会不会|是不是|什么|啥)|(?:就?[聊说]?到这|再?见$|再?见[，。！,!]|再[唠聊联])"
)
_SALE = re.compile(r"(?:[今去前]年)?双(?:十一|十二|11|12)")


def find(text: str, said: Sequence[Day], paid: Iterable[Span]) -> list[Span]:
    """`day` spans among the days `said` in `text` that are not `paid`, as ISO dates.

    30号 is the next where something is promised for it, the last where something is told of it. A message that is
    nothing but a day answers a question that is not known here: it gives the last such day and the next.
    """
    if not said or _PUT_OFF.search(text):
        return []
    if _ONLY_A_DAY.fullmatch(mask(text, (day.match.span() for day in said))):
        values = [(day, value) for day in said for value in _readings(text, day)]
    else:
        taken = {span.start for span in paid}
        values = [(day, _which(text, day, said)) for day in said if day.start not in taken and not _is_idle(text, day)]
    return [Span.cut("day", value.isoformat(), text, day.start, day.end) for day, value in values if value]


def _readings(text: str, day: Day) -> tuple[date | None, ...]:
    return (day.promised,) if _LIMIT.match(text, day.end) else (day.told, day.promised)


def _is_idle(text: str, day: Day) -> bool:
    """Is the day the clock as it stands, a figure of speech, the name of a sale, or only asked for?"""
    before, said = text[: day.start], day.match[0].strip()
    if day.told == day.now.date() and (_UP_TO.search(before) or _STANDS.match(text, day.end)):
        return True
    if said.startswith("刚") and not _JUST_DID.match(text, day.end):
        return True
    if not (day.told and day.told < day.now.date()) and _PASSING.match(text, day.end):
        return True
    return bool(_NOW_IS.search(before) or _SAYING.search(before) or _SALE.fullmatch(said))


def _which(text: str, day: Day, said: Sequence[Day]) -> date | None:
    """The day that is meant, or None where that is in doubt."""
    told, today = day.told, day.now.date()
    start = _start(_CLAUSE_END, text, day.start)
    after = _CLAUSE_END.split(text[day.end :], 1)[0]
    limit = bool(_LIMIT.match(after))
    if limit and _is_over(after):
        return None  # 20号之前我就投诉了
    uncertain = _BROKEN.match(text, day.end) or _is_of_story(text, start, day, said)
    if told is None or told > today:
        return None if uncertain or not (told or limit or _is_promised(text, start, day, after)) else day.promised
    if limit or _is_promised(text, start, day, after):
        return told if uncertain else day.promised
    in_doubt = (today - told).days > _FAR and told != day.promised and not _TOLD.search(after)
    return None if in_doubt else told


def _is_of_story(text: str, start: int, day: Day, said: Sequence[Day]) -> bool:
    """Does the clause tell first when it happened? ("昨天说明天退", "第二天说明天退")"""
    dated = any(other.told and other.told < day.now.date() for other in said if start <= other.start < day.start)
    return dated or bool(_STORY.search(text, start, day.start))


def _is_promised(text: str, start: int, day: Day, after: str) -> bool:
    """Is something to come on the day, by what its clause, which begins at `start`, or a pledge before it says?"""
    if _is_over(after) or _RECORDED.match(after):
        return False
    pledge = _PLEDGE.search(text, _start(_SENTENCE_END, text, start), start)
    return bool(pledge or _PROMISE.search(text, start, day.start) or _DUE.match(after))


def _is_over(after: str) -> bool:
    return bool(_DONE.match(after)) and not _WILL.match(after)


def _start(end: re.Pattern[str], text: str, place: int) -> int:
    """Where the clause or sentence around `place` begins."""
    return max((match.end() for match in end.finditer(text, 0, place)), default=0)
