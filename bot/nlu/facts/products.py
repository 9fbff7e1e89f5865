"""What was bought: phrases of the lexicon, with the tier and duration said right after them."""

from spacy.tokens import Doc
from spacy.tokens import Span as Phrase

from bot.nlu.facts.span import Span

_EXTENSIONS = frozenset(
    {"会员", "大会员", "超级会员", "年费会员", "年费", "月费", "包年", "包季", "包月", "vip", "svip"}
    | {
        "年卡",
        "半年卡",
        "季卡",
        "月卡",
        "周卡",
        "天卡",
        "永久卡",
        "永久",
        "充值卡",
        "卡密",
        "激活码",
        "兑换码",
    }
    | {"点券", "点卡", "皮肤", "账号", "代充", "直充"}
)
_GENERIC = frozenset(
    {"会员", "vip", "svip", "年卡", "季卡", "月卡", "周卡", "卡密", "激活码", "兑换码", "充值卡"}
    | {"点卡", "点券", "账号", "流量", "皮肤", "代充", "代练"}
)


def find(text: str, doc: Doc) -> list[Span]:
    """`product` spans, as said. A general word ("会员") is left out where the text names a product."""
    found = [_extended(text, phrase) for phrase in doc.ents if phrase.label_ == "product"]
    named = [span for span in found if span.text.lower() not in _GENERIC] or found
    return [span for span in named if not any(_is_part(span, other) for other in named)]


def _extended(text: str, phrase: Phrase) -> Span:
    doc, end = phrase.doc, phrase.end
    while end < len(doc) and doc[end].text in _EXTENSIONS:
        end += 1
    last = doc[end - 1]
    start, stop = phrase.start_char, last.idx + len(last.text)
    return Span.cut("product", text[start:stop], text, start, stop)


def _is_part(span: Span, other: Span) -> bool:
    """ "话费" beside "移动话费" says nothing new."""
    return span.text != other.text and span.text.lower() in other.text.lower()
