"""The sentence of the main job, told in ten ways: each fills every fact."""

from datetime import datetime

import pytest

from bot.nlu.facts import Facts

EXPECTED = {
    "platform": "极速卡盟",
    "amount": 20000,
    "product": "话费",
    "paid_at": "2026-11-18",
    "pay_channel": "wechat",
    "order_no": "20261118123456",
}

PARAPHRASES = [
    pytest.param(
        "我11月18日在极速卡盟用微信付了200块充话费，订单号20261118123456，到现在没到账",
        id="the-sentence",
    ),
    pytest.param(
        "四天前充的话费到今天都没影子！微信付的200，订单号20261118123456，极速卡盟你还我钱！！！",
        id="angry",
    ),
    pytest.param(
        "喂你好我就是想说一下我这周三在那个极速卡盟上面用微信充了两百块钱话费然后一直没到"
        "然后订单号是20261118123456你帮我看一下",
        id="voice",
    ),
    pytest.param("订单号：20261118123456 平台：极速卡盟 商品：话费 付款：微信 200元 时间：2026-11-18", id="form"),
    pytest.param(
        "极速卡盟骗人！订单20261118123456，十一月十八号拿微信花了二百块买的话费，一分没见着",
        id="han-numerals",
    ),
    pytest.param(
        "都4天了还没到！18号晚上在极速卡盟充话费，¥200，微信扫的码，单号2026 1118 1234 56",
        id="spaced-order-number",
    ),
    pytest.param("话费没到账，极速卡盟的，周三付的款，微信，两百，这是订单号20261118123456", id="listed"),
    pytest.param(
        "本人于二零二六年十一月十八日通过微信支付向极速卡盟支付人民币200元用于充值话费，"
        "订单编号20261118123456，至今未到账，请尽快处理",
        id="formal",
    ),
    pytest.param(
        "钱微信扣了话费没来，就问你极速卡盟管不管？200！11/18付的！20261118123456就是这单！打了12315也没用",
        id="order-number-last",
    ),
    pytest.param(
        "我给我妈充话费，她手机尾号8891，在极速卡盟下的单，订单号20261118123456，礼拜三中午付的200块钱，"
        "走的微信，充100送10那种活动我没参加，到现在3天多了一毛没到",
        id="traps",
    ),
]


@pytest.mark.parametrize("text", PARAPHRASES)
def test_every_fact_is_filled(facts: Facts, now: datetime, text: str) -> None:
    told: dict[str, list[int | str]] = {}
    for span in facts.extract(text, now):
        told.setdefault(span.entity, []).append(span.value)
    told.pop("number", None)
    assert told == {entity: [value] for entity, value in EXPECTED.items()}
