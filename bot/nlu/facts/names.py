"""Marketplaces and shops: those of the lexicon, and unheard-of ones by how their names are made."""

import re
from collections.abc import Iterator
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens import Span as Phrase

from bot.nlu.facts import told_names
from bot.nlu.facts.lexicon import Lexicon
from bot.nlu.facts.name_words import GENERIC, NOT_A_SITE, NOT_IN_A_NAME, PLATFORM_ENDS, SHOP_ENDS
from bot.nlu.facts.span import Span
from bot.nlu.facts.words import Words

_ENTITIES = {"platform": "platform", "site": "platform", "merchant": "merchant"}
# 小七, 老三: numerals are in a name only as part of a nickname.
_NICKNAME: list[dict[str, Any]] = [
    {"LOWER": {"IN": ["小", "老", "阿"]}},
    {"LOWER": {"REGEX": "^[一二三四五六七八九十]$"}},
]
_SITE = r"^[^\W\d_]{2,5}网$"
# Matching word by word is the dearest step of all; few messages have a word that ends a name.
_MAY_END = re.compile("网|" + "|".join(sorted(PLATFORM_ENDS | SHOP_ENDS)))
_LOOSE_ENDS = frozenset({"平台", "网站"})
_COMMON_ENDS = frozenset({"平台", "网", "店", "小店", "网店", "商行", "工作室"})
_INTRODUCED = re.compile(r"(?:在|从|叫|是|到|去|上|用|名为|[：:“「])\s?$")
_COUNTED = re.compile(r"[一二两三四五六七八九十百千万几好]+[块个次天年月元]|[一两三四五六七八九十几好]+家")
_USED = re.compile(r"[上里]?(?:买|充|付|下单|拍)")
_BREAK = re.compile(r"(?:^|[，,。；;！!？?\s])$")
_BREAK_AFTER = re.compile(r"$|[，,。；;！!？?\s]")
_SEEN = re.compile(r"[上里]?(?:的?直播间?)?(?:看[到见]|刷到|搜到|种草)")
# 给小红书账号买粉, 他闲鱼也注销了: an account there, not where it was bought.
_ACCOUNT = re.compile(r"(?:的?账?[户号])?(?:也|都|就|已经?|早|全|又|直接)*(?:注销|销号|被封|封号)")
_FOR_ACCOUNT = re.compile(r"给(?:(?:[我他她你]|自己|孩子)的?)?$")
_IS_ACCOUNT = re.compile(r"的?(?:账|帐)?[户号](?!店)")
_IDIOM = re.compile(r"(?:操作|运用|收放|应[对付]|来去|进退|切换|行动|活动)自如")
_GENERAL = GENERIC | PLATFORM_ENDS | SHOP_ENDS
_DESCRIPTIONS = GENERIC - set("小大老新好")  # 小飞旗舰店 is all name

_CLIPPED = frozenset("花天千")
_CARD_LEADS = re.compile(r"(?:^|[，,。；;！!？?\s在从叫是到去用个家给])卡$")  # 卡小二平台, not 买卡小二平台


class Names:
    """Finds `platform` and `merchant` in documents of `words`."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._matcher = Matcher(words.vocabulary)
        known = {phrase.lower() for _, phrase, _ in lexicon.entries() if phrase not in lexicon.products}
        part = {"LOWER": {"NOT_IN": sorted(NOT_IN_A_NAME | known)}, "IS_ALPHA": True, "OP": "{1,4}"}
        number = {"IS_DIGIT": True, "LENGTH": {"<=": 4}}
        for entity, ends in (("platform", PLATFORM_ENDS), ("merchant", SHOP_ENDS)):
            end = {"LOWER": {"IN": sorted(ends)}}
            self._matcher.add(entity, [[part, end], [*_NICKNAME, end]], greedy="LONGEST")
        site = {"LOWER": {"REGEX": _SITE}}
        self._matcher.add("site", [[number, {"LOWER": "卡盟"}], [site], [part | {"OP": "?"}, site]], greedy="LONGEST")

    def find(self, text: str, seen: str, doc: Doc) -> list[Span]:
        """Names as written in `text`; where two overlap the longer one, or else the one that is spelled out.

        `seen` is the text of `doc`: lower case, with what is no name blanked out.
        """
        found = [*_known(text, doc), *told_names.find(text, seen), *self._made(text, doc)]
        found.sort(key=lambda span: (span.start - span.end, span.start))
        chosen: list[Span] = []
        for span in found:
            if not any(span.overlaps(other) for other in chosen):
                chosen.append(span)
        return chosen

    def _made(self, text: str, doc: Doc) -> Iterator[Span]:
        """Names by their last word: 飞鸟卡盟, 小飞旗舰店."""
        if not _MAY_END.search(text):
            return
        for match in self._matcher(doc, as_spans=True):
            name = _whole(_bare(match))
            if _is_name(name):
                start, end = name.start_char, name.end_char
                yield Span.cut(_ENTITIES[match.label_], text[start:end], text, start, end)


def _known(text: str, doc: Doc) -> Iterator[Span]:
    for phrase in doc.ents:
        start, end = phrase.start_char, phrase.end_char
        # 转转转 is a verb; where an advertisement was seen nothing was bought
        named = text[end : end + 1] != text[end - 1] and not _SEEN.match(text, end)
        if phrase.label_ == "platform" and named and not _is_account(text, start, end):
            yield Span.cut("platform", text[start:end], text, start, end)


def _is_account(text: str, start: int, end: int) -> bool:
    if _ACCOUNT.match(text, end) or _IDIOM.match(text, max(0, start - 2)):
        return True
    return bool(_FOR_ACCOUNT.search(text, 0, start) and _IS_ACCOUNT.match(text, end))


def _bare(match: Phrase) -> Phrase:
    """Without general words before the name and after it: 极速卡盟 of "黑心极速卡盟平台"."""
    words, start, end = match.doc, match.start, match.end
    while start < end and words[start].text in _DESCRIPTIONS:
        start += 1
    if end - start > 2 and words[end - 1].text in _LOOSE_ENDS and words[end - 2].text in PLATFORM_ENDS:
        end -= 1
    return words[start:end]


def _whole(match: Phrase) -> Phrase:
    """With the first character of names like 花田商城 and 卡小二平台, which alone is another word."""
    words, start = match.doc, match.start
    if not (len(match) and start):
        return match
    clipped = len(words[start].text) == 1 and words[start - 1].text in _CLIPPED
    nicknamed = words[start].text[0] in "小老阿" and _CARD_LEADS.search(words.text, 0, words[start].idx)
    return words[start - 1 : match.end] if clipped or nicknamed else match


def _is_name(phrase: Phrase) -> bool:
    """Does the phrase say which marketplace or shop, rather than what sort of one?"""
    words = {token.text for token in phrase}
    if words <= _GENERAL or words & NOT_A_SITE or _COUNTED.match(phrase.text):
        return False
    return phrase[-1].text not in _COMMON_ENDS or _is_used_as_name(phrase)


def _is_used_as_name(phrase: Phrase) -> bool:
    """Words like 网 and 店 end many phrases: such a name must be introduced ("在…"), used or said alone."""
    text = phrase.doc.text
    start, end = phrase.start_char, phrase.end_char
    if _USED.match(text, end) or (_BREAK.search(text, 0, start) and _BREAK_AFTER.match(text, end)):
        return True
    return bool(_INTRODUCED.search(text, 0, start))
