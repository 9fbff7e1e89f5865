"""What was bought: phrases of the lexicon, with the count before them and the tier and duration after them."""

import re

from spacy.tokens import Doc
from spacy.tokens import Span as Phrase

from bot.nlu.facts import numerals
from bot.nlu.facts.name_words import word_set
from bot.nlu.facts.span import Span
from cases.knowledge import knowledge

_EXTENSIONS = word_set(
    """
    会员 大会员 超级会员 年费会员 年费 月费 包年 包季 包月 vip svip 年卡 半年卡 季卡 月卡 周卡 天卡 永久卡 永久
    充值卡 卡密 激活码 兑换码 点券 点卡 皮肤 账号 代充 直充 代练 首充 首充号
    """
)

# What is counted in things has its count for a face value (6480点券); what is counted in money (话费) has not.
_THING = r"(?:点[券劵卷]|币|qb|q点|(?<![黄绿黑红蓝紫])钻石?|结晶|原石|元宝|鱼翅|蜡烛)"
_THINGS = re.compile(rf"{_THING}$", re.IGNORECASE)
_NOT_PART = r"(?<![\d.,:：\-第¥a-z])"
_COUNT_BEFORE = re.compile(rf"{_NOT_PART}(?P<n>{numerals.NUMBER})\s?(?P<each>[个枚颗])?\s?$", re.IGNORECASE)
_COUNT_AFTER = re.compile(r"\s?\d+\s?[个枚颗](?!月|小时|星期|礼拜|多|人)")
_COUNTED = re.compile(
    rf"(?:\d|[一二两三四五六七八九十百千万](?:[个枚颗]|[十百千万])).*{_THING}$|{_THING}\s?\d+", re.IGNORECASE
)
_COUNTS = re.compile(rf"^{numerals.NUMBER}\s?[个枚颗]?\s?(?={_THING})|\s?\d+\s?[个枚颗]$", re.IGNORECASE)
_NOT_BOUGHT = ("叫", "昵称", "昵称是", "变", "变成", "变成了")  # 昵称叫钻石王老五, 年卡变月卡
_LONGEST_COUNT = 8  # an order number is longer
# A short word for diamonds, too common to be a product without its count.
_GEMS = re.compile(rf"{_NOT_PART}\d+\s?[个颗]?钻(?![石戒研空])", re.IGNORECASE)


def find(text: str, doc: Doc) -> list[Span]:
    """`product` spans, as said. A general word ("会员", `facts.yml`) is left out where the text names a product."""
    named = [_counted(text, _extended(text, phrase)) for phrase in doc.ents if _is_bought(text, phrase)]
    gems = [Span.cut("product", match[0], text, *match.span()) for match in _GEMS.finditer(text)]
    found = _joined(text, sorted(named + gems, key=lambda span: span.start))
    general = knowledge().facts["product"].general
    told = [span for span in found if span.text.lower() not in general] or found
    whole = [span for span in told if not any(_is_part(span, other) for other in told)]
    counts = {_noun(span): span.text for span in reversed(whole)}
    return [span for span in whole if counts[_noun(span)] == span.text]


def is_counted(product: Span) -> bool:
    """Is it counted in things ("6480点券"), so that what came of it is no money either?"""
    return bool(_COUNTED.search(product.text))


def _is_bought(text: str, phrase: Phrase) -> bool:
    return bool(phrase.label_ == "product") and not text[: phrase.start_char].endswith(_NOT_BOUGHT)


def _extended(text: str, phrase: Phrase) -> Span:
    doc, end = phrase.doc, phrase.end
    while end < len(doc) and doc[end].text in _EXTENSIONS:
        end += 1
    last = doc[end - 1]
    start, stop = phrase.start_char, last.idx + len(last.text)
    return Span.cut("product", text[start:stop], text, start, stop)


def _counted(text: str, span: Span) -> Span:
    """With the count said right beside it: 500Q币, 二十个Q币, 抖币1000个."""
    if not _THINGS.search(span.text):
        return span
    before, after = _COUNT_BEFORE.search(text[: span.start]), _COUNT_AFTER.match(text, span.end)
    if before and _is_definite(before):
        return Span.cut("product", text[before.start() : span.end], text, before.start(), span.end)
    end = after.end() if after else span.end
    return Span.cut("product", text[span.start : end], text, span.start, end)


def _is_definite(count: re.Match[str]) -> bool:
    number = count["n"]
    if numerals.parse(number) is None or len(number) > _LONGEST_COUNT:
        return False
    return number[0].isdigit() or len(number) > 1 or bool(count["each"])


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """A game and the count of its things are one product: 原神6480结晶."""
    joined: list[Span] = []
    for span in spans:
        start = joined.pop().start if joined and joined[-1].end == span.start and is_counted(span) else span.start
        joined.append(Span.cut("product", text[start : span.end], text, start, span.end))
    return joined


def _noun(span: Span) -> str:
    """Without its count: of "买300点券，给了200点券" only the first was bought."""
    return _COUNTS.sub("", span.text.lower())


def _is_part(span: Span, other: Span) -> bool:
    """ "话费" beside "移动话费" says nothing new."""
    return span.text != other.text and span.text.lower() in other.text.lower()
