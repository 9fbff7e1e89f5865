"""Which part a sum plays: paid, arrived, come back, or none of them.

It is told by the last telling word before the sum in its clause ("付了", "到账", "退") and by what follows it.
"""

import re
from collections.abc import Sequence

from bot.nlu.facts import returned
from bot.nlu.facts.figures import Figure

LISTED = frozenset({"none", "bought", "paid"})
"""Parts that give way to a sum said to be the one paid in the end."""

_FEE = (
    r"(?:(?:手续|服务|诉讼|包赔|认证|鉴定|保管|代理|加急|[解激]\w|中介|快递|律师|工本|提现|通道|违约|滞纳|运|邮)费"
    r"|保证金|税)"
)
# Other money of the person's: sent to family and customers, put by in a bank.
_TO_OTHERS = (
    r"(?:给(?:我|咱|他|她)?(?:客户|家里|老家|[爸妈]妈?|爷爷|奶奶|儿子|女儿|孩子|老[婆公]|媳妇|弟弟?|妹妹?|哥哥?|姐姐?"
    r"|同事|员工|亲戚)[转打汇](?:账|钱|款)?(?:了|过去)*|借给[^，。]{1,4}?了?(?=\s?$)|银行[^，。]{0,3}存[了的]?)"
)
# Not done yet; with 了, 过 or 的 after it it is.
_PLANNED = (
    r"(?:(?:(?<![没料])想(?![到不问说请退知拿把告投咨])|打算|准备(?!金)|计划)[^，。了过的]{0,6}?[充冲买付转开办拍订交报续存]"
    r"|(?<![恐可不])怕|(?<![只需不])要[充买])"
)
# The telling words. At one place the first alternative that fits wins, so the longer come first.
_ROLES = re.compile(
    rf"""
    (?P<none> (?:没有?|未|不|还没)(?:到|收到|到账|给) | 到(?:现在|今天|目前|期|底|处|时候|店|家|哪)
        | [等找拖遇看直得达感提砍讲谈说充冲打转汇降折搞弄跳排攒]到(?![账帐手])
        | 给了?我(?![爸妈爷奶老儿女弟妹哥姐]|了?\s?$|了?[充发冲][了的]?\s?$) | 退[掉货]的那[^，。]*(?=\s?$) )
  | (?P<other> 退款金额 | 退款?(?:[已都只就才]经?)*(?:到账|到帐|到) | 退(?:[了给我回还的])*(?:本金|押金)
        | 没有?(?:付|充|买|转|花|交|打|扣)[过款]? | [少多另]外?(?:充|冲|付|收|扣|交|给)+了?
        | [讨要追转打退还返汇][回还](?!我[的那]) | [转打汇]过?进?来
        | 退 | 赔 | 补偿 | 索要? | 返 | 送 | 赠 | 优惠 | 满 | 减 | 便宜 | 贵 | 少 | 差(?!不多) | 欠 | 罚
        | {_PLANNED}[^了过的]*(?=\s?$) | {_TO_OTHERS}
        | {_FEE}(?:[又还也就被给另外单独都])*[扣收付交花要]?
        | 每[天日周月年次笔张个份]?(?:自动|都|要|会|就|再)*[扣收付交充]?
        | (?:支付宝|微信|零钱|余额宝|银行卡)里?(?:刚|已经?|又)*(?:收到|到账|到了?)
        | 我[^，。]{{0,4}}里面?[就才]?[只才]?有 | (?:余额|面值)(?:显示|写的?|是|[还只剩有])* | 剩[下余的那]* | [还只]有
        | 还是(?=\s?$) | 限额 | 额度 | 充值?[之以]前
        | (?:再|还要|要我|让我|叫我|需要?我?|先|补|必须|得)(?:先|再|多|去|给他?)*
          (?:支付|充值|转账|付款|交|付|充|转|打|缴|收)(?!了|的|过)(?:押金)?
        | (?:(?<!短信)说好?|承诺|答应|保证)(?:是|会|要|能|可以|足额)*(?:到账|到帐|到|给) | 说好 | 承诺 | 答应 | 保证
        | (?:本来|应该?|本该)(?:是|会|要)*(?:到账|到帐|到|给)
        | 想?要(?!买|充) | 原价 | 标价 | 市场价 | 官方价 | 官网 | 各 | 单价 | 当(?=\s?$)
        | 超过 | 不到 | 低于 | 以[上下] | [升加涨降改变缩][到成为]了? | 从(?=\s?$)
        | 今年 | 得到? | 抵 | 版本? | qq | 群 | 客服 | 第(?=\s?$) )
  | (?P<delivered> (?:只|才|就|仅|实际|实)*(?:到账|到帐|到手|收到|拿到|进账|进来)(?:了|的)?(?:金额|数额)?
          (?:[只才]有|是)?
        | 绑(?:上|定|进去)后?[只才就]有? | 实到 | 实际[只才就]?充进[去来][了的]*(?:[只才]有|是)?
        | (?<!我)[只才](?:给|发)我?(?:充|发|冲)了? | [只才就]?给我(?:充|发|冲)[了的]?(?=\s?$)
        | (?:^|(?<=[只才就实仅共也又却我上里了次遍笔号费币卡券钱果际]))到(?=了?\s?$) )
  | (?P<held> (?<!我)[只才](?:给|发)了?我?了? | 就(?:给|发)了?我了? | 给了?我(?=了?\s?$) | [只才就]加了?
        | [只才就]充进[去来]了? | 充进[去来][了的]*[只才就]有? | 绑(?:上|定|进去)后?
        | (?<!银行)(?<!信用)卡[里上内]的?余额[只才就]有?
        | 短信[里上]?(?:一[看查]|显示|写[的着]?)(?:是|[只才就])*[充到进]了?
        | 里(?:面|头|边)?[就才]?[只才]有 | [圈打刷]进去 | 上账
        | 一[刷查看扫](?:[只才就]?有|里[面头]|才)? | 显示(?!付|支付|扣) )
  | (?P<deposit> 押金[交付给扣收是要我了的]* )
  | (?P<net> 实(?:际)?(?:付|支付|花|扣)(?:款|了|金额)* )
  | (?P<total> 一共 | 前后(?!脚) | 总共 | 合计 | 总计 | 拢共 | 加(?:起来|(?:在)?一[块起]) | 共(?!享|同|用) )
  | (?P<paid> 付 | 支付 | 花 | 卖 | 售价 | 价格 | 金额 | 价钱 | 总价 | 费用 | 本金 | 损失 | 砸
        | 转 | 打款 | 打给 | 打过去 | 汇 | 扣 | 收 | 骗 | 坑 | (?:把我|我[的那这]个?)(?=\s?$) )
  | (?P<bought> 充进[去来] | (?<![线以底天])下[了的]个?单?(?=\s?$) | (?:[一半两三]年|[一半两三]个[月季]度?)的(?=\s?$)
        | 那(?:张[^，。卡]{{0,3}}票|[单笔])是?(?=\s?$) | 充 | 冲 | 买 | 拍 | 下单 | 交 | 订 | 购 | 办 | 开通? | 刷 | 扫
        | 投 | 预存 | 储值 | 发[了给] | 给 | 补[了交付] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEAR = 14  # characters before a sum that tell which one it is
_CLAUSE_END = re.compile(r"[，。！？；,!?;\n、]|\s(?!\d|$)")

# Right after a figure: it was taken back, is a fee, a gift or a value printed on a card, or one of several.
_DISOWNED = re.compile(
    rf"[的是]?(?:{_FEE}|号[码充上里]|定期|死期|活期|存款|理财|工资|赔偿|补偿|优惠|折扣|券|代金|面值|余额|额度"
    r"|没了都|都不[退给]|(?:已经|都|全)?(?:退(?:了|回|给我了)(?!我?\s?\d)|还(?:给)?我了|(?:原样)?转回|回到)"
    r"|(?:起|以[上下内]|[开打]头|结尾)|\w{0,4}(?:比索|台币|里拉|卢布|韩元|卢比)|[x*×]\d|\s?[-~至]\s?\d"
    r"|[一每][张份套件个次笔单条人位盒](?=[，。,；;\s]|$|的?[买充付拍])|[送返赠抵]\d+[块元]?(?:的|[那这]种)*(?:活动|优惠))",
)
_DEPOSIT = re.compile(r"的?押金")
_OFFER = re.compile(r"(?:就|再)?[送返赠抵得]\s?\d")
_SETTLED = re.compile(r"的?(?:已经|都|倒是)?(?:到了|到账了|成功了?|没问题|没事|正常)(?=[，。！；,;!\s])")
_CONDITION = re.compile(r"就(?!没)")  # 到100就进不来了
_ARRIVED = re.compile(r"(?:已经)?(?:到账|到帐|到了)")
_ONLY = re.compile(r"[只才就仅](?:有|是)?\s*$")
_BOUGHT = re.compile(r"\s?(?:我?[都已]?经?付[完了的过]|买|拍|购|抢|拿下|入手|[充刷收]的|下的?单)")
_PIECES_BEFORE = re.compile(r"(?:(?:[2-9两二三四五六七八九十]|\d\d)[张个份次笔单][各的]?|(?<!第)一[次笔])$")
_EACH_BEFORE = re.compile(r"(?<![第了过])一[张条单人位件盒瓶份]\s?$")  # 一人5块; 一张98的卡 is the one bought
_AGAIN = re.compile(r"又|另外|后来|再次|第[二三四]")
# A thing bought in its stead because of the trouble, when the first is told apart: "原来那张880，临时又花了1460".
_FIRST = re.compile(r"原[来先]|那[张个单笔]|当[时初]")
_INSTEAD = re.compile(r"又(?:另外?|重新|临时|自己)*[花订买打]|临时|重新|另外?[花找订买]|只[好能得]|不得不")
# Messages, each of a part that arrived: "充了300，短信每条50，加起来150".
_IN_PARTS = re.compile(
    r"(?:短信|到[账帐]|收到|到了|来了)[^。！？!?]*(?:每[条次笔张]|[\d一两三四五六七八九十]条)|[次笔]到的?[，,]"
)
_DENIED = re.compile(r"不是(?:说|我)?\s?$")
_RATHER = re.compile(r"[，,]?\s?(?:而|其实|实际|应该|我)*是")


def of(text: str, figure: Figure, before: Sequence[Figure]) -> str:
    """none, other, delivered, held, returned, deposit, offer, settled, net, total, paid, bought, again; range (1到2元).

    `before` are the figures before it, with their parts.
    """
    clause = text[_clause_start(text, figure, before) : figure.start]
    if returned.is_told(text, figure.start, figure.end, clause):
        return "returned"
    if _DISOWNED.match(text, figure.end) or _is_each(text, clause, figure.end):
        return "other"
    if _ONLY.search(clause) and _ARRIVED.match(text, figure.end):
        return "delivered"
    if clause == "到" and before:
        return "delivered" if figure.yuan < before[-1].yuan else "range"
    if before and _is_correction(text, before[-1], figure):
        return before[-1].role
    role = _changed_by_what_follows(_last(clause), text, figure.end)
    if role in {"bought", "paid"} and _is_instead(text, clause, before):
        return "other"
    if role == "total" and _IN_PARTS.search(text, 0, figure.start) and not re.search("[付花充转买拍]", clause):
        return "held"
    return "again" if role in LISTED and role != "none" and _AGAIN.search(clause) else role


def _is_each(text: str, clause: str, end: int) -> bool:
    return bool(_PIECES_BEFORE.search(clause) or (_EACH_BEFORE.search(clause) and not text.startswith("的", end)))


def _is_instead(text: str, clause: str, before: Sequence[Figure]) -> bool:
    told_apart = any(_FIRST.search(text, max(0, first.start - _NEAR), first.start) for first in before)
    return told_apart and bool(_INSTEAD.search(clause))


def _changed_by_what_follows(role: str, text: str, end: int) -> str:
    if role == "other":
        return role
    if _DEPOSIT.match(text, end):
        return "deposit"
    if role in LISTED and _OFFER.match(text, end):
        return "offer"
    if role in LISTED and _SETTLED.match(text, end):
        return "settled"
    if role == "delivered" and _CONDITION.match(text, end):
        return "other"
    return "bought" if role == "none" and _BOUGHT.match(text, end) else role


def _clause_start(text: str, figure: Figure, before: Sequence[Figure]) -> int:
    start = before[-1].end if before else 0
    breaks = [match.end() for match in _CLAUSE_END.finditer(text, start, figure.start)]
    return breaks[-1] if breaks else start


def _last(clause: str) -> str:
    roles = [match.lastgroup or "none" for match in _ROLES.finditer(clause)]
    last = roles[-1] if roles else "none"
    return "total" if "total" in roles and last in LISTED else last


def _is_correction(text: str, denied: Figure, figure: Figure) -> bool:
    """ "付的不是200，是300": the second plays the part of the first."""
    return bool(_DENIED.search(text, 0, denied.start) and _RATHER.fullmatch(text, denied.end, figure.start))
