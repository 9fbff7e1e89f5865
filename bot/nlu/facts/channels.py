"""How it was paid: through which channel, and to a person or against an order.

The same words name other things: 微信 is where people chat, 支付宝 where refunds go. A phrase counts if its
neighbourhood is about paying, or if it is all that was said. Where money lies and goes (cards, banks, balances) is
told of more often than it is paid from: there the act of paying must stand right beside it.
"""

import re

from spacy.tokens import Doc
from spacy.tokens import Span as Phrase

from bot.nlu.facts.span import Span, mask

# Said of chatting, and of the code one is paid back by, as often as of paying.
_AMBIGUOUS = frozenset({"微信", "vx", "wx", "威信", "薇信", "v信", "维信", "wechat", "收款码"})

# Where money lies and goes as well, and what is owed: 银行卡, 零钱, 账户余额, 白条.
_PURSE = re.compile(r"银行(?!转账)|卡$|网银$|储蓄$|零钱|余额$|钱包$|白条$|花[呗贝]")

_BANK = "(?:[一-鿿]行|工商|建设|农业|招商|交通|浦发|中信|平安|民生|光大|广发|兴业|邮政)"

_NEAR = 12  # characters before a phrase that tell what it is about
_NOT_PAYING_AFTER = re.compile(
    r"(?:的|里|上|那边|这边|平台|官方|人工|也|都)*"
    r"(?:客服|群|[跟和给对向找][我他她]?(?:说|讲|聊|问)|账[户号](?!付|转)|号(?!付|上了)|聊|好友|联系|公众号|小程序"
    r"|朋友圈|头像|昵称|通知|消息|记录|截图|凭证|回单|账单(?![^，。,；;！？!?没无]{0,5}(?:扣|付款|支出))|说|问|找|查|投诉|申诉|举报|导出|流水|电子|密码|被盗|不回"
    r"|拉黑|把(?:我|款|钱)|删|退|没收到|加|发我|发给|扫码登|登录|绑定|实名|沟通|私聊|告诉|回复|提现|余额不足"
    r"|还是(?!没|不)|(?:还是|还|又|一直)*没(?:付|转|扣|充|支付)?成|[付转]不|(?:支付|付款)?(?:失败|不成功)|不支持|们|超限|还款|套现|额度|解绑|被?冻结|明细|逾期|没问题|被?限额|管不|要手续费|一刷)"
)
_ONLY_HOLDS = re.compile(r"(?:里面?)?的?花呗")  # 支付宝花呗
_NOT_PAYING_BEFORE = re.compile(
    r"(?:退[回到还给了]*(?:我的?)?|加(?:了|他|我|的|个)*|问|联系|联络|向|跟|找|投诉|举报|打到我|(?<!浦)发|聊|绑定|绑的?|再"
    r"|领|抢|送|返|(?:要|让|叫|要求)(?:我|私下)*|记录|登录?|关注|原路返?回?)$"
)
# 让我用微信再付: asked for, and done only if it says so.
_DEMANDED_BEFORE = re.compile(r"(?:[要让叫求逼]我|要求)[^，。,；;！？!?的了]{0,6}$")
_DONE_AFTER = re.compile(r"[^，。,；;！？!?]{0,6}[了的]")
_PAID_TO = re.compile(r"[转打汇付][到给进入]了?(?:他们?|她|对方|卖家|商家|老板|客服)?(?:个人)?的?$")
_PAID_TO_THEM = re.compile(r"[转打汇付][到给进入]了?(?:他们?|她|对方|卖家|商家|老板|客服|个人)(?:个人)?的?$")
_PAYING_BEFORE = re.compile(
    r"(?:用的?|通过|使用|拿|走的?|从|刷|扫|付(?:款|的|了)?(?:是|方式|渠道)?[是为用:：\s]*|和|或|加)$"
)
_PAID_FROM_BEFORE = re.compile(
    r"(?:[用扣][的了]?是?|通过|使用|拿|走的?|刷[的了]?|扫|付(?:款|的|了)?(?:是|方式|渠道)?[是为用:：\s]*|和|加)"
    rf"(?:[^，。,；;！？!?\s不没到退回给]{{0,4}}的|[我他她]|自己)?{_BANK}?$"
)
_PAID_FROM_AFTER = re.compile(
    r"(?:里面?|上|卡|的|我|尾号|账户|直接|当场|当时|自动|一次性?|分(?:了?[\d一-十]+)?期|就|又|已经?|立马|刚|被|是|一共|总共"
    r"|给(?:[他她]|对方|商家|卖家|店家?|老板)|[\s\x00]|[，,](?=[扣付刷]))*"
    r"(?:付|支付|垫|扣(?!不)|刷(?!不)|转(?!入|进|回)|买|充(?!不)|下的?单|划|拍|交(?!通|易)|扫|汇|花(?!呗))"
)
_INTO_IT = re.compile(r"(?:[到进回入至给绑]|退款?|提现|转)了?(?:我|自己|本人|原来|原)*的?$")
_PAYING_AFTER = re.compile(
    r"[^，。,；;！？!?说聊讲问让叫要]{0,6}?(?:付|转|扫|红包|收款|零钱|买|充|扣|打(?:款|钱|了|给|过)|下单|交(?!易)"
    r"|花|划|拍|刷|\d+块|支付|给(?:他|她|对方|商家|卖家|店)(?!发|打|留|说)|给的)"
)
# One of a list: "周三付的，微信，200". Not: "微信，电话都打不通".
_ITEM_BEFORE = re.compile(rf"(?:^|[，,；;。！!\s])(?:[都全]?是)?{_BANK}?$")
_ITEM_AFTER = re.compile(r"(?:$|[，,；;。！!\s])(?!\s?(?:电话|qq|短信|都|也|全|他|她|把|拉黑))")
_ANSWER = re.compile(
    r"(?:是|我|就|用|的|哦|呀|啊|吧|呢|了|嗯|那个|应该|付|款|支付|方式|渠道|通过|走|直接|好像|和|还有|不|\W|\x00)*"
)


