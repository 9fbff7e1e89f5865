"""What is hidden of a conversation until somebody asks for it."""

import pytest

from cases.models import Case
from cases.review.privacy import masked, masked_fact


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("电话13812345678，晚上打", "电话138****5678，晚上打"),
        ("身份证 11010119900307123X", "身份证 ****123X"),
        ("卡号6222020200112233445", "卡号****3445"),
        ("订单号20261118001没到", "订单号****8001没到"),
        ("单号 XD-20261118-AB12", "单号 ****AB12"),
        ("加我QQ 12345678", "加我QQ ****"),
        ("微信号abc_1234", "微信号****"),
    ],
)
def test_what_leads_to_somebody_is_hidden(said: str, shown: str) -> None:
    assert masked(said) == shown


@pytest.mark.parametrize(
    "said", ["付了200元", "2026-11-18 付的", "打过12315", "充了3张100的点卡", "第1234567次", "https://example.org/a"]
)
def test_everything_else_is_not(said: str) -> None:
    assert masked(said) == said


def test_a_person_who_sells_goes_by_their_surname_wherever_they_are_named() -> None:
    case = Case(merchant="王小明", operator="广州星跃网络科技有限公司")
    assert masked("王小明不理我，广州星跃网络科技有限公司也不理", case) == "王某不理我，广州星跃网络科技有限公司也不理"


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("order_no", "20261118001", "****8001"),
        ("order_no", "123", "****"),
        ("merchant", "王小明", "王某"),
        ("merchant", "极速充值店", "极速充值店"),
        ("amount", "200 元", "200 元"),
        ("platform", "极速卡盟", "极速卡盟"),
    ],
)
def test_facts_are_hidden_by_what_they_are(name: str, said: str, shown: str) -> None:
    assert masked_fact(name, said) == shown
