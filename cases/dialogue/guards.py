"""What must be noticed in any message, whatever else it is about. Pure functions over `data/knowledge/guards.yml`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from cases import plain_text
from cases.knowledge.schema import Guard

# Whose script is said when a message holds several: a life first, then a loss that goes on, then what we refuse.
PRECEDENCE = ("care", "stop", "refuse")

# What many patterns of guards.yml share. They write `<child>`, and `<..>` for a few words between.
WORDS: Mapping[str, str] = {
    ".": "[^,。;?!]{0,8}",
    "..": "[^。;?!]{0,16}",
    "...": "[^。?!]{0,30}",
    "they": "他们?|她们?|对方|客服|卖家|商家|平台|店家|店主|老板|群主|骗子|那人|那个人|人家|专员|主管|财务",
    "want": "要求|非要|要|让|叫|喊|催|逼|骗|哄|教|请",
    "me": "我妈|我爸|我爷爷?|我奶奶?|我婆婆|我们|我|老人|孩子|他|她",
    "pay": "交|付|转|打|缴|存|充|拍|垫|补|汇|刷|投",
    "back": "退|返还|返本|还给我|还我|解冻|解封|解锁|提现|放款|打款|提出来|拿回|追回",
    "fee": "保证金|押金|手续费?|工本费|服务费|诚意金|差额|流水|税|罚金|会费|定金|滞纳金|备付金|保管费|担保",
    "code": "验证码|短信码|动态码|校验码|登录码|付款码|[六6]位数|支付密码|银行卡密码|取款密码",
    "account": "银行卡|储蓄卡|信用卡|工资卡|卡里|卡上|账户|支付宝|微信|零钱|余额宝?|花呗|白条",
    "kid": "孩子|小孩|小朋友|小家伙|娃儿?|娃娃(?!机)|崽崽?|孙[子女]|<sibling>|侄[子女儿]|外甥女?",
    "sibling": "弟弟|(?<!客服)妹妹|[表堂][弟妹]",
    "child": "<kid>|儿子|女儿|闺女|(?<=[我家])姑娘|双胞胎|老二|家里?小子",
    "age": "(?<![0-9一二三四五六七八九十几百])([3-9]|1[0-7]|[三四五六七八九]|十[一二三四五六七]?)(周)?岁",
    "ask": "<help>|能|可不可以|可以|怎么|怎样|如何|想|要不|行不行|找人|干脆|不如|我去|办法|软件",
    "help": "帮我|帮忙|替我|给我|教我",
    "others": "商家|卖家|客服|平台|对方|他们?|她|骗子|店家|有人|买家|人家|说我",
    "forchild": "(给|为|帮|替|送)<.><child>[^,。;?!]{0,5}(买|充|开|订|报|办|续|交|缴|配|换)",
}


def announced(text: str, intent: str, is_sure: bool, guards: Iterable[Guard]) -> Guard | None:
    """The one guard a message is answered with, before anything else; `None` if there is none.

    Among those of one manner the words of the message decide, then its intent if that is sure. Despair is heard
    however unsure the intent is.
    """
    plain, known = plain_text.plain(text), tuple(guards)
    for manner in PRECEDENCE:
        of_manner = [guard for guard in known if guard.manner == manner]
        heeded = is_sure or manner == "care"
        found = _named(plain, of_manner) or (_meant(plain, intent, of_manner) if heeded else None)
        if found is not None:
            return found
    return None


def noticed(text: str, guards: Iterable[Guard], intent: str | None = None) -> list[Guard]:
    """The guards to be mentioned beside whatever else is done. `intent` is that of the message, if it is sure."""
    plain = plain_text.plain(text)
    asides = [guard for guard in guards if guard.manner == "aside"]
    return [guard for guard in asides if is_named(plain, guard) or (intent is not None and guard.intent == intent)]


def is_named(plain: str, guard: Guard) -> bool:
    """Whether a normalised text says it in words that need no intent."""
    if any(word in plain for word in guard.unmistakable):
        return True
    return any(pattern_of(notice).search(plain) for notice in guard.notices)


@cache
def pattern_of(notice: str) -> re.Pattern[str]:
    """A notice with its words filled in. Raises `KeyError` for a word that `WORDS` does not have."""
    while (filled := re.sub(r"<([a-z]+|\.+)>", lambda word: f"(?:{WORDS[word[1]]})", notice)) != notice:
        notice = filled
    return re.compile(notice)


def _named(plain: str, guards: Sequence[Guard]) -> Guard | None:
    return next((guard for guard in guards if is_named(plain, guard)), None)


def _meant(plain: str, intent: str, guards: Sequence[Guard]) -> Guard | None:
    """Of the guards that the intent announces, the one with a cue in the text, else the first."""
    of_intent = [guard for guard in guards if guard.intent == intent]
    cued = (guard for guard in of_intent if any(cue in plain for cue in guard.cues))
    return next(cued, of_intent[0] if of_intent else None)
