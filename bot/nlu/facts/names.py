"""Marketplaces and shops: those of the lexicon, and unheard-of ones by how their names are made."""

import re
from collections.abc import Iterator
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens import Span as Phrase

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
_LOOSE_ENDS = frozenset({"平台", "网站"})
_COMMON_ENDS = frozenset({"平台", "网", "店", "小店", "网店", "商行", "工作室"})
_INTRODUCED = re.compile(r"(?:在|从|叫|是|到|去|上|用|名为|[：:“「])\s?$")
_COUNTED = re.compile(r"[一二两三四五六七八九十百千万几好]+[块个次天年月元]|[一两三四五六七八九十几好]+家")
_USED = re.compile(r"[上里]?(?:买|充|付|下单|拍)")
_BREAK = re.compile(r"(?:^|[，,。；;！!？?\s])$")
_BREAK_AFTER = re.compile(r"$|[，,。；;！!？?\s]")
_SEEN = re.compile(r"[上里]?(?:的?直播间?)?(?:看[到见]|刷到|搜到|种草)")
_GENERAL = GENERIC | PLATFORM_ENDS | SHOP_ENDS
_DESCRIPTIONS = GENERIC - set("小大老新好")  # 小飞旗舰店 is all name

_CLIPPED = frozenset("花天千")

_OPEN, _CLOSE = "「“\"《『【‘'", "」”\"》』】’'"
_QUOTED = re.compile(
    rf"""
    (?P<kind> 平台|网站|网址|网店|店铺|店|商家|卖家|商户|公众号|小程序|app|卡盟|商城 )
    (?:的?(?:名字|名称|昵称|名))? (?:叫做?|是)? [:：]?
    [{_OPEN}] (?P<name> [^{_OPEN}{_CLOSE}]{{2,20}} ) [{_CLOSE}]
  | [{_OPEN}] (?P<name2> [^{_OPEN}{_CLOSE}]{{2,20}} ) [{_CLOSE}] (?:这[个种家]|那[个种家]|的)?
    (?P<kind2> 平台|网站|卡盟|店铺|店|商家|卖家|公众号|小程序|app )
    """,
    re.VERBOSE,
)
_TITLED = re.compile(
    rf"[{_OPEN}](?P<name>[^{_OPEN}{_CLOSE}，。]{{1,12}}(?:(?P<kind>旗舰|专营|专卖)店|卡盟|数卡|卡铺|商城|网))[{_CLOSE}](?P<kind2>)"
)
_CALLED = re.compile(
    r"""
    (?: (?P<kind> 平台|网站|店[铺家主]?|商家|卖家|商户|老板|掌柜|卡盟|公众号|小程序 )
        (?: (?:的?(?:名字|名称|昵称|名)) (?:叫做?|是|[:：]) | 叫做?|[:：] )
      | (?:一个|一家|个|家) 叫做? )
    \s? (?P<name> [a-z\d一-鿿]{2,12}? )
    (?: 的 (?P<kind2> 平台|网站|卡盟|网|[小网]?店铺?|商家|卖家|公众号|小程序)?
      | (?=[，。,.!！?？；;、\s]|$|(?:买|付|(?<![代秒直快慢])充(?!值(?:[，。\s]|$))|用)(?!的)
          |不|没|里|上|跑|骗|现在|客服) )
    """,
    re.VERBOSE,
)
_COMPANY = re.compile(
    r"(?:^|[\s，。；、：:“「]|[是叫给被在找告和]|收款[方人]|显示|商户|全称|主体|公司名称?)"
    r"(?P<name>(?!收款|商户|公司|显示)(?:(?![是叫给被的了])[a-z\d一-鿿（）()]){2,24}?有限(?:责任)?公司)"
)
_DOMAIN = re.compile(
    r"(?<![a-z\d@.-])(?:https?://)?(?:www\.)?"
    r"(?P<name>(?:[a-z\d][a-z\d-]*\.)+"
    r"(?:com|cn|net|top|xyz|cc|vip|shop|club|site|org|info|online|store|icu|me|co|io|pro|fun|ltd|work))"
    r"(?![a-z\d-])"
)
# Who takes complaints and who only moves the money.
_OFFICIAL = re.compile(
    r"12315|12321|12377|tousu|gov\.cn|weixin|alipay|tenpay|qq\.com|支付|财付通|银联|银行|中国(?:移动|联合|联通|电信)"
)
_SHOPS = frozenset(
    {"旗舰", "专营", "专卖", "店", "店铺", "店家", "店主", "网店", "小店", "商家", "卖家", "商户", "老板", "掌柜"}
)
_NO_NAME = re.compile(r"什么|啥|哪|不知道|忘|记不|这|那|没有|一样|名|对方|我|你|他|她|另")


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

    def find(self, text: str, doc: Doc) -> list[Span]:
        """Names as written in `text`; where two overlap the longer one, or else the one that is spelled out."""
        found = [*_known(text, doc), *_told(text, doc.text), *self._made(text, doc)]
        found.sort(key=lambda span: (span.start - span.end, span.start))
        chosen: list[Span] = []
        for span in found:
            if not any(span.overlaps(other) for other in chosen):
                chosen.append(span)
        return chosen

    def _made(self, text: str, doc: Doc) -> Iterator[Span]:
        """Names by their last word: 飞鸟卡盟, 小飞旗舰店."""
        for match in self._matcher(doc, as_spans=True):
            name = _whole(_bare(match))
            if _is_name(name):
                start, end = name.start_char, name.end_char
                yield Span.cut(_ENTITIES[match.label_], text[start:end], text, start, end)


def _known(text: str, doc: Doc) -> Iterator[Span]:
    for phrase in doc.ents:
        start, end = phrase.start_char, phrase.end_char
        # 转转转 is a verb; where an advertisement was seen nothing was bought
        if phrase.label_ == "platform" and text[end : end + 1] != text[end - 1] and not _SEEN.match(text, end):
            yield Span.cut("platform", text[start:end], text, start, end)


def _bare(match: Phrase) -> Phrase:
    """Without general words before the name and after it: 极速卡盟 of "黑心极速卡盟平台"."""
    words, start, end = match.doc, match.start, match.end
    while start < end and words[start].text in _DESCRIPTIONS:
        start += 1
    if end - start > 2 and words[end - 1].text in _LOOSE_ENDS and words[end - 2].text in PLATFORM_ENDS:
        end -= 1
    return words[start:end]


def _whole(match: Phrase) -> Phrase:
    """With the first character of names like 花田商城, which alone is another word."""
    words, start = match.doc, match.start
    clipped = len(match) and start and len(words[start].text) == 1 and words[start - 1].text in _CLIPPED
    return words[start - 1 : match.end] if clipped else match


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


def _told(text: str, lower: str) -> Iterator[Span]:
    """Names people spell out: in quotation marks, after "叫", or as an address."""
    for pattern in (_QUOTED, _TITLED, _CALLED, _DOMAIN, _COMPANY):
        for match in pattern.finditer(lower):
            group = "name" if match["name"] else "name2"
            start, end = match.span(group)
            entity = _kind(match)
            if entity and not (_NO_NAME.search(match[group]) or _OFFICIAL.search(match[group])):
                yield Span.cut(entity, text[start:end], text, start, end)


def _kind(match: re.Match[str]) -> str:
    """platform or merchant; nothing for who may be just a person ("一个叫张伟的")."""
    if match.re in {_DOMAIN, _COMPANY}:
        return "platform" if match.re is _DOMAIN else "merchant"
    said = {match["kind"], match["kind2"]} - {None}
    return ("merchant" if said & _SHOPS else "platform") if said else ""
