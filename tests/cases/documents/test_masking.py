"""What of other people's data leaves the house, and what does not."""

import pytest

from cases.documents.masking import mask_numbers, mask_person, tail


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("老王13812345678", "老王138****5678", id="telephone"),
        pytest.param("身份证11010119900307123X", "身份证****123X", id="identity card"),
        pytest.param("卡6222021234567890123", "卡****0123", id="bank card"),
        pytest.param("卡 6222021234567890", "卡 ****7890", id="shorter bank card"),
        pytest.param("点券2000", "点券2000", id="a quantity"),
        pytest.param("A20261118001", "A20261118001", id="a number of something else"),
        pytest.param("某路12345号", "某路12345号", id="an address"),
    ],
)
def test_numbers_that_lead_to_people_are_hidden(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("王小明", "王某", id="full name"),
        pytest.param("老王", "王某", id="old Wang"),
        pytest.param("小李", "李某", id="little Li"),
        pytest.param("张三", "张某", id="two characters"),
        pytest.param("王老板 138****5678", "王某 138****5678", id="with a number"),
        pytest.param("小李数码", "小李数码", id="a shop"),
        pytest.param("金点卡盟", "金点卡盟", id="a marketplace"),
        pytest.param("高科技有限公司", "高科技有限公司", id="a company"),
        pytest.param("极速卡盟", "极速卡盟", id="no surname"),
        pytest.param("卖家QQ12345678", "卖家QQ****", id="an account"),
        pytest.param("客服微信号: abc_1234", "客服微信号: ****", id="another account"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_strangers_do_not_read_names_of_persons(name: str, shown: str) -> None:
    assert mask_person(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        pytest.param("A20261118001", "尾号8001", id="its end"),
        pytest.param("8001", "", id="nothing of a short one"),
        pytest.param("", "", id="nothing of nothing"),
    ],
)
def test_strangers_read_the_end_of_a_number(number: str, shown: str) -> None:
    assert tail(number) == shown