def find(text: str, seen: str, doc: Doc) -> list[Span]:
    """`pay_channel` and `pay_method` spans; their values are ids of the lexicon. `seen` is the text of `doc`."""
    ways = [phrase for phrase in doc.ents if phrase.label_ in {"pay_channel", "pay_method"}]
    if not ways:
        return []
    if not _are_whole_answer(seen, ways):
        pairs = zip(ways, [None, *ways], strict=False)
        ways = [phrase for phrase, before in pairs if _is_about_paying(seen, phrase, before)]
    used = [phrase for phrase in ways if not _is_part_or_destination(seen, phrase)]
    # 转到他银行卡 tells the channel only where nothing better does.
    told = used if any(phrase.label_ == "pay_channel" for phrase in used) else ways
    return [Span.cut(phrase.label_, phrase.ent_id_, text, phrase.start_char, phrase.end_char) for phrase in told]


def _are_whole_answer(text: str, ways: list[Phrase]) -> bool:
    """Is nothing else said than ways of paying? ("微信", "是支付宝付的")"""
    return bool(_ANSWER.fullmatch(mask(text, ((phrase.start_char, phrase.end_char) for phrase in ways))))


def _is_about_paying(text: str, phrase: Phrase, before: Phrase | None) -> bool:
    start, end = phrase.start_char, phrase.end_char
    near = max(0, start - _NEAR)
    if _NOT_PAYING_AFTER.match(text, end) or _NOT_PAYING_BEFORE.search(text, near, start):
        return False
    if _DEMANDED_BEFORE.search(text, near, start) and not _DONE_AFTER.match(text, end):
        return False
    if before and text[before.end_char : start] == "还是":
        return False
    if not (phrase.text in _AMBIGUOUS or _is_purse(phrase)):
        return True
    if _ITEM_BEFORE.search(text, near, start) and _ITEM_AFTER.match(text, end):
        return True
    if _is_purse(phrase):
        return _is_paid_from(text, phrase)
    return bool(_PAYING_BEFORE.search(text, near, start) or _PAYING_AFTER.match(text, end))


def _is_purse(phrase: Phrase) -> bool:
    return phrase.label_ == "pay_channel" and bool(_PURSE.search(phrase.text))


def _is_paid_from(text: str, phrase: Phrase) -> bool:
    """银行卡 of "银行卡付的"; to him only it may also be sent ("转到他银行卡")."""
    start, end = phrase.start_char, phrase.end_char
    near = max(0, start - _NEAR)
    if _PAID_TO_THEM.search(text, near, start):
        return True
    if _INTO_IT.search(text, near, start):
        return False
    return bool(_PAID_FROM_BEFORE.search(text, near, start) or _PAID_FROM_AFTER.match(text, end))


def _is_part_or_destination(text: str, phrase: Phrase) -> bool:
    """支付宝 of "支付宝花呗", 银行卡 of "转到他银行卡"."""
    start, end = phrase.start_char, phrase.end_char
    if phrase.label_ != "pay_channel":
        return False
    return bool(_PAID_TO.search(text, max(0, start - _NEAR), start) or _ONLY_HOLDS.match(text, end))
