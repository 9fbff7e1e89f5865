"""How far a purchase has come, in the words of screens and messages. Pure."""

import re

from cases.evidence.reading import names
from cases.evidence.reading.labels import Page

# What a label says, or a line of its own.
_SHOWN = (
    ("refunded", r"已(?:全额|部分)?退款|全额退款|退款(?:成功|完成|已到账)|已退回"),
    ("refunding", r"(?:申请)?退款中|退款(?:处理|审核|申请)中|待退款|等待(?:商家|卖家)(?:处理|退款|同意).*"),
    ("failed", r"(?:支付|付款|充值|兑换|交易|发货|订单|转账)失败|(?:交易|订单)?已?关闭|(?:订单)?已取消|充值异常"),
    ("pending", r"(?:待|等待)(?:卖家|商家)?(?:发货|充值|收货|处理)|(?:充值|发货)?(?:处理)?中|正在(?:充值|处理|发货)"),
    ("delivered", r"(?:充值|兑换|发货)成功|(?:卖家|商家)?已发货|已到账|(?:交易|订单)?已完成|(?:交易|订单)完成|已收货"),
    ("paid", r"(?:支付|付款|交易|(?:自动)?扣款|转账)成功|已(?:支付|付款|转账|收款)|对方已收钱|(?:朋友|对方)已确认收款"),
)
# What the message of a service says.
_TOLD = (
    ("failed", r"(?:充值|兑换)(?:失败|未成功)"),
    ("refunded", r"退款[^，。]{0,8}(?:已到账|成功|已退回)|已退回"),
    ("delivered", r"成功充值|充值成功|已到账"),
    ("paid", r"支出|消费|扣款|支付成功|付款成功"),
)
_EDGES = re.compile(r"^[\W\d]+|[\W口]+$")
_AFTER = re.compile(r"[（(￥¥].*")


def state(page: Page, message: str) -> str | None:
    """What stands at its label; else the one state with a line to itself; else what the one `message` tells.

    Where there is no form, lines prove nothing: a seller may write "已发货" in a chat.
    """
    said = {found for value in page.values(names.STATE) if (found := _shown(value.texts[0]))}
    if not said and page.is_form:
        said = {found for line in page.lines if (found := _shown(line.text))}
    if said:
        return said.pop() if len(said) == 1 else None
    return next((found for found, pattern in _TOLD if re.search(pattern, message)), None)


def _shown(text: str) -> str | None:
    words = _EDGES.sub("", _AFTER.sub("", text))
    return next((found for found, pattern in _SHOWN if words and re.fullmatch(pattern, words)), None)
