"""The day of the payment, as an ISO date, told from any other day a person mentions."""

import re
from collections.abc import Iterator, Sequence

from bot.nlu.facts.days import Day
from bot.nlu.facts.negation import is_denied
from bot.nlu.facts.span import Span, mask

# What a day is about is told by the first such word after it, else by the last one before it. With none at
# all it is the answer to our question, if its clause says nothing else.
_TOPIC = re.compile(
    r"""
    (?P<other> 提交 | 跳转 | 转(?:[圈人告述回还]|给?我|过来) | [打点关]开 | 更新 | 开始 | [让叫要]我
        | 联系 | 联络 | 问 | 找 | [说讲催退关跑看登删告诉] | 投诉 | 拉黑 | 承诺 | 答应 | 保证
        | 预计 | 回复 | 打电话 | 申请 | 举报 | 报警 | 没到 | 未到 | 没收到 | 不到 | 失效 | 封 | 到期 | 有效 | 截止
        | 到[账帐了货] | 收到 | 收货 | 客服 | 发(?!红包|了红包) | 通知 | 提示 | 显示 | 注销 | 不能
        | 给我(?![爸妈爷奶老儿女弟妹哥姐孩朋同家自对媳闺外])
        | [用打登](?:不了|不开|不上) | 起诉 | 受理 | 处理 | 解决 | 聊 | 之前 | 以前 | 前(?:到|退|给) )
  | (?P<pay> (?<!赔)付 | 充 | 冲 | 买 | 下单 | 下的 | 拍 | 转 | 打款 | 打的?钱 | 购 | 花
        | 开通 | 开(?![门心口庭]|不开)的? | 刷 | 办
        | 订 | 交易 | 成交 | 扫 | 续费 | 储值 | 缴 | 给的?钱 | 给了钱 | 红包 | 骗 | 坑 | 抢 | 消费
        | 交(?![给到][^，。]{0,3}(?:平台|法院|警|[局所]|消协|工商|12315|窗口)|上去|了?(?:材料|申请|诉|证据|表|资料))
        | 金额 | ¥ | [那这][笔单] | 的订?单 | 走的(?!时候) | ^的(?!事|时候) )
    """,
    re.VERBOSE,
)
_UNTIL = re.compile(
    r"(?:到|至|截止|等到?|拖到?|直到|预计|最[晚迟]|说(?!一[下声说]|下我|明)|承诺|答应|保证|有效期|自|从)[^，。！？,；;!?\s]{0,3}$"
    r"|(?:今天|现在)[都已经是就又]*$"
)
_AS_NOW = re.compile(r"[都已经是就又\s]*")
_BEFORE_IT = re.compile(r"(?:之|以)?前(?!台|面)")
_JOINED = re.compile(r"和|跟|、|还有|及")
_CLAUSE_END = re.compile(r"[，。！？；,!?;\n]")
_ANSWER = re.compile(
    r"(?:是|在|就|我|记得|记错|了|大概|大约|差不多|好像|应该|因该|其实|不是|那天|当天|时间|日期|左右|前后"
    r"|的|吧|哦|呢|啊|呀|嗯|快|也|\W)*"
)


def find(text: str, said: Sequence[Day]) -> list[Span]:
    """`paid_at` spans among the days `said` in `text`, never in the future. Of several such days none is the one."""
    told = [(topic, span) for topic, span in _told(text, said) if not is_denied(text, span)]
    # A bare day beside one that was paid on is no answer: "周五付的钱，今天周日了".
    wanted = "pay" if any(topic == "pay" for topic, _ in told) else "answer"
    spans = [span for topic, span in reversed(told) if topic == wanted]
    return spans if len({span.value for span in spans}) == 1 else []


def _told(text: str, said: Sequence[Day]) -> Iterator[tuple[str, Span]]:
    """Every day said that is not to come, with what it is about, the last first."""
    starts = [day.start for day in said] + [len(text)]
    rest = mask(text, (day.match.span() for day in said))
    topic = "other"
    for day, until in reversed([*zip(said, starts[1:], strict=True)]):
        if not _JOINED.fullmatch(text, day.match.end(), until):  # in "周三和周四充的" both are about the same
            topic = _topic(text, day.match, until, rest)
        told = day.told
        if told and told <= day.now.date():
            yield topic, Span.cut("paid_at", told.isoformat(), text, day.start, day.end)


def _topic(text: str, match: re.Match[str], until: int, rest: str) -> str:
    """What the day at `match` is about: pay, other, or answer where its clause says nothing else in `rest`."""
    start, end = match.span()
    if _UNTIL.search(text, 0, start) or _BEFORE_IT.match(text, end):
        return "other"
    if until < len(text) and match[0].startswith("今") and _AS_NOW.fullmatch(text, end, until):
        return "other"  # 今天22号了
    if after := _TOPIC.search(text[end:until]):
        return str(after.lastgroup)
    before = _CLAUSE_END.split(text[:start])[-1]
    if topics := list(_TOPIC.finditer(before)):
        return str(topics[-1].lastgroup)
    clause = _CLAUSE_END.split(rest[:start])[-1] + _CLAUSE_END.split(rest[end:])[0]
    return "answer" if _ANSWER.fullmatch(clause) else "other"
