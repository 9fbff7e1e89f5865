"""How often the person has tried to reach the other side: 打了5个电话, 催了他四遍."""

import re
from collections.abc import Iterator

from bot.nlu.facts import numerals
from bot.nlu.facts.span import Span

_THEM = (
    r"(?:他们?|她们?|你们|对方|人家|那边|(?:平台|网站|店铺|卖家|商家)?(?:客服|人工)|卖家|商家|商户|老板|掌柜"
    r"|店[家主铺]|平台|网站|骗子)"
)
_DONE = r"(?:了|过)?"
_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_TIMES = r"\s?[次遍回趟]"
_MESSAGE = r"(?:消息|信息|微信|短信|私信|留言|邮件|语音|旺旺|站内信|qq)"
_PHONE = r"(?:电话|语音|视频|手机)"

# Verbs that mean the other side whatever follows them; 找 and 问 need to say whom.
_REACH = r"(?:联系|联络|沟通|交涉|协商|催促?|追问|私聊|私信|留言|反映|反馈|呼叫)"
_ASK = r"(?:找|问|咨询|质问)"

_GRAMMAR = (
    rf"[打拨]{_DONE}(?:给)?{_THEM}?{_DONE}\s?{_N}\s?[个通次遍回](?:{_THEM}|微信|qq)?的?{_PHONE}",
    rf"[打拨]{_DONE}{_THEM}?的?{_PHONE}{_DONE}\s?{_N}{_TIMES}",
    rf"{_PHONE}[^，。！？；,!?;\d]{{0,4}}?打{_DONE}(?:过去)?\s?{_N}\s?[个通次遍回](?!月|小时|星期|礼拜)",
    rf"打{_DONE}\s?{_N}{_TIMES}(?=都?(?:没人?接|不接|占线|关机|忙音|打不通|不通|空号))",
    rf"{_REACH}{_DONE}[^，。！？；,!?;\d了过我第几好]{{0,8}}?{_DONE}\s?{_N}{_TIMES}",
    rf"{_ASK}{_DONE}[^，。！？；,!?;\d了过我]{{0,6}}?{_THEM}{_DONE}\s?{_N}{_TIMES}",
    rf"{_THEM}[^，。！？；,!?;\d]{{0,4}}?{_ASK}(?:了|过)\s?{_N}{_TIMES}",
    rf"发{_DONE}(?:过?[给去])?{_THEM}?{_DONE}\s?{_N}\s?[条封次遍个](?:{_THEM}的?)?{_MESSAGE}",
    rf"{_MESSAGE}(?:都|也|上|给{_THEM})?发{_DONE}\s?{_N}\s?[条封次遍](?!截图|图|货|红包)",
    rf"留{_DONE}\s?{_N}\s?[次条]言",
    rf"{_N}{_TIMES}(?:主动|去)?(?:{_REACH}{_THEM}|{_ASK}{_THEM}|给{_THEM}打电话)",
)
_COUNT = re.compile(r"[\d一二两三四五六七八九十]\s?[个通次遍回趟条封]")
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _GRAMMAR)

_CLAUSE_END = re.compile(r"[，。！？；,!?;\n]")
_BY_THEM = re.compile(
    rf"(?<![给跟和与对向找问催打]){_THEM}(?:又|还|都|也|就|已经|主动|反而|后来|一直|前后|[今昨前]天)*$"
)
# 客服联系了三次, 卖家电话打了三遍: they are who was called.
_IS_TOPIC = re.compile(rf"(?:客服|人工)(?:联系|联络|找|问)|{_THEM}的?电话")
# Calls to the person, calls still to come or denied, and only the latest ones.
_NOT_SO_OFTEN = re.compile(
    r"(?:(?:给|跟|找|向|对|被)我|没有?|不|未|别|再|又|准备|打算|[想需]要|得|必须|应该|[让叫]我"
    r"|[第几数多好十百]|\d[、,\-~到至]?)(?:去|再)?$"
)
_RATE = re.compile(r"每[天日周次]|天天|一天(?!内)")
_ELSEWHERE = re.compile(
    r"12315|12345|12321|12377|12381|110|96110|黑猫|消协|消保|市监|市场监管|工商|警察|警方|派出所|公安|银行|微信客服"
    r"|支付宝|律师|法院|朋友|同学|同事|家人|银联|反诈|热线|运营商|移动客服|联通客服|电信客服|10086|10010|10000"
)
_NOT_ONCE = re.compile(r"[都也](?:没|不|未)")


def find(text: str) -> list[Span]:
    """`contact_attempts` spans with their count; a vague count and anything else that is counted give none."""
    found: list[Span] = []
    for match in _matches(text):
        count = numerals.parse(match["n"])
        span = Span.cut("contact_attempts", int(count or 0), text, match.start("n"), match.end())
        if count and _is_theirs_to_answer(text, match) and not any(span.overlaps(other) for other in found):
            found.append(span)
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    if not _COUNT.search(text):
        return
    for pattern in _COMPILED:
        yield from pattern.finditer(text)


def _is_theirs_to_answer(text: str, match: re.Match[str]) -> bool:
    """Did the person try, as often as said, to reach the seller rather than somebody else?"""
    before = _CLAUSE_END.split(text[: match.start()])[-1]
    after = _CLAUSE_END.split(text[match.end() :])[0]
    if _NOT_SO_OFTEN.search(before) or _RATE.search(before) or _ELSEWHERE.search(before + match[0] + after):
        return False
    if _BY_THEM.search(before) and not _IS_TOPIC.search(before + match[0]):
        return False
    return not after.startswith("给我") and not (match["n"] in {"一", "1"} and _NOT_ONCE.match(after))
