"""How it was paid: through which channel, and to a person or against an order.

The same words name other things: 微信 is where people chat, 支付宝 where refunds go. A phrase counts if its
neighbourhood is about paying, or if it is all that was said.
"""

import re

from spacy.tokens import Doc
from spacy.tokens import Span as Phrase

from bot.nlu.facts.span import Span

_CHAT_APPS = frozenset({"微信", "vx", "wx", "威信", "薇信", "v信", "维信", "wechat"})

_NOT_PAYING_AFTER = re.compile(
    r"(?:的|里|上|那边|这边|平台|官方|人工|也|都)*"
    r"(?:客服|群|号(?!付)|聊|好友|联系|公众号|小程序|朋友圈|头像|昵称|通知|消息|记录|截图|凭证|回单|账单|说|问|找|查"
    r"|投诉|申诉|举报|导出|流水|电子|密码|被盗|不回|拉黑|把我|删|退|没收到|加|发我|发给|扫码登|登录|绑定|实名|沟通|私聊|告诉|回复|提现|余额不足)"
)
_NOT_PAYING_BEFORE = re.compile(
    r"(?:退[回到还给]*(?:我的?)?|加(?:了|他|我|的|个)*|问|联系|联络|向|跟|找|投诉|举报|打到我|发|聊|绑定|绑的?|再|领|抢|送|返"
    r"|(?:要|让|叫|要求)(?:我|私下)*|记录|登录?|关注|原路返?回?)$"
)
_PAYING_BEFORE = re.compile(
    r"(?:用的?|通过|使用|拿|走|从|刷|扫|付(?:款|的|了)?(?:是|方式|渠道)?[是为用:：\s]*|和|或|加)$"
)
_PAYING_AFTER = re.compile(
    r"[^，。,；;！？!?]{0,6}?(?:付|转|扫|红包|收款|零钱|买|充|扣|打(?:款|钱|了|给|过)|下单|交(?!易)|花|划|拍|刷|\d+块|支付"
    r"|给(?:他|她|对方|商家|卖家|店))"
)
_ANSWER = re.compile(
    r"(?:是|我|就|用|的|哦|呀|啊|吧|呢|了|嗯|那个|应该|付|款|支付|方式|渠道|通过|走|直接|好像|和|还有|不|\W|\x00)*"
)


def find(text: str, doc: Doc) -> list[Span]:
    """`pay_channel` and `pay_method` spans; their values are ids of the lexicon."""
    return [
        Span.cut(phrase.label_, phrase.ent_id_, text, phrase.start_char, phrase.end_char)
        for phrase in doc.ents
        if phrase.label_ in {"pay_channel", "pay_method"} and _is_about_paying(phrase)
    ]


def _is_about_paying(phrase: Phrase) -> bool:
    text = phrase.doc.text
    start, end = phrase.start_char, phrase.end_char
    if _is_whole_answer(phrase):
        return True
    if _NOT_PAYING_AFTER.match(text, end) or _NOT_PAYING_BEFORE.search(text, 0, start):
        return False
    if phrase.text not in _CHAT_APPS:
        return True
    return bool(_PAYING_BEFORE.search(text, 0, start) or _PAYING_AFTER.match(text, end))


def _is_whole_answer(phrase: Phrase) -> bool:
    """Is nothing else said than ways of paying? ("微信", "是支付宝付的")"""
    rest = phrase.doc.text
    for other in reversed(phrase.doc.ents):
        if other.label_ in {"pay_channel", "pay_method"}:
            rest = rest[: other.start_char] + rest[other.end_char :]
    return bool(_ANSWER.fullmatch(rest))
