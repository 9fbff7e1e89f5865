"""Numbers are masked, but for those that name an authority."""

import pytest

from bot.nlu.numbers import mask_numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("付了200块", "付了000块", id="an amount"),
        pytest.param("11月18日", "00月00日", id="a day"),
        pytest.param("单号20261118093344", "单号00000000000000", id="an order number"),
        pytest.param("打了12315", "打了12315", id="an authority"),
        pytest.param("96110打来的", "96110打来的", id="another authority"),
        pytest.param("报110，还是12345", "报110，还是12345", id="two authorities"),
        pytest.param("315晚会", "315晚会", id="the day of consumers"),
        pytest.param("单号123150", "单号000000", id="an authority within a number"),
        pytest.param("1100块", "0000块", id="a number that begins like one"),
        pytest.param("12315都3天了", "12315都0天了", id="an authority and a number"),
        pytest.param("没有数字", "没有数字", id="none"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_masked(text: str, expected: str) -> None:
    assert mask_numbers(text) == expected


def test_every_character_keeps_its_place() -> None:
    text = "12315说3天，单号20261118"
    assert len(mask_numbers(text)) == len(text)
