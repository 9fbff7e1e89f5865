"""The refund case that everybody plays: a person's lines, and what the answers to some must contain."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """What the person writes. The answer must contain `expected`; empty means that any words will do."""

    text: str
    expected: str = ""


CASE = (
    Line("昨天在星辰卡盟充了100元话费，用微信付的，到现在还没到账，订单号 20240518123456789", "星辰卡盟"),
    Line("下单付给商户", "截图"),
    Line("没有", "替代"),
    Line("为什么要这个"),
    Line("晚点发", "付款凭证"),
    Line("怎么弄"),
    Line("已经截图了"),
    Line("金额记错了，是98元", "98"),
    Line("我的案子到哪一步了", "98"),
    Line("卖家不理我"),
)
