"""To a person or against an order, as people tell it."""

from collections.abc import Callable
from typing import Any

import pytest

SENTENCES: list[tuple[str, list[str]]] = [
    ("直接转给他个人微信了", ["personal"]),
    ("在店里正常下单付的", ["order"]),
    ("扫他发的收款码付的", ["personal"]),
    ("发了红包给他就消失了", ["personal"]),
    ("转账记录还在，随时可以看", []),
    ("让我转账我没转", []),
    ("平台下单，走的担保交易", ["order"]),
    ("没走平台，私下转的", ["personal"]),
    ("不是转账，是网页下单", ["order"]),
    ("付款码是商户码", ["order"]),
    ("汇款到他个人卡里", ["personal"]),
    ("转到老板支付宝里了", ["personal"]),
    ("是正规订单，商城收银台付款", ["order"]),
    ("外卖红包抵了5块", []),
    ("我是直接拍下付款的", ["order"]),
    ("面对面扫码转给他的", ["personal"]),
    ("客服要求我再次转账才退款", []),
    ("转账截图已经发你", []),
    ("2000块转给骗子了", ["personal"]),
    ("打到他卡里，户名都对", ["personal"]),
    ("个人收款码，名字是*伟", ["personal"]),
    ("小程序下单的", ["order"]),
    ("转账失败了三次，最后没付", []),
    ("赞赏码付的", ["personal"]),
    ("他发收款码给我，我没敢扫", []),
    ("支付宝转账 200", ["personal"]),
    ("转账还是下单我忘了", []),
    ("没有下单，是加微信转他的", ["personal"]),
    ("我没有转账给个人", []),
    ("口令红包发过去的", ["personal"]),
    ("商家让我私下转账，我坚持走平台付的", ["order"]),
    ("转账凭证要不要", []),
    ("链接下单，订单能查到", ["order"]),
    ("付款的时候弹出来收银台，付完就没了", ["order"]),
    ("他要我扫他的码，说这样便宜", []),
    ("钱是打给客服个人账户的，打到个人账户了", ["personal"]),
    ("领红包的链接是假的", []),
    ("正常下单，没有私下交易", ["order"]),
    ("平台担保还能被骗", ["order"]),
    ("转他个人号上了，后悔死", ["personal"]),
    ("转账超限了，没转成", []),
    ("我又给了他收款码让他退", []),
    ("小程序里下的单", ["order"]),
    ("支付宝扫的商家码", ["order"]),
    ("收银台一刷才860", []),
    ("收款码是个人的", ["personal"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_pay_method(read: Callable[..., list[Any]], text: str, expected: list[str]) -> None:
    assert read(text, "pay_method") == expected
